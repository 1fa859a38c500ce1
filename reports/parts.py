"""What reports show on the pages of lower apps."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from budgets.models import Budget
from ssu.models import Discretion, Unit
from ssu.queries.gate import gate_of


def unit_report(request: HttpRequest, *, unit: Unit, **context: Any) -> str:
    """The way to a unit's report, on its page, for who may have it."""
    seat = request.seat  # type: ignore[attr-defined]
    if not seat.can("reports.view", unit.pk):
        return ""
    return render_to_string("reports/_unit_report.html", {"unit": unit}, request)


def budget_papers(request: HttpRequest, *, budget: Budget, unit: Unit, **context: Any) -> str:
    """The ways to a version on paper, on its page, and what the case for support waits for."""
    gate = gate_of(unit, request.seat.agency.today())  # type: ignore[attr-defined]
    shown = {
        "budget": budget,
        "unit": unit,
        "is_approved": budget.state == Budget.State.APPROVED,
        "is_closed": unit.discretion == Discretion.CLOSED,
        "is_open": gate.is_open,
    }
    return render_to_string("reports/_budget_papers.html", shown, request)
