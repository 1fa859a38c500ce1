"""What a designation had, received, spent and has: opening + received − spent ± transfers = closing, per currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Sum, When
from django.db.models.fields import BigIntegerField

from core.money import Money
from core.periods import add_months
from funds.models import AccountMonth, Designation, Entry, Posting

Kind = Posting.Kind
PARTS = (Kind.GIFT, Kind.OPENING, Kind.EXPENSE, Kind.ASSESSMENT, Kind.TRANSFER)
"""What moves a designation, in the order of the page. A reversal counts as what it reverses."""


@dataclass(frozen=True)
class Statement:
    """One designation and currency over whole months: `parts` by kind, what comes in above zero."""

    designation_id: int
    opening: Money
    parts: dict[str, Money]

    @property
    def currency(self) -> str:
        return self.opening.currency

    @property
    def closing(self) -> Money:
        total = self.opening
        for part in self.parts.values():
            total += part
        return total


def statements(designation_ids: Iterable[int], first: date, last: date) -> list[Statement]:
    """The statements of designations from one month to another (their first days), those with any movement up to the
    last, by designation and currency. One query over the summary.
    """
    rows = AccountMonth.objects.filter(account__designation_id__in=list(designation_ids), month__lte=last)
    sums = (
        rows.values("account__designation_id", "currency", "kind")
        .annotate(before=net(month__lt=first), within=net(month__gte=first))
        .order_by("account__designation_id", "currency")
    )
    found: dict[tuple[int, str], tuple[int, dict[str, int]]] = {}
    for row in sums:
        opening, parts = found.get((row["account__designation_id"], row["currency"]), (0, {}))
        parts[row["kind"]] = parts.get(row["kind"], 0) - int(row["within"] or 0)
        found[row["account__designation_id"], row["currency"]] = opening - int(row["before"] or 0), parts
    return [statement(*key, *each) for key, each in found.items()]


def net(**months: date) -> Sum:
    """Debits and credits of some months; what a designation holds is a credit, below zero."""
    one = Case(When(Q(**months), then="debit"), default=0, output_field=BigIntegerField())
    other = Case(When(Q(**months), then="credit"), default=0, output_field=BigIntegerField())
    return Sum(one) + Sum(other)  # type: ignore[return-value]


def statement(designation_id: int, currency: str, opening: int, parts: dict[str, int]) -> Statement:
    """One of them, of minor units."""
    amounts = {str(kind): Money(parts.get(kind, 0), currency) for kind in PARTS}
    return Statement(designation_id, Money(opening, currency), amounts)


def entries_between(
    designation: Designation, currency: str, first: date, last: date, kind: str = ""
) -> "QuerySet[Any]":
    """The entries behind a figure, of whole months and one kind or all."""
    within = {"posting__date__gte": first, "posting__date__lt": add_months(last, 1)}
    found: QuerySet[Any] = Entry.objects.filter(account__designation=designation, currency=currency, **within)
    if kind:
        mine = Q(posting__kind=kind, posting__reverses=None) | Q(posting__reverses__kind=kind)
        found = found.filter(mine)
    return found.select_related("posting", "posting__reverses")
