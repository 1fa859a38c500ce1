"""Reports with a line per giver and currency: what they ask. `givers` answers: rows, totals, and the gift lines behind
each figure, from the same lines, the same givers and the same periods, so that they agree to the cent.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from partners.queries.giving_reports.lines import Span, Wanted


@dataclass(frozen=True)
class Figure:
    """A sum over periods, each with the sign with which it counts: a change is +1 of the later, -1 of the earlier."""

    key: str
    label: str
    terms: tuple[tuple[int, Span], ...]

    def condition(self) -> Q:
        """The condition that a line has a part in it."""
        return reduce(or_, (span.condition() for _, span in self.terms))

    def weight(self) -> Any:
        """How often a line counts in it: 1, -1 where it is taken off, 0."""
        return reduce(
            add, (Case(When(span.condition(), then=Value(sign)), default=Value(0)) for sign, span in self.terms)
        )


@dataclass(frozen=True)
class Who:
    """Who is in a report: everybody, or those who gave in each span of `gave` and in none of `gave_not`. To give in a
    span is to come to more than nothing in it, in any currency. `regular`: with gifts in `months` different months of
    these days; `named`: only who has a name to the reader.
    """

    gave: tuple[Span, ...] = ()
    gave_not: tuple[Span, ...] = ()
    regular: Span | None = None
    months: int = 0
    named: bool = False

    def spans(self) -> list[Span]:
        """The days that have to be looked at to tell."""
        return [*self.gave, *self.gave_not, *filter(None, [self.regular])]


@dataclass(frozen=True)
class Question:
    """A report about givers. `lines` are those that fit the filter, `gifts` the same where whole gifts can be summed;
    `who` says whose are in it, told from the same; `main` is the figure by which rows are ordered and which `least`
    limits; rows without it are left out where `needs_main`.
    """

    lines: QuerySet[Any]
    figures: tuple[Figure, ...]
    main: str
    who: Who = field(default_factory=Who)
    needs_main: bool = True
    wanted: Wanted = field(default_factory=Wanted)
    gifts: QuerySet[Any] | None = None

    def figure(self, key: str) -> Figure | None:
        """The figure of this name."""
        return next((each for each in self.figures if each.key == key), None)

    def size(self) -> Figure:
        """The main figure."""
        return next(each for each in self.figures if each.key == self.main)

    def spans(self) -> list[Span]:
        """The days that figures sum, each span once."""
        return list(dict.fromkeys(span for each in self.figures for _sign, span in each.terms))


@dataclass(frozen=True)
class Total:
    """The sums of one currency over all pages, by figure, in minor units."""

    currency: str
    figures: dict[str, int]
