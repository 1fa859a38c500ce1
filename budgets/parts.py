"""What budgets show on the pages of lower apps."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from budgets import queries, showing
from ssu.models import Discretion, PublicPage


def unit_coverage(request: HttpRequest, *, unit: Any, **context: Any) -> str:
    """The coverage of a unit's budget on its page, for whom budgets of the unit are open; `unit` is one that was
    `seen_by` the seat.
    """
    seat = request.seat  # type: ignore[attr-defined]
    if not seat.can("budgets.view", unit.pk):
        return ""
    year = queries.latest_year(seat.agency)
    budget = queries.budgets_in_force(seat, year).filter(unit=unit).first()
    coverage = queries.coverage_of(seat.agency, [budget])[budget.pk] if budget else None
    shown = {
        "unit": unit,
        "year": year,
        "budget": budget,
        "making": None if budget else queries.in_the_making(unit, year),
        "may_start": seat.can("budgets.edit", unit.pk) and unit.is_at_work and not unit.is_withheld,
        "chart": showing.bar("unit-coverage", coverage, seat.agency.locale) if coverage else None,
    }
    return render_to_string("budgets/_unit_coverage.html", shown, request)


def public_card(request: HttpRequest, *, unit: Any, gate: Any, **context: Any) -> str:
    """Whether the unit's public page is open, and the way to open, see and close it."""
    seat = request.seat  # type: ignore[attr-defined]
    is_public = PublicPage.objects.standing().filter(unit=unit.pk).exists()
    shown = {
        "unit": unit,
        "is_public": is_public,
        "answers": gate.is_open and unit.is_at_work and unit.discretion != Discretion.CLOSED,
        "url": request.build_absolute_uri(reverse("public_unit", args=[seat.agency.slug, unit.pk])),
        "may_open": seat.can("pages.open", unit.pk) and not unit.is_withheld,
    }
    return render_to_string("budgets/_public_card.html", shown, request)
