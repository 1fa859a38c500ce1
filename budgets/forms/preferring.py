"""What somebody types about the line that a giver would like to help with."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateInput, DayField


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A line by its unit, its words and its year."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.unit_name}: {obj.impact} ({obj.budget.fiscal_year})"


class PreferForm(forms.Form):
    """Which line, and since when."""

    line = LineField(None, label=_("Would like to help with"))
    starts_on = DayField(label=_("Since"), widget=DateInput, help_text=_("Gifts from this day on count for it first."))

    def __init__(self, *args: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(LineField, self.fields["line"]).queryset = lines


class EndPreferenceForm(forms.Form):
    """Since when it is so no more."""

    ends_on = DayField(label=_("First day without it"), widget=DateInput)
