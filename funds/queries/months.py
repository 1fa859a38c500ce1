"""What a designation received and what it holds, month by month, and the entries behind each month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from core.money import Money
from core.periods import add_months
from funds.models import AccountMonth, Designation, Entry, Posting


@dataclass(frozen=True)
class MonthRow:
    """One month of one currency: received in gifts, all other movements, and what the designation holds at its end."""

    month: date
    received: Money
    other: Money
    held: Money
    entries: int


def month_rows(designation: Designation) -> dict[str, list[MonthRow]]:
    """The months with movement by currency, the newest first. One query over the summary.

    In the ledger what a designation holds is a credit; here what comes in is positive.
    """
    moved = (
        AccountMonth.objects.filter(account__designation=designation)
        .values("currency", "month", "kind")
        .annotate(net=Sum("debit") + Sum("credit"), count=Sum("entries"))
        .order_by("currency", "month")
    )
    months: dict[tuple[str, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in moved:
        part = "received" if row["kind"] == Posting.Kind.GIFT else "other"
        months[row["currency"], row["month"]][part] -= int(row["net"])
        months[row["currency"], row["month"]]["entries"] += int(row["count"])
    found: dict[str, list[MonthRow]] = defaultdict(list)
    held: dict[str, int] = defaultdict(int)
    for (currency, month), parts in months.items():
        held[currency] += parts["received"] + parts["other"]
        received, other, now = (Money(minor, currency) for minor in (parts["received"], parts["other"], held[currency]))
        found[currency].insert(0, MonthRow(month, received, other, now, parts["entries"]))
    return dict(found)


def entries_of(designation: Designation, month: date, currency: str) -> QuerySet[Any]:
    """The entries of one month and currency, each with its posting, in the order of their days."""
    within = {"posting__date__gte": month, "posting__date__lt": add_months(month, 1)}
    entries: QuerySet[Any] = Entry.objects.filter(account__designation=designation, currency=currency, **within)
    return entries.select_related("posting", "posting__reverses").order_by("posting__date", "pk")
