"""Reports with a line per giver and currency: their figures, totals, and the gift lines behind each of them.

All three come from the same lines, the same givers and the same periods, so they agree to the cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Abs, Cast, Coalesce

from partners.queries.giving_reports.lines import ANONYMOUS, Span, Wanted

PREFIX = "figure_"


@dataclass(frozen=True)
class Figure:
    """A sum over periods, each with the sign with which it counts: a change is +1 of the later, -1 of the earlier."""

    key: str
    label: str
    terms: tuple[tuple[int, Span], ...]

    def condition(self) -> Q:
        """The condition that a line has a part in it."""
        return reduce(or_, (span.condition() for _, span in self.terms))

    def total(self) -> Any:
        """The sum as an expression over lines; nothing given is 0."""
        return reduce(add, (Value(sign) * summed(span) for sign, span in self.terms))

    def weight(self) -> Any:
        """How often a line counts in it: 1, -1 where it is taken off, 0."""
        return reduce(
            add, (Case(When(span.condition(), then=Value(sign)), default=Value(0)) for sign, span in self.terms)
        )


def summed(span: Span) -> Coalesce:
    """What the lines of these days come to."""
    return Coalesce(Cast(Sum("amount", filter=span.condition()), BigIntegerField()), Value(0))


@dataclass(frozen=True)
class Question:
    """A report about givers. `lines` are those that fit the filter; `givers` says who is in it, by subqueries over the
    same lines; `main` is the figure by which rows are ordered and which `least` limits; rows without it are left out
    where `needs_main`.
    """

    lines: QuerySet[Any]
    figures: tuple[Figure, ...]
    main: str
    givers: Q = field(default_factory=Q)
    needs_main: bool = True
    wanted: Wanted = field(default_factory=Wanted)

    def figure(self, key: str) -> Figure | None:
        """The figure of this name."""
        return next((each for each in self.figures if each.key == key), None)

    def size(self) -> Figure:
        """The main figure."""
        return next(each for each in self.figures if each.key == self.main)

    def asked(self) -> QuerySet[Any]:
        """The lines of the givers who are in the report, of all days."""
        found: QuerySet[Any] = self.lines.filter(self.givers)
        if self.wanted.least is None:
            return found
        main = self.size()
        sums = found.filter(main.condition()).values("giver").annotate(size=Abs(main.total()))
        return found.filter(giver__in=sums.filter(size__gte=self.wanted.least.minor).values("giver"))

    def within(self) -> QuerySet[Any]:
        """Those of them that have a part in any figure."""
        spans = {span for each in self.figures for _sign, span in each.terms}
        widest = [span for span in spans if not any(span.within(other) for other in spans - {span})]
        return self.asked().filter(reduce(or_, (span.condition() for span in widest)))


ORDERS = ("giver", "size")


def rows_of(question: Question, sort: str = "") -> QuerySet[Any]:
    """A row per giver and currency: `giver`, `currency`, and `figure_<key>` for each figure, in minor units. The
    largest main figure comes first, whatever its sign; `sort` is "giver" or the name of a figure,
    backwards with a minus.
    """
    sums = {f"{PREFIX}{each.key}": each.total() for each in question.figures}
    main = f"{PREFIX}{question.main}"
    rows = question.within().values("giver", "currency").annotate(**sums, named=Min(name_to_sort_by()))
    if question.needs_main:
        rows = rows.exclude(**{main: 0})
    found: QuerySet[Any] = rows.order_by(*order(question, sort), "giver", "currency")
    return found


def name_to_sort_by() -> Case:
    """The giver's place in the alphabet; who is not named stands first."""
    partner = F("gift__giving_unit__partner__sort_name")
    return Case(When(giver=ANONYMOUS, then=Value("")), default=Coalesce(partner, Value("")))


def order(question: Question, sort: str) -> Sequence[Any]:
    """The columns to order by; an order that the report does not know is its own."""
    key, back = sort.removeprefix("-"), sort.startswith("-")
    if key == "giver":
        return [F("named").desc() if back else F("named").asc()]
    if question.figure(key) is not None:
        by = F(f"{PREFIX}{key}")
        return [by.desc() if back else by.asc(), "named"]
    return [Abs(F(f"{PREFIX}{question.main}")).desc(), "named"]


@dataclass(frozen=True)
class Total:
    """The sums of one currency over all pages, by figure, in minor units."""

    currency: str
    figures: dict[str, int]


def totals_of(question: Question) -> list[Total]:
    """The sums of all rows, each currency by itself. One query."""
    sums = {f"{PREFIX}{each.key}": each.total() for each in question.figures}
    found = question.within().values("currency").annotate(**sums).order_by("currency")
    return [
        Total(row["currency"], {each.key: int(row[f"{PREFIX}{each.key}"]) for each in question.figures})
        for row in found
    ]


def givers_in(question: Question) -> int:
    """How many givers the report has, each once, whatever their currencies. One query."""
    found = rows_of(question).order_by().values("giver").distinct()
    return int(found.aggregate(number=Count("giver", distinct=True))["number"])


def lines_behind(question: Question, figure: Figure, giver: int | None, currency: str) -> QuerySet[Any]:
    """The lines behind one figure, of one giver or of all, each with its `weight`; the newest first."""
    lines = question.asked().filter(figure.condition()).annotate(weight=figure.weight()).exclude(weight=0)
    if giver is not None:
        lines = lines.filter(giver=giver)
    if currency:
        lines = lines.filter(currency=currency)
    ordered: QuerySet[Any] = lines.order_by("-gift__date", "-gift_id", "pk")
    return ordered
