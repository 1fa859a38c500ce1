"""Opening a batch, and the filters of the list. Its rows are in `batch_rows`."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import AmountInput, DateInput, DayField, capitalized
from core.money import Money
from core.money_forms import KeyedForm, currencies, read_amount
from funds.models import Account
from funds.queries import MAIN_DEPOSIT, other_deposits
from partners.forms.gifts import METHODS, OfferedField, designations_offered
from partners.models import GiftBatch
from partners.operations.batches import Head
from partners.queries.batches import Wanted

MOST_GIFTS = 2000


class BatchForm(KeyedForm):
    """What lies on the desk: where it came from, where and when it was deposited, how many gifts and how much."""

    title = forms.CharField(label=_("Where it came from"), max_length=120, help_text=_("For example: mail of Tuesday."))
    deposit: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        None, label=_("Deposit account"), required=False, empty_label=MAIN_DEPOSIT
    )
    deposited_on = DayField(
        label=_("Deposited on"), widget=DateInput, help_text=_("It decides the month of the ledger.")
    )
    currency = forms.ChoiceField(label=_("Currency"), help_text=_("As the bank books it, for all gifts of the batch."))
    expected_count = forms.IntegerField(
        label=_("Number of gifts"), min_value=1, max_value=MOST_GIFTS, help_text=_("Counted by hand, before keying.")
    )
    expected_total = forms.CharField(
        label=_("Total"),
        max_length=30,
        widget=AmountInput(currency_field="currency"),
        help_text=_("As on the deposit slip. The batch is posted when both match."),
    )
    method = forms.ChoiceField(label=_("Method of most gifts"), choices=METHODS, required=False)
    designation = OfferedField(label=_("Designation of most gifts"), required=False)
    contributed_on = DayField(
        label=_("Contribution date of most gifts"),
        widget=DateInput,
        required=False,
        help_text=_("The day of giving: of mailed checks, their postmark. Empty: the day of deposit."),
    )
    postmarked = forms.BooleanField(required=False)
    line = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = seat.agency.today()
        cast("forms.ModelChoiceField[Account]", self.fields["deposit"]).queryset = other_deposits(today)
        cast(forms.ChoiceField, self.fields["currency"]).choices = currencies(seat.agency.base_currency)
        offered = designations_offered(seat)
        cast(OfferedField, self.fields["designation"]).offer(offered)
        self.year_end = year_end_for(today)
        if self.year_end is None:
            del self.fields["postmarked"]
        else:
            self.fields["postmarked"].label = _("Postmarked by December 31, %(year)s") % {"year": self.year_end.year}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("postmarked"):
            given["contributed_on"] = self.year_end
        given["total"] = read_amount(self, "expected_total", given.get("currency"))
        return given

    def head(self) -> Head:
        """What the operations take, from a valid form."""
        given = self.cleaned_data
        same = ("title", "deposited_on", "expected_count", "deposit", "method", "designation", "contributed_on")
        return Head(expected_total=given["total"], **{name: given[name] for name in same})


def year_end_for(day: dt.date) -> dt.date | None:
    """In January and February, the last day of the year before: checks that were mailed then still come in."""
    return dt.date(day.year - 1, 12, 31) if day.month <= 2 else None


def initial_of(batch: GiftBatch) -> dict[str, Any]:
    """What the form shows of a batch that stands."""
    same = ("title", "deposited_on", "currency", "expected_count", "method", "contributed_on")
    return {
        **{name: getattr(batch, name) for name in same},
        "deposit": batch.deposit_id,
        "designation": batch.designation_id,
        "expected_total": Money(batch.expected_total, batch.currency).decimal_string(),
    }


class DiscardForm(forms.Form):
    """Why a batch is put away."""

    reason = forms.CharField(label=_("Reason"), max_length=250)


class BatchFilter(forms.Form):
    """Filters of the list of batches."""

    q = forms.CharField(label=_("Title or number"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *capitalized(GiftBatch.State.choices)]
    )
    first = DayField(label=_("Deposited from"), widget=DateInput, required=False)
    last = DayField(label=_("To"), widget=DateInput, required=False)

    def wanted(self) -> Wanted:
        """The filter, from a valid form."""
        return Wanted(**self.cleaned_data)
