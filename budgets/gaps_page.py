"""The list of coverage as its page and its file show it: text worked out before the template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.downloads import Sheet
from agencies.models import Agency
from agencies.seats import Seat
from budgets.coverage_page import KEPT_BACK
from budgets.gaps import Gap, Span, Total
from budgets.months import months_of
from core.charts import CoverageBar, coverage_bar
from core.export import Cell
from core.money import Money
from ssu.models import Unit


@dataclass(frozen=True)
class GapRow:
    """A unit, or a line of its budget. `words` and `category` are those of a line."""

    name: str
    url: str
    words: str
    category: str
    currency: str
    chart: CoverageBar
    planned: str
    open: str


@dataclass(frozen=True)
class TotalPart:
    """All rows of one currency, of all pages."""

    currency: str
    chart: CoverageBar
    count: int
    over: str


@dataclass(frozen=True)
class Named:
    """What the seat calls a unit, and whether its words are kept from it."""

    name: str
    withheld: bool


def names_of(seat: Seat, rows: Iterable[Gap]) -> Mapping[int, Named]:
    """The units of these rows by id. One query."""
    units = Unit.objects.seen_by(seat).filter(pk__in={row.budget.unit_id for row in rows})
    return {pk: Named(name, withheld) for pk, name, withheld in units.values_list("pk", "shown_name", "is_withheld")}


def shown(seat: Seat, rows: Sequence[Gap], names: Mapping[int, Named], part: Fraction | None) -> list[GapRow]:
    """The rows of a page; `part` of the year is gone, where it is the whole year that they tell."""
    return [shown_row(seat, row, names[row.budget.unit_id], part) for row in rows]


def shown_row(seat: Seat, row: Gap, named: Named, part: Fraction | None) -> GapRow:
    """One of them. The words of a line are kept back where its unit is closed to the seat."""
    slug, budget, line = seat.agency.slug, row.budget, row.line
    chart = coverage_bar(
        f"gap-{budget.pk}-{line.pk if line else 0}",
        received=row.received,
        committed=row.committed,
        goal=row.planned,
        show=lambda minor: Money(minor, budget.currency).format(seat.agency.locale),
        elapsed=part,
    )
    return GapRow(
        named.name,
        reverse("budget", args=[slug, budget.pk]) + (f"#line-{line.pk}" if line else ""),
        words_of(row, named, kept=_(KEPT_BACK)),
        "" if named.withheld or line is None else line.category,
        budget.currency,
        chart,
        Money(row.planned, budget.currency).format(seat.agency.locale),
        chart.open,
    )


def words_of(row: Gap, named: Named, kept: str = "") -> str:
    """What a line makes possible."""
    if row.line is None:
        return ""
    return kept if named.withheld else row.line.impact


def total_parts(seat: Seat, found: Iterable[Total], part: Fraction | None) -> list[TotalPart]:
    """A bar per currency."""
    return [total_part(seat, each, part) for each in found]


def total_part(seat: Seat, total: Total, part: Fraction | None) -> TotalPart:
    """One of them."""

    def show(minor: int) -> str:
        return Money(minor, total.currency).format(seat.agency.locale)

    chart = coverage_bar(
        f"total-{total.currency}",
        received=total.received,
        committed=total.committed,
        goal=total.planned,
        show=show,
        elapsed=part,
    )
    return TotalPart(total.currency, chart, total.count, show(total.over) if total.over else "")


HEADER = (
    "unit",
    "fiscal_year",
    "first_month",
    "last_month",
    "version",
    "currency",
    "planned",
    "received",
    "committed",
    "open",
)
OF_LINES = ("impact", "category", "priority")


def gap_sheet(
    name: str, rows: Sequence[Gap], names: Mapping[int, Named], months: Sequence[str], *, by_line: bool
) -> Sheet:
    """All rows of the screen, in exact decimals and in its order; `months` are the first and the last one told of."""
    header = (*HEADER, *(OF_LINES if by_line else ()))
    return Sheet(name, header, [cells(row, names[row.budget.unit_id], months) for row in rows])


def months_told(agency: Agency, year: int, span: Span) -> tuple[str, str]:
    """The first and the last month of a span, such as ("2026-01", "2026-03")."""
    months = months_of(agency, year)
    return f"{months[span.first]:%Y-%m}", f"{months[span.last]:%Y-%m}"


def cells(row: Gap, named: Named, months: Sequence[str]) -> tuple[Cell, ...]:
    """One of them."""
    budget: Any = row.budget
    amounts = (row.planned, row.received, row.committed, row.open)
    said = (named.name, budget.fiscal_year, *months, budget.version, budget.currency)
    of_line = (words_of(row, named), "" if named.withheld else row.line.category, row.line.priority) if row.line else ()
    return (*said, *(Money(minor, budget.currency).decimal for minor in amounts), *of_line)
