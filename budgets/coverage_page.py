"""The coverage of a budget by month, and what a further gift would do, worked out before the template."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _

from agencies.downloads import Sheet
from agencies.seats import Seat
from budgets.gaps import Basis
from budgets.models import Budget
from budgets.months import Month, Would, by_month, months_of, together, would_do
from budgets.queries import Coverage, LineCoverage
from budgets.scenario import Promised, lost
from core.charts import CoverageBar, coverage_bar
from core.export import Cell
from core.money import Money

KEPT_BACK = "Kept back: the unit is closed to you"


@dataclass(frozen=True)
class MonthRow:
    """One month of all lines, or of one."""

    name: str
    chart: CoverageBar
    planned: str
    received: str
    committed: str
    open: str


@dataclass(frozen=True)
class WouldRow:
    """What a gift would do for a line."""

    impact: str
    part: str
    after: str
    fills: bool


def month_rows(seat: Seat, budget: Budget, covered: Sequence[LineCoverage]) -> list[MonthRow]:
    """The twelve months of these lines together."""
    months = months_of(seat.agency, budget.fiscal_year)
    return [month_row(seat, budget, each) for each in together([by_month(line, months) for line in covered])]


def month_row(seat: Seat, budget: Budget, month: Month) -> MonthRow:
    """One month in words."""

    def show(minor: int) -> str:
        return Money(minor, budget.currency).format(seat.agency.locale)

    chart = coverage_bar(
        f"month-{month.first:%Y-%m}",
        received=month.received,
        committed=month.committed,
        goal=month.planned,
        show=show,
    )
    name = str(format_date(month.first, "MMM y", locale=seat.agency.locale))
    return MonthRow(name, chart, show(month.planned), show(month.received), show(month.committed), show(month.open))


def would_rows(
    seat: Seat, budget: Budget, covered: Sequence[LineCoverage], amount: Money, *, withheld: bool
) -> dict[str, Any]:
    """Which lines a gift would cover, and what of it is over."""
    found, over = would_do(amount.minor, covered)
    return {
        "gift": amount.format(seat.agency.locale),
        "would": [would_row(seat, budget, each, withheld=withheld) for each in found],
        "over": Money(over, budget.currency).format(seat.agency.locale) if over else "",
    }


def would_row(seat: Seat, budget: Budget, each: Would, *, withheld: bool) -> WouldRow:
    """One line in words."""

    def show(minor: int) -> str:
        return Money(minor, budget.currency).format(seat.agency.locale)

    said = {"after": show(each.after), "amount": show(each.line.amount)}
    return WouldRow(
        _(KEPT_BACK) if withheld else each.line.impact,
        show(each.part),
        _("covered in full") if each.fills else _("%(after)s of %(amount)s covered then") % said,
        each.fills,
    )


MOST = 100
"""So many givers can be chosen; the largest come first."""


def scenario_context(
    seat: Seat, budget: Budget, basis: Basis, promised: Sequence[Promised], without: Collection[int], *, withheld: bool
) -> dict[str, Any]:
    """Who can be left out, and what the budget would lack without those who are."""

    def show(minor: int) -> str:
        return Money(minor, budget.currency).format(seat.agency.locale)

    listed = [each for n, each in enumerate(promised) if n < MOST or each.giving_unit_id in without]
    context: dict[str, Any] = {
        "givers": [
            {
                "id": each.giving_unit_id,
                "name": each.name,
                "amount": show(each.minor),
                "out": each.giving_unit_id in without,
            }
            for each in listed
        ],
        "unlisted": len(promised) - len(listed),
    }
    if not without:
        return context
    less = lost(promised, without)
    before, after = basis.covered(), basis.covered(less)
    return context | {
        "less": show(less),
        "left_out": len(without),
        "now": bar_without(seat, budget, basis.coverage, 0).percent,
        "then": bar_without(seat, budget, basis.coverage, less),
        "shorter": [
            {"impact": _(KEPT_BACK) if withheld else one.line.impact, "now": show(one.open), "then": show(other.open)}
            for one, other in zip(before, after, strict=True)
            if other.open != one.open
        ],
    }


def bar_without(seat: Seat, budget: Budget, coverage: Coverage, less: int) -> CoverageBar:
    """The coverage of the year without so many minor units of what is promised."""
    return coverage_bar(
        "then",
        received=coverage.received,
        committed=coverage.committed - less,
        goal=coverage.goal,
        show=lambda minor: Money(minor, budget.currency).format(seat.agency.locale),
        elapsed=coverage.part_of_year,
    )


def month_sheet(seat: Seat, budget: Budget, covered: Sequence[LineCoverage], *, withheld: bool) -> Sheet:
    """Every line by month, in exact decimals."""
    months = months_of(seat.agency, budget.fiscal_year)
    rows: list[tuple[Cell, ...]] = [
        (
            "" if withheld else each.line.impact,
            "" if withheld else each.line.category,
            f"{month.first:%Y-%m}",
            budget.currency,
            *(
                Money(minor, budget.currency).decimal
                for minor in (month.planned, month.received, month.committed, month.open)
            ),
        )
        for each in covered
        for month in by_month(each, months)
    ]
    header = ("impact", "category", "month", "currency", "planned", "received", "committed", "open")
    return Sheet(f"budget-{budget.pk}-months", header, rows)
