"""Who serves in a unit."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from agencies.models.people import UNIT_ROLES
from core.forms import DateInput
from core.opened import RemembersOpening
from ssu.forms.people import PersonField
from ssu.models import Discretion
from ssu.models.discretion import RANK

ROLES = [(role.value, role.label) for role in UNIT_ROLES]


class MemberForm(forms.Form):
    """Somebody who joins: one of those who serve or sign in already, or a new name."""

    person = forms.ChoiceField(label=_("Person"), required=False)
    name = forms.CharField(
        label=_("Or a new name"), required=False, max_length=120, help_text=_("For somebody without a sign-in.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    joined_on = forms.DateField(label=_("Joined on"), widget=DateInput)

    def __init__(self, *args: Any, workers: Iterable[Any], members: Iterable[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    left_on = forms.DateField(label=_("Left on"), widget=DateInput, help_text=_("Access ends on this day."))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class CorrectionForm(forms.Form):
    """What was written down wrongly about a service."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)
    joined_on = forms.DateField(label=_("Joined on"), widget=DateInput)
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class SpouseForm(forms.Form):
    """Two people who are married to each other: one of the unit's team, and anybody who serves."""

    one = PersonField(label=_("Person of this team"))
    other = PersonField(label=_("Spouse"))

    def __init__(self, *args: Any, team: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("PersonField", self.fields["one"]).queryset = team
        cast("PersonField", self.fields["other"]).queryset = people
