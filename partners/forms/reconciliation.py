"""The forms of matching with the bank."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from core.forms import AmountInput, DateInput, DayField, asked, capitalized
from core.money import Money
from core.money_forms import KeyedForm, read_amount
from core.periods import add_months, month_start
from funds.models import Account, Designation
from partners.forms.lists import DesignationField
from partners.models import MatchPart, StatementLine
from partners.operations.reconciling.matching import Explanation, Piece
from partners.operations.reconciling.proposed import pieces_named
from partners.queries.reconciliation.lines import Wanted

MONTHS = 3
"""What a page shows first: the month of the last line, and those before it."""


def usual_first(told: tuple[dt.date, dt.date] | None) -> dt.date | None:
    """The first day of the months that are shown where nobody asks for others; `told`: the first and the last day of
    which a bank told anything. What was posted before the bank told anything is not missing there.
    """
    return max(add_months(month_start(told[1]), 1 - MONTHS), month_start(told[0])) if told else None


class PeriodForm(forms.Form):
    """A deposit account, a currency, and a period."""

    deposit = forms.TypedChoiceField(label=_("Deposit account"), required=False, coerce=int, empty_value=None)
    currency = forms.RegexField("^[A-Z]{3}$", label=_("Currency"), required=False, widget=forms.HiddenInput)
    first = DayField(label=_("From"), widget=DateInput, required=False)
    last = DayField(label=_("To"), widget=DateInput, required=False)

    def __init__(self, data: Any, *, deposits: Sequence[Account], first: dt.date | None) -> None:
        given = data.copy()
        if "first" not in given and first:
            given["first"] = first.isoformat()
        super().__init__(given)
        choices = [("", _("All")), *((str(each.pk), each.name) for each in deposits)]
        cast(forms.TypedChoiceField, self.fields["deposit"]).choices = choices

    def wanted(self) -> Wanted:
        """The filter, from a valid form."""
        given = self.cleaned_data
        return Wanted(given["first"], given["last"], given["deposit"], given["currency"])


class TakeForm(KeyedForm):
    """Proposals that are taken: "line:basis:what", one by its button or those that are ticked."""

    def chosen(self) -> list[tuple[int, str]]:
        """(Line, name of the proposal) of each; what cannot be read names no line."""
        one = self.data.get("accept")
        sent = [one] if one else cast(Any, self.data).getlist("pick")
        parts = [each.partition(":") for each in sent]
        return [(int(line) if line.isascii() and line.isdigit() else 0, name) for line, _sep, name in parts]


class ExplainForm(KeyedForm):
    """What one line is: batches and gifts that were ticked, a fee, and what the rest is."""

    fee = forms.CharField(
        label=_("Fee that was kept"), max_length=30, required=False, help_text=_("It came off before the money did.")
    )
    reason = forms.ChoiceField(
        label=_("What the rest is"),
        required=False,
        choices=[("", _("There is no rest: all of it is gifts")), *capitalized(MatchPart.Reason.choices)],
    )
    note = asked(forms.CharField(label=_("Note"), max_length=250, required=False))
    takes_rest = forms.BooleanField(
        label=_("Of the last one only a part came with this line"),
        required=False,
        help_text=_("For a batch that the bank booked in several lines."),
    )

    def __init__(self, *args: Any, line: StatementLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        self.fields["fee"].widget = AmountInput(currency=line.currency)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["kept"] = read_amount(self, "fee", self.line.currency)
        if given.get("reason") == MatchPart.Reason.OTHER and not given.get("note", "").strip():
            self.add_error("note", _("Say in a few words what it is."))
        return given

    def tokens(self) -> list[str]:
        """The batches and gifts that were ticked."""
        return list(cast(Any, self.data).getlist("item"))

    def explanation(self, opens: dict[str, int]) -> Explanation:
        """What the operation takes. `opens`: what is open of each ticked item, in minor units; the rest of the line is
        what they and the fee leave. Raises NothingLikeThat.
        """
        given = self.cleaned_data
        pieces = pieces_named(".".join(self.tokens())) if self.tokens() else []
        kept: Money | None = given["kept"]
        if kept and kept.minor:
            pieces.append(Piece(MatchPart.Kind.FEE, -kept.minor))
        rest = (
            self.line.amount
            - sum(opens.get(each.token, 0) for each in pieces)
            - sum(each.amount or 0 for each in pieces)
        )
        if given["reason"] and rest:
            pieces.append(Piece(MatchPart.Kind.ASIDE, rest, reason=given["reason"], note=given["note"]))
        return Explanation(self.line, pieces, takes_rest=given["takes_rest"] and not given["reason"])


class FeeForm(KeyedForm):
    """Who bears a fee that was kept back, what it is called in the books, and when."""

    bearer: "forms.ModelChoiceField[Designation]" = asked(
        DesignationField(
            None,
            label=_("Borne by"),
            required=False,
            empty_label=_("The designations of the gifts, each its share"),
            help_text=_("Gifts and their receipts stay at what was given."),
        )
    )
    category: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(
        None, label=_("Category"), help_text=_("Categories are opened under Ledger, Accounts.")
    )
    on = DayField(label=_("Date"), widget=DateInput)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["bearer"]).queryset = Designation.objects.seen_by(seat)
        categories = Account.objects.filter(kind=Account.Kind.EXPENSE).order_by("name")
        cast(Any, self.fields["category"]).queryset = categories


class FeeBackForm(KeyedForm):
    """When and why a posted fee is taken back."""

    on = DayField(label=_("Date"), widget=DateInput)
    reason = forms.CharField(label=_("Reason"), max_length=250)


class DepositForm(forms.Form):
    """Which deposit account an account at the bank is."""

    account = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    deposit: "forms.ModelChoiceField[Account]" = forms.ModelChoiceField(None, label=_("Deposit account"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deposits = Account.objects.filter(kind=Account.Kind.DEPOSIT).order_by("name")
        cast("forms.ModelChoiceField[Account]", self.fields["deposit"]).queryset = deposits
