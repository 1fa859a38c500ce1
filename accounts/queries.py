"""Facts about how people sign in."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor. Recovery codes alone do not."""


@dataclass(frozen=True)
class Fact:
    """One line of `components/facts.html`."""

    label: str
    value: str
    url: str


def has_second_factor(user_column: str) -> Exists:
    """An expression for querysets: whether the person whose id is in this column has set up a second factor."""
    return Exists(Authenticator.objects.filter(user_id=OuterRef(user_column), type__in=SECOND_FACTORS))


def sign_in_facts(user: User) -> list[Fact]:
    """How this person signs in, each with the page that changes it."""
    factor = _("On: manage it") if is_mfa_enabled(user) else _("Off: set it up")
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count()
    passkeys = ngettext("%(count)s passkey", "%(count)s passkeys", keys) % {"count": keys} if keys else _("Add one")
    if user.mailbox_id is None:
        address = [Fact(_("E-mail"), user.mail_address, reverse("account_email"))]
    else:
        address = [Fact(_("Sign-in name"), user.sign_in, ""), Fact(_("Mails go to"), user.mail_address, "")]
    return [
        *address,
        Fact(_("Password"), _("Change password"), reverse("account_change_password")),
        Fact(_("Second factor"), factor, reverse("mfa_index")),
        Fact(_("Passkeys"), passkeys, reverse("mfa_list_webauthn")),
        Fact(_("Sessions"), _("Where you are signed in"), reverse("usersessions_list")),
    ]


def has_address(user: User, email: str) -> bool:
    """Whether this address is the person's own, shown by a link that was opened."""
    return bool(EmailAddress.objects.filter(user=user, email=email, verified=True).exists())


def somebody_has_address(email: str) -> bool:
    """Whether anybody's account has this address for its own. For operations only: no page may tell."""
    return bool(EmailAddress.objects.filter(email=email, verified=True).exists())


def mailbox_readers(user_id: int) -> frozenset[int]:
    """A person, and whoever reads the same mailbox or once did: the spouse (ADR 12). One query."""
    together = Q(mailbox=user_id) | Q(sharers=user_id) | Q(mailbox__sharers=user_id)
    together |= Q(shared_with=user_id) | Q(pk__in=User.objects.filter(pk=user_id).values("shared_with"))
    return frozenset({user_id, *User.objects.filter(together).values_list("pk", flat=True)})


def display_name(user: User) -> str:
    """What allauth calls a person on pages and in mails."""
    return user.name or user.sign_in
