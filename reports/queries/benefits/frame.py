"""What a scorecard is made of: the two periods it compares, and figures that carry what they are taken from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ssu.models import Unit

YEAR = 365


@dataclass(frozen=True)
class Window:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Windows:
    """The two periods, equally long. `before` is None for a unit that has not shifted: then `now` is its last year."""

    before: Window | None
    now: Window

    @property
    def both(self) -> tuple[Window | None, Window]:
        return self.before, self.now


def windows(unit: Unit, today: date) -> Windows:
    """The newest days since the shift date, a year at most, and as many days right before the shift."""
    shift = unit.shift_date
    if shift is None or shift > today:
        return Windows(None, Window(today - timedelta(days=YEAR - 1), today))
    days = min((today - shift).days + 1, YEAR)
    before = Window(shift - timedelta(days=days), shift - timedelta(days=1))
    return Windows(before, Window(today - timedelta(days=days - 1), today))


@dataclass(frozen=True)
class Share:
    """A part of a whole, of money in minor units of `currency`, or of things that are counted (no currency). A whole
    of nothing has no share.
    """

    part: int
    whole: int
    currency: str = ""


@dataclass(frozen=True)
class Amount:
    """Money in minor units; `of` is the number of gifts it is taken from."""

    minor: int
    currency: str
    of: int | None = None


@dataclass(frozen=True)
class Count:
    """A number of things, of so many where that says something."""

    number: int
    of: int | None = None


@dataclass(frozen=True)
class Rate:
    """So many things for so many others: 12 letters to 4 partners."""

    things: int
    each: int


@dataclass(frozen=True)
class TooFew:
    """A figure that would show somebody's own gift is not told."""

    of: int


Figure = Share | Amount | Count | Rate | TooFew | None
"""None: there is nothing that it could be taken from."""


@dataclass(frozen=True)
class Measure:
    """One figure before and now. `things` says "of %(number)s letters" for the number that a share without a
    currency is of, and `none` why a period has no figure.
    """

    label: str
    formula: str
    before: Figure = None
    now: Figure = None
    things: Callable[[int], str] | None = None
    none: str = ""


@dataclass(frozen=True)
class Benefit:
    """One of the eight promises with what measures it."""

    number: int
    promise: str
    measures: Sequence[Measure]
