"""Inviting people, and their roles."""

from typing import cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agencies.models import Invitation, Role
from agencies.models.people import AGENCY_ROLES

MEANINGS = {
    Role.ADMINISTRATOR: _("everything, also settings and people; needs a second factor"),
    Role.STAFF: _("partners, letters and reports"),
    Role.FINANCE: _("gifts, imports, budgets and statements; needs a second factor"),
    Role.BOARD: _("reads totals and progress, changes nothing"),
}
CHOICES = [(role.value, f"{role.label}: {MEANINGS[role]}") for role in AGENCY_ROLES]


class InviteForm(forms.Form):
    """Whom to invite, as what. Roles in a unit are given on the unit's team page."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link goes there, and works for this address only."))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    shares_address = forms.BooleanField(
        label=_("The person shares this address with their spouse"),
        required=False,
        help_text=_("Each of them has a sign-in, a password and a second factor of their own."),
    )


class RoleForm(forms.Form):
    """A role to give: one that the person has not got yet."""

    role = forms.ChoiceField(label=_("Role"), choices=CHOICES)

    def __init__(self, *args: object, held: frozenset[str] = frozenset(), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        cast(forms.ChoiceField, self.fields["role"]).choices = [choice for choice in CHOICES if choice[0] not in held]


class ReasonForm(forms.Form):
    """Why a membership ends: it stands in the audit trail."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("For example: left the team in June."))


class EndRoleForm(forms.Form):
    """Why a role ends, if anybody wants to say."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class NewPersonForm(forms.Form):
    """Name and password of somebody who comes by an invitation."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=_("A new password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Several words are easier to remember than signs."),
    )

    def __init__(self, *args: object, invitation: Invitation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.invitation = invitation

    def clean_password(self) -> str:
        """Hold it against the rules for passwords, also against the name and address."""
        password = str(self.cleaned_data["password"])
        validate_password(password, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return password
