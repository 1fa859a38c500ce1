"""The month ledger: what was promised before a wave opened, and what became of it, to the cent.

before = moved + stayed + lost + pending, in every month and currency.

Each commitment of an opened wave counts with what it promised on the day of the opening, as the part of it that falls
on the month (`month_value`). It is looked at on the last day of the month, in the present month today:

1. What is promised then, at most as much as before, is *moved* when the promise is to the unit and a gift for it has
   come since the giver was told, and since it was moved or taken up again; it *stayed* when it is to the worker's
   account and the giver was silent, declined, asked to stop or was left, or when the move was rolled back; else it is
   *pending*.
2. What is promised no more, or less than before, is *lost*: of $100 that became $60, 60 moved and 40 are lost.
3. What is promised beyond it is *new* and stands outside the sum; so does a promise in another currency.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from agencies.models import Agency
from core.periods import add_months, month_start
from partners.models import Commitment
from partners.month_value import month_value
from partners.queries.fulfilment import payments
from transition.models import Plan, Shift
from transition.queries.chains import followers
from transition.states import STAYS, runs_on, state_on, told_on

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """What became of one commitment in one month, in minor units of `currency`; `new` is of `new_currency`."""

    shift_id: int
    currency: str
    before: int
    moved: int
    stayed: int
    lost: int
    pending: int
    new: int
    new_currency: str


@dataclass
class Sum:
    """The month of one currency, in minor units."""

    before: int = 0
    moved: int = 0
    stayed: int = 0
    lost: int = 0
    pending: int = 0
    new: int = 0

    @property
    def adds_up(self) -> bool:
        return self.before == self.moved + self.stayed + self.lost + self.pending


BUCKETS = tuple(each.name for each in fields(Sum))


@dataclass(frozen=True)
class Looked:
    """A commitment as it can be looked at on any day: what followed it, and when gifts for the unit came."""

    shift: Shift
    chain: Sequence[Commitment]
    gifts: Mapping[int, Sequence[date]]

    def first_gift(self, now: Commitment, day: date) -> date | None:
        """The first gift until a day for what stands then, `now`: for it or the promises that it changed, since it was
        moved or taken up again, and since the giver was told.
        """
        told = told_on(self.shift.acts.all(), day)
        run = [
            given
            for promise in self.run(now)
            for given in self.gifts.get(promise.pk, ())
            if given <= day and (told is None or given >= told)
        ]
        return min(run, default=None)

    def run(self, now: Commitment) -> Iterator[Commitment]:
        """A promise and those that it changed, back to where it was moved or taken up again."""
        known = {each.pk: each for each in self.chain}
        each: Commitment | None = now
        while each is not None and each.designation_id == now.designation_id:
            yield each
            each = None if each.resumes else known.get(each.follows_id or 0)


def opened_shifts(plans: Iterable[Plan]) -> list[Shift]:
    """The commitments of the waves that were opened, with their acts. Two queries."""
    found = Shift.objects.filter(wave__plan__in=plans, wave__opened_on__isnull=False)
    return list(found.select_related("wave__plan").prefetch_related("acts").order_by("pk"))


def looked_at(agency: Agency, shifts: Sequence[Shift]) -> list[Looked]:
    """These commitments with all that the rule needs. Three queries, whatever their number."""
    chains = followers(each.commitment_id for each in shifts)
    targets = {each.pk: each.wave.plan.designation_id for each in shifts}
    to_unit = {
        each.pk for shift in shifts for each in chains[shift.commitment_id] if each.designation_id == targets[shift.pk]
    }
    gifts: defaultdict[int, list[date]] = defaultdict(list)
    for payment in payments(agency, Commitment.objects.filter(pk__in=to_unit)) if to_unit else ():
        gifts[payment.promise_id].append(payment.day)
    return [Looked(shift, chains[shift.commitment_id], gifts) for shift in shifts]


def part_of(looked: Looked, month: date, day: date) -> Part:
    """What became of one commitment in a month that is looked at on `day`."""
    shift = looked.shift
    before = month_value(shift.amount or 0, shift.frequency, month)
    now = next((each for each in reversed(looked.chain) if runs_on(each, day)), None)
    worth = month_value(now.amount, now.frequency, month) if now else 0
    currency = now.currency if now else shift.currency
    kept = min(before, worth) if currency == shift.currency else 0
    where = bucket_of(looked, now, day)
    return Part(
        shift_id=shift.pk,
        currency=shift.currency,
        before=before,
        moved=kept if where == "moved" else 0,
        stayed=kept if where == "stayed" else 0,
        lost=before - kept,
        pending=kept if where == "pending" else 0,
        new=worth - kept,
        new_currency=currency,
    )


def bucket_of(looked: Looked, now: Commitment | None, day: date) -> str:
    """Where that stands what is promised on a day."""
    if now is not None and now.designation_id == looked.shift.wave.plan.designation_id:
        return "moved" if looked.first_gift(now, day) else "pending"
    return "stayed" if state_on(looked.shift.acts.all(), day) in STAYS else "pending"


def looked_on(month: date, today: date) -> date:
    """The day on which a month is looked at: its last one, or today."""
    return min(add_months(month, 1) - DAY, today)


def months_until(first: date, today: date) -> list[date]:
    """The first days of all months from that of `first` until today's."""
    found, month = [], month_start(first)
    while month <= today:
        found.append(month)
        month = add_months(month, 1)
    return found


def parts_of(looked: Iterable[Looked], month: date, today: date) -> list[Part]:
    """What became of each commitment whose wave was open by the end of the month."""
    day = looked_on(month, today)
    return [part_of(each, month, day) for each in looked if (each.shift.wave.opened_on or today) <= day]


def summed(parts: Iterable[Part]) -> dict[str, Sum]:
    """The sums by currency. What is new in another currency stands there, where nothing was before."""
    found: defaultdict[str, Sum] = defaultdict(Sum)
    for part in parts:
        row = found[part.currency]
        for name in ("before", "moved", "stayed", "lost", "pending"):
            setattr(row, name, getattr(row, name) + getattr(part, name))
        if part.new:
            found[part.new_currency].new += part.new
    return dict(sorted(found.items()))


def ledger(agency: Agency, plans: Iterable[Plan]) -> dict[date, dict[str, Sum]]:
    """Every month since the first wave opened, by currency. Five queries, whatever the number of commitments."""
    shifts = opened_shifts(plans)
    if not shifts:
        return {}
    today, looked = agency.today(), looked_at(agency, shifts)
    first = min(each.wave.opened_on or today for each in shifts)
    return {month: summed(parts_of(looked, month, today)) for month in months_until(first, today)}
