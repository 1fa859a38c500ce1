"""Strategies and units."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField
from core.opened import RemembersOpening
from ssu.models import Discretion, Strategy, Unit
from ssu.models.discretion import RANK

LEVELS = [
    (Discretion.OPEN.value, _("Open: name and place are shown to everybody who works here")),
    (Discretion.CAREFUL.value, _("Careful: the name is shown here; others see the region instead of the place")),
    (Discretion.CLOSED.value, _("Closed: everybody outside the team sees the alias and the region only")),
]


class StrategyForm(RemembersOpening, forms.Form):
    """A strategy."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Short and unique, for files and lists."))
    impact_goal = forms.CharField(
        label=_("Impact goal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What this strategy as a whole is to change."),
    )


class UnitForm(RemembersOpening, forms.Form):
    """A unit."""

    strategy: forms.ModelChoiceField[Strategy] = forms.ModelChoiceField(queryset=None, label=_("Strategy"))
    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Short and unique. Everybody sees it, so it must not tell a closed place or people."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Unit.Kind.choices, widget=forms.RadioSelect)
    discretion = forms.ChoiceField(
        label=_("Discretion"), choices=LEVELS, widget=forms.RadioSelect, initial=Discretion.OPEN
    )
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
    shift_date = DayField(
        label=_("Shift date"),
        required=False,
        widget=DateInput,
        help_text=_("From this day partners are asked to give to the unit instead of to a person."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Strategy]", self.fields["strategy"])
        kept = self.initial.get("strategy")
        at_work = Q(status=Strategy.Status.ACTIVE)
        here = Q(pk=kept.pk) if isinstance(kept, Strategy) else Q(pk__in=[])
        field.queryset = Strategy.objects.filter(at_work | here).order_by("name", "pk")


class LoweringForm(forms.Form):
    """A less strict level, and why."""

    level = forms.ChoiceField(label=_("New level"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, level: str, levels: Iterable[tuple[str, Any]] = LEVELS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lower = [(value, label) for value, label in levels if RANK[value] < RANK[level]]
        cast("forms.ChoiceField", self.fields["level"]).choices = lower
