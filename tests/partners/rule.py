"""The rule of fulfilment once more, gift by gift and in plain Python, to compare the statement with."""

from dataclasses import dataclass
from datetime import date, timedelta

from partners.models import Commitment

YEAR = {"weekly": 52, "two_weekly": 26, "monthly": 12, "two_monthly": 6, "quarterly": 4, "four_monthly": 3}


@dataclass(frozen=True)
class Promised:
    """A promise to one designation in one currency."""

    pk: int
    amount: int
    frequency: str
    starts: date
    ends: date | None

    @property
    def early(self) -> timedelta:
        """How long before its day a gift pays a payment."""
        return timedelta(days={"weekly": 1, "two_weekly": 3, "monthly": 7, "quarterly": 22}.get(self.frequency, 45))

    def takes(self, day: date) -> bool:
        margin = max(timedelta(days=14), self.early)
        return self.starts - margin <= day and (self.ends is None or day <= self.ends + margin)

    def newest(self, day: date) -> int:
        """The number of the newest payment due, or due soon, from 0."""
        due = Commitment(frequency=self.frequency, starts_on=self.starts).due_dates(self.starts, day + self.early)
        return max(sum(1 for _ in due) - 1, 0)


@dataclass(frozen=True)
class Given:
    """The part of a gift for the designation."""

    pk: int
    day: date
    amount: int


def chosen(promises: list[Promised], gift: Given, turn: int) -> Promised | None:
    """The promise for which a gift counts; `turn` numbers the gifts of its amount."""
    fitting = [each for each in promises if each.takes(gift.day)]

    def fit(each: Promised) -> tuple[bool, bool, int]:
        holds = each.starts <= gift.day and (each.ends is None or gift.day <= each.ends)
        return (each.amount != gift.amount, not holds, abs(each.amount - gift.amount))

    best = [each for each in fitting if fit(each) == min(map(fit, fitting))]
    best.sort(key=lambda each: (each.starts, each.pk))
    return best[turn % len(best)] if best else None


def put(promises: list[Promised], gifts: list[Given]) -> list[tuple[int, int, int, int, int]]:
    """Promise, gift, what was paid, the first and the last payment that it touched, in order."""
    reach, turns, found = {each.pk: 0 for each in promises}, dict[int, int](), []
    for gift in sorted(gifts, key=lambda each: (each.day, each.pk)):
        promise = chosen(promises, gift, turns.get(gift.amount, 0))
        if promise is None:
            continue
        turns[gift.amount] = turns.get(gift.amount, 0) + 1
        paid = min(gift.amount, promise.amount * YEAR.get(promise.frequency, 2))
        begins = max(reach[promise.pk], promise.newest(gift.day) * promise.amount)
        reach[promise.pk] = begins + paid
        last = (begins + paid - 1) // promise.amount
        found.append((promise.pk, gift.pk, paid, begins // promise.amount, last))
    return found
