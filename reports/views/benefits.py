"""The eight benefits of one unit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member, reachable
from agencies.days import day_in_words
from agencies.downloads import download, export_links, wants_file
from reports.pages.benefits import cards, period, sheet
from reports.queries.benefits import scorecard, windows
from ssu.models import Unit
from ssu.unit_tabs import tabs


@member(can="reports.view")
@require_safe
def unit_benefits(request: AgencyRequest, pk: int) -> HttpResponse:
    """What the shift brought: eight promises with figures before and now; `?export=csv` or `xlsx` gives the same."""
    seat = request.seat
    unit: Any = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
    reachable(seat, "reports.view", unit.pk)
    periods = windows(unit, seat.agency.today())
    found = cards(seat.agency, scorecard(seat, unit))
    if wants_file(request):
        return download(
            request,
            "benefits of a unit",
            lambda: sheet(seat.agency, unit.code, periods, found),
            of=unit,
            label=unit.public_name,
        )
    context = {
        "unit": unit,
        "tabs": tabs(seat, unit.pk, "unit_benefits"),
        "cards": found,
        "before": period(seat.agency, periods.before),
        "now": period(seat.agency, periods.now),
        "shift": day_in_words(seat.agency, unit.shift_date) if unit.shift_date else "",
        "has_shifted": periods.before is not None,
        "is_short": periods.now.days < 365,
        "days": periods.now.days,
        "export_links": export_links(request),
    }
    return TemplateResponse(request, "reports/unit_benefits.html", context)
