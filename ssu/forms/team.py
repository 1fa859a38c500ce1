"""Who serves in a unit."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.models.people import UNIT_ROLES
from core.forms import DateInput, DayField
from core.opened import RemembersOpening
from ssu.forms.people import PersonField
from ssu.models import Discretion
from ssu.models.discretion import RANK

ROLES = [(role.value, role.label) for role in UNIT_ROLES]


class SignInForm(forms.Form):
    """The address at which somebody who serves is asked in."""

    email = forms.EmailField(label=_("E-mail, to sign in"), help_text=_("An invitation goes there."))
    shares_address = forms.BooleanField(
        label=_("The person shares this address with their spouse"),
        required=False,
        help_text=_("Each of them has a sign-in, a password and a second factor of their own."),
    )
    held = forms.BooleanField(label=_("Hold the invitation: it is sent later"), required=False)


class MemberForm(SignInForm):
    """Somebody who joins: one of those who serve or sign in already, or a new name; with an address, they are invited.
    Who may not invite (`may_invite`) has no field for that.
    """

    person = forms.ChoiceField(label=_("Person"), required=False)
    name = forms.CharField(
        label=_("Or a new name"), required=False, max_length=120, help_text=_("For somebody who is not in the list.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    joined_on = DayField(label=_("Joined on"), widget=DateInput)

    field_order = ("person", "name", "role", "joined_on", "email", "shares_address", "held")

    def __init__(
        self, *args: Any, workers: Iterable[Any], members: Iterable[Membership], may_invite: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = _(
            "An invitation goes there. Leave it empty for somebody who signs in already, or signs on paper."
        )
        if not may_invite:
            for name in SignInForm.base_fields:
                del self.fields[name]
        serving = [(f"worker:{worker.pk}", worker.shown_name) for worker in workers]
        signing_in = [(f"member:{member.pk}", member.user.name) for member in members]
        people = sorted(serving + signing_in, key=lambda choice: str(choice[1]).casefold())
        cast("forms.ChoiceField", self.fields["person"]).choices = [("", _("Choose a person")), *people]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("person")) == bool(given.get("name")) and not self.errors:
            self.add_error("person", _("Choose a person or type a new name, one of the two."))
        return given


class WorkerForm(RemembersOpening, forms.Form):
    """A person who serves. Levels less strict than the present one are not offered."""

    name = forms.CharField(label=_("Name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    alias = forms.CharField(
        label=_("Alias"),
        max_length=120,
        required=False,
        help_text=_("What others call the person while closed, never initials."),
    )
    discretion = forms.ChoiceField(label=_("Own level"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(value, label) for value, label in Discretion.choices if RANK[value] >= RANK[level]]
        cast("forms.ChoiceField", self.fields["discretion"]).choices = offered


class LeaveForm(forms.Form):
    """The end of a service."""

    left_on = DayField(label=_("Left on"), widget=DateInput, help_text=_("Access ends on this day."))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class CorrectionForm(forms.Form):
    """What was written down wrongly about a service."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    joined_on = DayField(label=_("Joined on"), widget=DateInput)
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class SpouseForm(forms.Form):
    """Two people who are married to each other: one of the unit's team, and anybody who serves."""

    one = PersonField(label=_("Person of this team"))
    other = PersonField(label=_("Spouse"))

    def __init__(self, *args: Any, team: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["one"]).queryset = team
        cast("PersonField", self.fields["other"]).queryset = people
