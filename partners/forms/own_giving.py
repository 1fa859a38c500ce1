"""Which month, and which currency, of what was given to one person's work."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import DayField
from core.periods import last_month


@dataclass(frozen=True)
class WantedMonth:
    """The first day of a month, and a currency for the file."""

    month: date
    currency: str


class OwnGivingFilter(forms.Form):
    """`month` as 2026-10, the last whole one if none is named; `currency`, the agency's own if none is."""

    month = DayField(
        label=_("Month"),
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.HiddenInput,
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 1))],
    )
    currency = forms.RegexField("^[A-Z]{3}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat

    def wanted(self) -> WantedMonth:
        """The filter, from a valid form."""
        given, agency = self.cleaned_data, self.seat.agency
        return WantedMonth(given["month"] or last_month(agency.today()), given["currency"] or agency.base_currency)
