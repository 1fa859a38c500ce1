"""Budgets as their pages show them: text worked out before the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from budgets.models import Budget, Line
from budgets.queries import Coverage, LineCoverage
from core.charts import CoverageBar, coverage_bar
from core.money import Money

TONES = {
    Budget.State.DRAFT: "none",
    Budget.State.SUBMITTED: "prog",
    Budget.State.APPROVED: "done",
    Budget.State.SUPERSEDED: "none",
}


@dataclass(frozen=True)
class Row:
    """One unit in the list of budgets."""

    name: str
    url: str
    chart: CoverageBar
    open: str
    open_minor: int


@dataclass(frozen=True)
class LineRow:
    """One line of a budget: what it asks for and how far it is covered."""

    pk: int
    impact: str
    category: str
    kind: str
    priority: int
    amount: str
    received: str
    committed: str
    open: str
    url: str
    owner: str
    change: str = ""


def bar(name: str, coverage: Coverage, locale: str) -> CoverageBar:
    """The coverage bar of one budget."""
    return coverage_bar(
        name,
        received=coverage.received,
        committed=coverage.committed,
        goal=coverage.goal,
        show=lambda minor: Money(minor, coverage.currency).format(locale),
        elapsed=coverage.part_of_year,
    )


def row(seat: Seat, budget: Any, unit_name: str, coverage: Coverage) -> Row:
    """One unit in the list of budgets."""
    return Row(
        unit_name,
        reverse("budget", args=[seat.agency.slug, budget.pk]),
        bar(f"budget-{budget.pk}", coverage, seat.agency.locale),
        Money(coverage.open, coverage.currency).format(seat.agency.locale),
        coverage.open,
    )


def line_row(
    seat: Seat,
    unit: Any,
    line: Line,
    currency: str,
    covered: LineCoverage | None,
    owners: Mapping[int | None, str],
    change: str = "",
) -> LineRow:
    """One line; income lines are planned, not covered. Words about a unit that is closed to the seat are kept back."""

    def show(minor: int | None) -> str:
        return "" if minor is None else Money(minor, currency).format(seat.agency.locale)

    return LineRow(
        line.pk,
        _("Kept back: the unit is closed to you") if unit.is_withheld else line.impact,
        "" if unit.is_withheld else line.category,
        line.get_kind_display(),
        line.priority,
        show(line.amount),
        show(covered.received if covered else None),
        show(covered.committed if covered else None),
        show(covered.open if covered else None),
        reverse("budget_line", args=[seat.agency.slug, line.budget_id, line.pk]),
        owners.get(line.owner_id, ""),
        change,
    )


def explained(coverage: Coverage, locale: str) -> list[str]:
    """How the figures come about, in sentences."""
    said = [
        _("Received: gifts and refunds on the unit's own designations in the fiscal year, from the ledger."),
        _("Committed: what partners promised to them for the days from tomorrow to the end of the fiscal year."),
    ]
    if coverage.legacy:
        amount = Money(coverage.legacy, coverage.currency).format(locale)
        said.append(_("Not counted here: %(amount)s that came in on worker accounts of it.") % {"amount": amount})
    if coverage.elsewhere:
        sums = ", ".join(money.format(locale) for money in coverage.elsewhere)
        said.append(_("Not counted here, because it is in another currency: %(sums)s.") % {"sums": sums})
    return said
