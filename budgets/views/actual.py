"""Plan against actual."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from budgets.actual import actuals
from budgets.actual_page import explained, finding, row_of, sheet_of, shown
from budgets.models import Budget
from budgets.queries import lines_of
from ssu.models import Unit


@member(can="budgets.view")
@require_safe
def budget_actual(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """One version by category: planned, planned until now, spent, left."""
    seat = request.seat
    found = get_object_or_404(Budget.objects.seen_by(seat), pk=budget_id)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=found.unit_id)
    year = actuals(seat.agency, found, lines_of(found))
    rows = shown(year, withheld=bool(unit.is_withheld))
    if wants_file(request):
        label = f"{found.fiscal_year} version {found.version}"
        return download(request, "plan against actual", lambda: sheet_of(found, rows), of=found, label=label)
    context = {
        "budget": found,
        "unit": unit,
        "rows": [row_of(seat, found, each) for each in rows],
        "total": row_of(seat, found, year.total),
        "finding": finding(seat, found, year),
        "explained": explained(seat, found, year),
        "export_links": export_links(request),
    }
    return TemplateResponse(request, "budgets/actual.html", context)
