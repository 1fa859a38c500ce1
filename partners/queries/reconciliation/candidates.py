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
BEFORE = timedelta(days=3)
"""Gifts that are deposited together show at the bank up to so long after their day."""
NUMBER = re.compile(r"[A-Za-z0-9-]{4,}")
MOST_GIFTS = 2000
"""So many are taken at once."""
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
    """Everything that may explain the lines of a page. `deposit_of`: account → deposit account. `whole_days`: day,
    deposit account and currency of which every gift is here.
    """

    deposit_of: dict[str, int]
    items: list[Booked] = field(default_factory=list)
    whole_days: set[tuple[date, int, str]] = field(default_factory=set)
    told: dict[str, Told] = field(default_factory=dict)
    payouts: dict[int, PayoutFound] = field(default_factory=dict)
    rivals: Counter[tuple[str, str, int]] = field(default_factory=Counter)


def candidates_for(lines: Sequence[StatementLine], accounts: Sequence[BankAccount], deposits: Collection[int]) -> Any:
    """Open batches and gifts near the days of these lines, gifts with a number that a line names, payouts, and how many
    lines wait for the same amount. Nine queries at most, however many lines.
    """
    found = Candidates({each.account: each.deposit.pk for each in accounts})
    if not lines:
        return found
    days, together = gifts_together(lines, deposits)
    found.whole_days = set(days)
    items = {item.token: item for item in [*near(lines, deposits), *together, *numbered(lines, deposits)]}
    found.items = sorted(items.values(), key=lambda item: (item.day, item.kind, item.pk))
    found.told = told_of(found.items)
    found.payouts = payouts_for(lines)
    found.rivals = rivals_of(*ends(lines), amounts_of(lines))
    return found


def ends(lines: Sequence[StatementLine]) -> tuple[date, date]:
    """The first and the last day of lines."""
    return min(line.date for line in lines), max(line.date for line in lines)


def amounts_of(lines: Sequence[StatementLine]) -> list[int]:
    """The amounts of lines, each once."""
    return sorted({line.amount for line in lines})


def near(lines: Sequence[StatementLine], deposits: Collection[int]) -> list[Booked]:
    """Batches near the days of these lines, and gifts of just these amounts. One query; where more stand there than are
    taken at once, the lines are taken in two halves by their days, so that what lies before crowds nothing out.
    """
    first, last = ends(lines)
    found = BookedList(
        Wanted(first - EARLIEST, last + LATEST),
        deposits,
        gifts=BY_ITSELF + " AND g.amount - m.matched = ANY(%(amounts)s)",
        values={"amounts": amounts_of(lines), "processors": list(PROCESSORS)},
    )
    days = sorted({line.date for line in lines})
    if len(days) == 1:
        return found[:]
    taken = found[0 : MOST_GIFTS + 1]
    if len(taken) <= MOST_GIFTS:
        return taken
    half = days[len(days) // 2]
    parts = [line for line in lines if line.date < half], [line for line in lines if line.date >= half]
    return [item for part in parts for item in near(part, deposits)]


def gifts_together(
    lines: Sequence[StatementLine], deposits: Collection[int]
) -> tuple[list[tuple[date, int, str]], list[Booked]]:
    """The days whose gifts in no batch come to one of these lines together, and these gifts. Two queries at most."""
    first, last = ends(lines)
    own = BY_ITSELF + " AND p.date = ANY(%(days)s::date[])"
    values = {"processors": list(PROCESSORS), "amounts": amounts_of(lines), "days": sorted(days_of(lines))}
    asked = BookedList(Wanted(first - BEFORE, last), deposits, batches="false", gifts=own, values=values)
    days = asked.days()
    if not days:
        return [], []
    values = values | {"days": sorted({day for day, _deposit, _currency in days})}
    return days, BookedList(Wanted(first - BEFORE, last), deposits, batches="false", gifts=own, values=values)[:]


def numbered(lines: Sequence[StatementLine], deposits: Collection[int]) -> list[Booked]:
    """Gifts of these amounts with a number that a line names, also of long before. One query, none without numbers."""
    numbers = sorted({word for line in lines for word in numbers_in(line)})
    if not numbers:
        return []
    first, last = ends(lines)
    return BookedList(
        Wanted(first - REFERENCE_DAYS, last + LATEST),
        deposits,
        batches="false",
        gifts=BY_ITSELF + " AND g.reference = ANY(%(numbers)s) AND g.amount - m.matched = ANY(%(amounts)s)",
        values={"amounts": amounts_of(lines), "numbers": numbers, "processors": list(PROCESSORS)},
    )[:]


def days_of(lines: Sequence[StatementLine]) -> set[date]:
    """The days whose gifts may have been deposited together: that of the line and the three before."""
    return {line.date - timedelta(days=back) for line in lines for back in range(BEFORE.days + 1)}


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
