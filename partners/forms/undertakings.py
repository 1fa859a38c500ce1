"""What a partner undertakes besides giving."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import DateInput, DayField, capitalized
from partners.forms.care import OfUnit
from partners.forms.lists import UnitField
from partners.models import Partner, Stage, Undertaking

BY_HAND = (Undertaking.Basis.CONTACT, Undertaking.Basis.FORM)
"""How one may have heard of it who writes it down."""


class WordsForm(forms.Form):
    """What they pray for or how they promote, and how often."""

    rhythm = forms.ChoiceField(label=_("How often"), required=False, choices=capitalized(Undertaking.Rhythm.choices))
    about = forms.CharField(
        label=_("What they pray for, or how they promote"),
        max_length=200,
        required=False,
        help_text=_("For example: the schools by the river; invites friends to the evening in spring."),
    )


class UndertakingForm(OfUnit, WordsForm):
    """Who prays or promotes, for what, since when, and how we know."""

    kind = forms.ChoiceField(
        label=_("What the partner does"), choices=capitalized(Undertaking.Kind.choices), widget=forms.RadioSelect
    )
    starts_on = DayField(label=_("Since"), widget=DateInput)
    basis = forms.ChoiceField(
        label=_("How we know"),
        choices=capitalized([(each.value, each.label) for each in BY_HAND]),
        widget=forms.RadioSelect,
        initial=Undertaking.Basis.CONTACT,
    )
    field_order = ("kind", "unit", "rhythm", "about", "starts_on", "basis")

    def __init__(self, *args: Any, seat: Seat, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, partner=partner, **kwargs)
        units = cast(UnitField, self.fields["unit"])
        units.label = _("For")
        if not units.required:
            units.empty_label = _("The agency as a whole")
            self.initial.setdefault("unit", only_unit(partner))


def only_unit(partner: Partner) -> int | None:
    """The one unit in which the relationship stands somewhere; None for several. One query."""
    units = list(Stage.objects.standing().filter(partner=partner).values_list("unit", flat=True)[:2])
    return units[0] if len(units) == 1 else None


class EndUndertakingForm(forms.Form):
    """Since when it is so no more, and why."""

    on = DayField(label=_("Since"), widget=DateInput)
    reason = forms.CharField(label=_("Why"), max_length=200, required=False)


class WithdrawUndertakingForm(forms.Form):
    """Why it was never so."""

    reason = forms.CharField(label=_("Why it was wrong"), max_length=200, required=False)
