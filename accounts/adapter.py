"""How django-allauth behaves here: people come by invitation, and who has just signed in is not asked again at once."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sealing import seal, unseal

TYPED = frozenset({"password", "mfa"})
"""Ways of signing in that show who sits there: something was typed or touched just now."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No open sign-up: an account begins with an invitation (`agencies.views.invitations`)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def get_login_stages(self) -> list[str]:
        """As allauth's, but for the address of whoever has none of their own."""
        own = {"allauth.account.stages.EmailVerificationStage": "accounts.stages.OwnAddressStage"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        """Where two people read one mailbox, the mail says in subject and first line whom it is for."""
        message = super().render_mail(template_prefix, email, context, headers)
        user = context.get("user")
        if isinstance(user, User) and user.shares_mailbox:
            message.subject = _("For %(name)s: %(subject)s") % {"name": user.name, "subject": message.subject}
            who = {"name": user.name, "sign_in": user.sign_in}
            first = _("This mail is for %(name)s, who signs in as %(sign_in)s.") % who
            message.body = f"{first}\n\n{message.body}"
        return message

    def can_delete_email(self, email_address: Any) -> bool:
        """Not the address that one signs in by: make another one the first before."""
        return not email_address.primary and bool(super().can_delete_email(email_address))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again for what touches rights or private data, unless the sign-in itself was in the last five minutes."""
        return bool(super().is_reauthentication_required(app=app, **kwargs)) and not signed_in_just_now(self.request)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors and seeds of recovery codes are stored sealed. Passkeys are not: what is stored of them
    is the public key, which opens nothing.
    """

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code does not fit. Enter the six digits that your app shows now, or a recovery code that was not "
            "used yet."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - its name at the caller
        """A name to begin with: the person may say which device it is."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Passkey")) if not count else _("Passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made: this address, by the name of the product."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Yokefellow"}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether the person of this session typed a password or code within the time that a reauthentication lasts."""
    typed = [found["at"] for found in get_authentication_records(request, request.user) if found["method"] in TYPED]
    return bool(typed) and time.time() - typed[-1] < app_settings.REAUTHENTICATION_TIMEOUT
