"""Inviting people to act, and joining."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from alliances.models import SeatInvitation

FOR_MEMBER = (
    ("may_report", _("prepare reports")),
    ("may_sign", _("sign and approve for the organization")),
    ("may_vote", _("vote for the organization")),
)
FOR_BACKBONE = (("may_coordinate", _("coordinate: sees every report; needs a second factor")),)


class PersonForm(forms.Form):
    """Whom to invite, and what the person may do. With nothing chosen the person reads."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link goes there, and works for this address only."))
    capacities = forms.MultipleChoiceField(label=_("May"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, for_backbone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacities"].choices = FOR_BACKBONE if for_backbone else FOR_MEMBER  # type: ignore[attr-defined]

    def clean_capacities(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["capacities"])


class JoinForm(forms.Form):
    """The name and password of somebody who has no account yet."""

    name = forms.CharField(label=_("Name"), max_length=120)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Several words are easier to remember than signs."),
    )

    def __init__(self, *args: Any, invitation: SeatInvitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_password(self) -> str:
        """Hold it against the rules for passwords, also against the name and address."""
        password = str(self.cleaned_data["password"])
        validate_password(password, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return password
