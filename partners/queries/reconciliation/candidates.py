"""What of the books may be what these lines of the bank brought: a few queries for a page of lines."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from partners.models import Gift, GiftBatch, StatementLine
from partners.queries.reconciliation.accounts import BankAccount
from partners.queries.reconciliation.books import Booked, BookedList
from partners.queries.reconciliation.lines import Wanted, incoming, unmatched
from partners.queries.reconciliation.payouts import PayoutFound, payouts_for
from partners.queries.statements import PROCESSORS

EARLIEST, LATEST = timedelta(days=14), timedelta(days=7)
"""A deposit shows at the bank up to so long after it was made; it is keyed in up to so long after the bank tells it."""
REFERENCE_DAYS = timedelta(days=120)
NUMBER = re.compile(r"[A-Za-z0-9-]{4,}")
MOST_GIFTS = 2000
BY_ITSELF = "g.source <> ALL(%(processors)s)"
"""What came through a processor comes to the bank in a payout, never by itself."""


@dataclass(frozen=True)
class Told:
    """What is told of a booked item beside its figures."""

    label: str
    reference: str = ""
    giver: str = ""


@dataclass
class Candidates:
    """Everything that may explain the lines of a page. `deposit_of`: account → deposit account."""

    deposit_of: dict[str, int]
    items: list[Booked] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)
    payouts: dict[int, PayoutFound] = field(default_factory=dict)
    rivals: Counter[tuple[str, str, int]] = field(default_factory=Counter)


def candidates_for(lines: Sequence[StatementLine], accounts: Sequence[BankAccount], deposits: Collection[int]) -> Any:
    """Open batches and gifts near the days of these lines, gifts with a number that a line names, payouts, and how many
    lines wait for the same amount. Seven queries, however many lines.
    """
    found = Candidates({each.account: each.deposit.pk for each in accounts})
    if not lines:
        return found
    first, last = min(line.date for line in lines), max(line.date for line in lines)
    amounts = sorted({line.amount for line in lines})
    numbers = sorted({word for line in lines for word in numbers_in(line)})
    near = BookedList(
        Wanted(first - EARLIEST, last + LATEST),
        deposits,
        gifts=BY_ITSELF + " AND (g.amount - m.matched = ANY(%(amounts)s) OR p.date = ANY(%(days)s::date[]))",
        values={"amounts": amounts, "days": sorted(days_of(lines)), "processors": list(PROCESSORS)},
    )
    named = BookedList(
        Wanted(first - REFERENCE_DAYS, last + LATEST),
        deposits,
        batches="false",
        gifts=BY_ITSELF + " AND g.reference = ANY(%(numbers)s) AND g.amount - m.matched = ANY(%(amounts)s)",
        values={"amounts": amounts, "numbers": numbers, "processors": list(PROCESSORS)},
    )
    items = {item.token: item for item in [*near[0:MOST_GIFTS], *(named[:] if numbers else [])]}
    found.items = list(items.values())
    found.told = told_of(found.items)
    found.payouts = payouts_for(lines)
    found.rivals = rivals_of(first, last, amounts)
    return found


def days_of(lines: Sequence[StatementLine]) -> set[date]:
    """The days whose gifts may have been deposited together: that of the line and the three before."""
    return {line.date - timedelta(days=back) for line in lines for back in range(4)}


def rivals_of(first: date, last: date, amounts: list[int]) -> Counter[tuple[str, str, int]]:
    """(Account, currency, amount) → how many lines wait for it around these days. One query."""
    around = unmatched(incoming()).filter(date__range=(first - EARLIEST, last + EARLIEST), amount__in=amounts)
    rows = around.order_by().values_list("account", "currency", "amount").annotate(lines=Count("pk"))
    return Counter({(account, currency, amount): lines for account, currency, amount, lines in rows})


def numbers_in(line: StatementLine) -> set[str]:
    """Words of a line that may be the number of a check or a transaction: they hold a figure."""
    words = NUMBER.findall(f"{line.category} {line.text} {line.party} {line.gift_number}")
    return {word for word in words if any(letter.isdigit() for letter in word)}


def told_of(items: Sequence[Booked]) -> dict[str, Told]:
    """The names of batches and gifts. Two queries."""
    batches = [item.pk for item in items if item.kind == "batch"]
    gifts = [item.pk for item in items if item.kind == "gift"]
    found = {
        f"b{pk}": Told(f"{number} · {title}")
        for pk, number, title in GiftBatch.objects.filter(pk__in=batches).values_list("pk", "number", "title")
    }
    rows = Gift.objects.filter(pk__in=gifts).values_list("pk", "giving_unit__name", "reference")
    return found | {f"g{pk}": Told(giver, reference, giver) for pk, giver, reference in rows}
