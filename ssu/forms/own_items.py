"""Action items of the agency's own."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ssu import steps
from ssu.models import Evidence

STEPS = [(step.number, f"{step.number} {step.short}") for step in steps.all_steps()]
KINDS = [("", _("any kind")), *Evidence.Kind.choices]
ALL, NAMED = "all", "named"


class WordingForm(forms.Form):
    """The words of an item."""

    wording = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        help_text=_("Begin with a verb, as the eleven do: everybody who works on a roll-out reads it."),
    )


class UnitsForm(forms.Form):
    """Some units, by the names that the person may know."""

    units = forms.TypedMultipleChoiceField(
        label=_("Units"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["units"]).choices = list(units)


class OwnItemForm(UnitsForm, WordingForm):
    """A new item, and who gets it."""

    step = forms.TypedChoiceField(label=_("Step"), coerce=int, choices=STEPS)
    evidence_kind = forms.ChoiceField(
        label=_("Evidence"),
        required=False,
        choices=KINDS,
        help_text=_("What a claim must rest on, at least one piece of it."),
    )
    who = forms.ChoiceField(
        label=_("Who gets it"),
        widget=forms.RadioSelect,
        initial=ALL,
        choices=[
            (ALL, _("Everybody on the way, and those to come: a declared roll-out is left alone")),
            (NAMED, _("Only these")),
        ],
    )
    field_order = ("step", "wording", "evidence_kind", "who", "units")

    def clean(self) -> dict[str, Any]:
        """Units count only where they are asked for."""
        given = super().clean() or {}
        given["for_all"] = given.pop("who", ALL) == ALL
        if given["for_all"]:
            given["units"] = []
        return given
