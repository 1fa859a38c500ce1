"""What became of giving after an exit: checked per partner, and as a curve over all exits of the agency.

What was due (`RULE` says it on the page): payments of the promises that held on the last day before the exit, due from
the exit until ten days before the check; a partner without a promise: what was given in the same days of the year
before. Each currency by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from agencies.models import Agency
from agencies.seats import Seat
from core.periods import add_months, month_start
from handover.models import Case, Check, Passing
from handover.queries.support import ByPair, Pair, given, given_by_month, pair_of, promises
from handover.sums import outcome
from partners.models import Commitment

DAY: Final = timedelta(days=1)
YEAR: Final = timedelta(days=365)
GRACE: Final = timedelta(days=10)
AFTER: Final = (30, 90, 180)
DAYS: Final = {"weekly": 7, "two_weekly": 14}
MONTHS: Final = {
    "monthly": 1,
    "two_monthly": 2,
    "quarterly": 3,
    "four_monthly": 4,
    "half_yearly": 6,
    "yearly": 12,
    "two_yearly": 24,
}


def payments_due(promise: Commitment, first: date, last: date) -> int:
    """How many payments of a promise are due on these days, both included."""
    end = min(last, promise.ends_on or last)
    if promise.frequency in DAYS:
        step = DAYS[promise.frequency]
        before = max((first - DAY - promise.starts_on).days // step + 1, 0)
        return max((end - promise.starts_on).days // step + 1 - before, 0)
    months, count, number = MONTHS[promise.frequency], 0, 0
    day = promise.starts_on
    while day <= end:
        count += day >= first
        number += months
        day = add_months(promise.starts_on, number)
    return count


def due(rows: Sequence[Passing], leaves_on: date, after: int, promised: Sequence[Commitment]) -> ByPair:
    """What was due in the days after an exit, for the partners of a case. One query."""
    found: ByPair = defaultdict(dict)
    for promise in promised:
        count = payments_due(promise, leaves_on, leaves_on + after * DAY - GRACE)
        own = found[pair_of(promise)]
        own[promise.currency] = own.get(promise.currency, 0) + count * promise.amount
    units, partners = sides(rows)
    last_year = given(units, leaves_on - YEAR, leaves_on - YEAR + (after - 1) * DAY, partners)
    return {**last_year, **found}


def sides(rows: Sequence[Passing]) -> tuple[set[int], set[int]]:
    """The units and the partners of these relationships."""
    return {each.holder.unit_id for each in rows}, {each.holder.partner_id for each in rows}


def outcomes(rows: Sequence[Passing], leaves_on: date, after: int) -> dict[int, str]:
    """What became of each relationship of one case so many days after the exit, by its id. Three queries."""
    units, partners = sides(rows)
    promised = promises(units, leaves_on - DAY, partners)
    wanted = due(rows, leaves_on, after, promised)
    came = given(units, leaves_on, leaves_on + (after - 1) * DAY, partners)
    return {each.pk: outcome(wanted.get(pair(each), {}), came.get(pair(each), {})) for each in rows}


def pair(passing: Passing) -> Pair:
    """The partner and the unit of a relationship."""
    return passing.holder.partner_id, passing.holder.unit_id


def checks_due(agency: Agency) -> list[tuple[Case, int]]:
    """The cases for which a check is due and not made, with how many days after the exit. One query."""
    today = agency.today()
    cases = Case.objects.of_exits().filter(leaves_on__lte=today - AFTER[0] * DAY).order_by("pk")
    made = set(Check.objects.values_list("passing__case", "after").distinct())
    return [
        (case, after)
        for case in cases
        for after in AFTER
        if case.leaves_on + after * DAY <= today and (case.pk, after) not in made
    ]


@dataclass(frozen=True)
class Point:
    """Some months after the exit: how much of the earlier support was given, in minor units of one currency, and of
    how many exits.
    """

    month: int
    before: int
    came: int
    exits: int


MOST_MONTHS: Final = 12


FEWEST_EXITS: Final = 3
"""The curve of one worker would tell what that worker's partners give; of two, each could work out the other's."""


def survival(seat: Seat, cases: Collection[Any]) -> dict[str, list[Point]]:
    """Per currency and whole month after the exit: what the partners of all these cases whom the seat may know gave in
    it, beside what they gave a month in the twelve months before that of the exit. A partner counts once in a unit,
    from the first exit. A month of fewer exits than `FEWEST_EXITS` is left out. Two queries,
    whatever the number of cases and partners.
    """
    known = Passing.objects.seen_by(seat).filter(case__in=[each.pk for each in cases])
    rows = sorted(known.select_related("holder", "case"), key=lambda each: (each.case.leaves_on, each.pk))
    if not rows:
        return {}
    first = add_months(month_start(min(each.case.leaves_on for each in rows)), -12)
    months, now = given_by_month(*sides(rows), first), month_start(seat.agency.today())
    sums: defaultdict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    exits: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    counted: set[Pair] = set()
    for each in rows:
        if pair(each) not in counted:
            counted.add(pair(each))
            left = month_start(each.case.leaves_on)
            add_one(sums, exits, months.get(pair(each), {}), left, each.case.worker_id, now)
    found: defaultdict[str, list[Point]] = defaultdict(list)
    for (currency, month), (before, came) in sorted(sums.items()):
        if len(exits[currency, month]) >= FEWEST_EXITS:
            found[currency].append(Point(month, before, came, len(exits[currency, month])))
    return dict(found)


def add_one(sums: Any, exits: Any, own: dict[str, dict[date, int]], left: date, worker_id: int, now: date) -> None:
    """Add what one partner gave before the exit and in each whole month after it."""
    for currency, amounts in own.items():
        before = sum(amounts.get(add_months(left, -each), 0) for each in range(1, 13))
        if before <= 0:
            continue
        for month in range(1, MOST_MONTHS + 1):
            day = add_months(left, month)
            if day >= now:
                break
            row = sums[currency, month]
            row[0] += before
            row[1] += 12 * max(amounts.get(day, 0), 0)
            exits[currency, month].add(worker_id)
