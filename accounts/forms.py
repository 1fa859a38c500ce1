"""What a person may say about themselves, and how they sign in."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    """Name and theme."""

    class Meta:
        model = User
        fields = ("name", "theme")
        labels = {"name": _("Your name"), "theme": _("Colors")}
        help_texts = {"name": _("As the people you work with write it.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"}), "theme": forms.RadioSelect}


class SignInForm(LoginForm):  # type: ignore[misc]
    """By the address, or by the name of who reads the mailbox of a spouse.

    Exactly one of the two is tried, so that one password is checked whether or not anybody has the address: allauth's
    own form tries both, and the second check would tell by its time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["login"]
        field.label = _("Email or sign-in name")
        field.widget = forms.TextInput({"autocomplete": "username webauthn", "autocapitalize": "none"})

    def user_credentials(self) -> dict[str, str]:
        """What is handed to the backend: an address has an @, a sign-in name never."""
        login = self.cleaned_data["login"]
        named = "email" if "@" in login else "username"
        return {named: login.lower(), "password": self.cleaned_data.get("password", "")}


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: its name, and whether it signs in alone."""

    name = forms.CharField(label=_("Name"), required=False, max_length=80)
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("Your device then asks for your finger, your face or its PIN each time."),
    )


class ResetForm(ResetPasswordForm):  # type: ignore[misc]
    """A mail for the account of the address, and one for whoever reads the same mailbox: each says whom it is for, and
    whoever reads there chooses. The page answers alike in every case.
    """

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        found: list[User] = self.users
        self.users = [*found, *User.objects.filter(mailbox__in=found, is_active=True).order_by("pk")]
        return email
