"""What an agency must hold and what everybody gave: a model in plain Python that knows nothing of the database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Place = int | None
"""A designation by its place in the world, None for suspense."""
Moved = tuple[Place, str, str, date]
"""Place, currency, kind of movement, month."""


@dataclass
class Line:
    """A part of a gift: where it was posted, where it stands now, minor units, and what it was called."""

    origin: Place
    place: Place
    minor: int
    key: str


@dataclass
class Given:
    """A gift or refund. `who` is a person by number (None: unidentified), `root` the first of a chain of corrections,
    `number` and `run` those of the file that brought it.
    """

    pk: int
    who: int | None
    currency: str
    day: date
    posted: date
    lines: list[Line]
    soft: int | None = None
    reverses: int | None = None
    number: int | None = None
    run: int | None = None
    root: int = 0
    stands: bool = True
    corrected: bool = False

    @property
    def total(self) -> int:
        return sum(line.minor for line in self.lines)


@dataclass
class Books:
    """The ledger's figures by place, and the gifts."""

    moved: Counter[Moved] = field(default_factory=Counter)
    gifts: dict[int, Given] = field(default_factory=dict)
    percents: dict[int, Decimal] = field(default_factory=dict)
    assessed: Counter[tuple[int, str, date]] = field(default_factory=Counter)
    opened: set[tuple[int, str]] = field(default_factory=set)
    open_from: date | None = None

    def move(self, place: Place, currency: str, kind: str, day: date, minor: int) -> None:
        self.moved[place, currency, kind, day.replace(day=1)] += minor

    def held(self) -> Counter[tuple[int, str]]:
        """What designations have, where it is more than nothing."""
        found: Counter[tuple[int, str]] = Counter()
        for (place, currency, _kind, _month), minor in self.moved.items():
            if place is not None:
                found[place, currency] += minor
        return +found

    def closed(self, day: date) -> bool:
        return self.open_from is not None and day < self.open_from

    def standing(self) -> list[Given]:
        return [gift for _pk, gift in sorted(self.gifts.items()) if gift.stands]

    def given(self) -> list[Given]:
        """What stands and is no refund."""
        return [gift for gift in self.standing() if gift.total > 0]

    def assigned(self) -> list[tuple[Given, Line]]:
        """Lines that a person took out of suspense, with their gifts."""
        return [(gift, line) for gift in self.given() for line in gift.lines if line.place != line.origin]

    def refunds(self, gift: Given) -> list[Given]:
        return [each for each in self.standing() if each.reverses == gift.pk]

    def left(self, gift: Given) -> dict[str, int]:
        """What refunds left of each line, by its key."""
        found = {line.key: line.minor for line in gift.lines}
        for refund in self.refunds(gift):
            for line in refund.lines:
                found[line.key] += line.minor
        return found

    def post(self, gift: Given) -> None:
        gift.root = gift.root or gift.pk
        self.gifts[gift.pk] = gift
        for line in gift.lines:
            self.move(line.origin, gift.currency, "gift", gift.posted, line.minor)

    def withdraw(self, gift: Given, on: date) -> None:
        """Every line goes back the way it came."""
        gift.stands = False
        for line in gift.lines:
            if line.place != line.origin:
                self.assign(gift, line, None, on)
            self.move(line.origin, gift.currency, "gift", on, -line.minor)

    def assign(self, gift: Given, line: Line, place: Place, on: date) -> None:
        """Out of suspense to a designation, or back."""
        self.move(line.place, gift.currency, "transfer", on, -line.minor)
        self.move(place, gift.currency, "transfer", on, line.minor)
        line.place = place

    def lines_of(self, gift: Given, key: str) -> Iterator[tuple[Given, Line]]:
        """The line of this key, and those of the refunds that stand."""
        for each in (gift, *self.refunds(gift)):
            yield from ((each, line) for line in each.lines if line.key == key)

    def shares(self, month: date) -> dict[tuple[int, str], int]:
        """What is still to be assessed of a month: half a unit and more is one, of what went back as well."""
        found = {}
        for place, percent in self.percents.items():
            for currency in {key[1] for key in self.moved}:
                base = self.moved[place, currency, "gift", month]
                whole, rest = divmod(abs(base) * percent, 100)
                share = (int(whole) + (2 * rest >= 100)) * (1 if base >= 0 else -1)
                if due := share - self.assessed[place, currency, month]:
                    found[place, currency] = due
        return found


def shared(left: dict[str, int], amount: int) -> dict[str, int]:
    """An amount in proportion to what is left; the largest remainders take the odd units, the first of equal ones."""
    total = sum(left.values())
    taken = {key: amount * each // total for key, each in left.items()}
    by_rest = sorted(left, key=lambda key: -(amount * left[key] % total))
    for key in by_rest[: amount - sum(taken.values())]:
        taken[key] += 1
    return {key: minor for key, minor in taken.items() if minor}
