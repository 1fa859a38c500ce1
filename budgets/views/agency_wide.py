"""Coverage of all budgets of a year."""

from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import dated, download, export_links, wants_file
from agencies.saved_views import saved_bar
from budgets import gap_filters, gaps_page, queries
from budgets.gap_filters import Asked
from budgets.gaps import Gap, gaps, totals
from core.periods import elapsed
from ssu.queries.units import fitting

PAGE = 50


@member(can="budgets.view")
@require_safe
def budgets(request: AgencyRequest) -> HttpResponse:
    """Every unit's coverage in one fiscal year, or every line's, the biggest gap first in each currency;
    `?export=csv` or `xlsx` gives the same as a file.
    """
    seat, year = request.seat, year_of(request)
    saved = saved_bar(request, "budgets")
    asked = gap_filters.asked_in(seat, request.GET, saved.choices)
    found = wanted(request, year, asked)
    if wants_file(request):
        name, names = dated(request, f"coverage-{year}"), gaps_page.names_of(seat, found)
        months = gaps_page.months_told(seat.agency, year, asked.span)
        make = lambda: gaps_page.gap_sheet(name, found, names, months, by_line=asked.by_line)  # noqa: E731
        return download(request, "coverage of budgets", make)
    context = {
        "year": year,
        "before": year - 1,
        "before_url": in_year(request, year - 1),
        "after": year + 1,
        "after_url": in_year(request, year + 1),
        "clear_url": f"?year={year}",
        "saved": saved,
        "tabs": gap_filters.tabs(request.GET, asked),
        "asked": asked,
        "export_links": export_links(request) if found else [],
        **gap_filters.filter_context(request.GET, asked, saved.choices),
        **page_of(request, year, asked, found),
    }
    context["without"] = [] if context["chips"] or asked.by_line else queries.units_without_budget(seat, year)
    return TemplateResponse(request, "budgets/budgets.html", context)


def wanted(request: AgencyRequest, year: int, asked: Asked) -> list[Gap]:
    """The rows that the address asks for."""
    units = fitting(request.seat, asked.units).values("pk")
    found = gaps(request.seat, year, units=units, span=asked.span, by_line=asked.by_line, below=asked.below)
    return [each for each in found if asked.currency in ("", each.budget.currency)]


def page_of(request: AgencyRequest, year: int, asked: Asked, found: list[Gap]) -> dict[str, Any]:
    """One page of the rows, and all of them added up."""
    seat, part = request.seat, part_gone(request, year) if asked.span.is_whole else None
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = gaps_page.shown(seat, list(page), gaps_page.names_of(seat, page), part)
    sums = gaps_page.total_parts(seat, totals(found), part)
    return {"page": page, "rows": rows, "totals": sums, "several": len(sums) > 1}


def in_year(request: AgencyRequest, year: int) -> str:
    """The present address in another fiscal year."""
    query = request.GET.copy()
    query.pop("page", None)
    query["year"] = str(year)
    return f"?{query.urlencode()}"


def part_gone(request: AgencyRequest, year: int) -> Fraction:
    """How much of the fiscal year is gone today."""
    agency = request.seat.agency
    return elapsed(*queries.bounds(agency, year), agency.today())


def year_of(request: AgencyRequest) -> int:
    """The fiscal year in the address, or the one to show first."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and 1950 <= int(asked) <= 2200:
        return int(asked)
    return queries.latest_year(request.seat.agency)
