"""Gifts of one year whose money was posted in another."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from reports.pages.timing import choices, rows_shown, sheet, titles
from reports.queries.timing import GIVEN, SIDES, apart
from reports.views.statements import PAGE, check_year


@member(can="statements.view")
@require_safe
def statement_timing(request: AgencyRequest, year: int) -> HttpResponse:
    """Why the statements of a year and its ledger differ: each gift with both days; `?export=csv` gives both sides."""
    check_year(request, year)
    agency, asked = request.seat.agency, request.GET.get("side", "")
    if wants_file(request):
        return download(request, "timing differences", lambda: sheet(year))
    side = asked if asked in SIDES else GIVEN
    page = Paginator(apart(year, side), PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "side": titles(year)[side],
        "sides": choices(agency, year, side),
        "page": page,
        "rows": rows_shown(agency, page),
        "export_links": export_links(request),
        "none": _("Every gift of this year was deposited in the year in which it was given"),
    }
    return TemplateResponse(request, "reports/statement_timing.html", context)
