"""What a copy is called, where it serves, and what it takes over."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField
from ssu.forms.units import LEVELS
from ssu.models import Discretion, Strategy, Unit
from ssu.models.discretion import RANK


class CopyForm(forms.Form):
    """The new unit. Its name and place are typed anew; its level starts at that of the model."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Of the new one. It is not taken over."))
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Short and unique. Everybody sees it, so it must not tell a closed place or people."),
    )
    strategy: forms.ModelChoiceField[Strategy] = forms.ModelChoiceField(queryset=None, label=_("Strategy"))
    discretion = forms.ChoiceField(label=_("Discretion"), widget=forms.RadioSelect)
    alias = forms.CharField(
        label=_("Alias"),
        max_length=120,
        required=False,
        help_text=_("What others call it. Needed when closed; tells neither people nor place."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    region = forms.CharField(
        label=_("Region"),
        max_length=120,
        required=False,
        help_text=_("Shown instead of the place when careful or closed, such as Central Asia."),
    )
    parts = forms.MultipleChoiceField(
        label=_("What to copy"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    first_due_on = DayField(
        label=_("First day of the plan"),
        required=False,
        widget=DateInput,
        help_text=_("When the plan is copied: the day of its first item. The others keep their distance."),
    )

    def __init__(self, *args: Any, source: Unit, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        strategies = cast("forms.ModelChoiceField[Strategy]", self.fields["strategy"])
        strategies.queryset = Strategy.objects.filter(status=Strategy.Status.ACTIVE).order_by("name", "pk")
        levels = [(value, label) for value, label in LEVELS if RANK[value] >= RANK[source.discretion]]
        cast("forms.ChoiceField", self.fields["discretion"]).choices = levels
        cast("forms.MultipleChoiceField", self.fields["parts"]).choices = parts
        if not parts:
            del self.fields["parts"]
        if not any(key == "plan" for key, _label in parts):
            del self.fields["first_due_on"]
        if source.discretion == Discretion.CLOSED:
            self.fields["alias"].required = True

    def clean(self) -> dict[str, Any]:
        return {"parts": [], **(super().clean() or {})}
