"""The library of reports, and giving by designation."""

from collections import Counter
from collections.abc import Sequence

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet, download, export_links, wants_file
from core.money import Money
from reports.library import reports_for
from reports.pages.overview import counted
from reports.queries.givers import years_with_gifts
from reports.queries.giving import Given, given_by_designation
from reports.views.statements import year_of


@member(can="reports.view")
@require_safe
def reports(request: AgencyRequest) -> HttpResponse:
    """The reports that this person may open, by question."""
    return TemplateResponse(request, "reports/reports.html", {"reports": reports_for(request.seat)})


@member(can="gifts.view")
@require_safe
def giving_by_designation(request: AgencyRequest) -> HttpResponse:
    """What was given to each designation in a year; `?export=csv` or `xlsx` gives the same rows as a file."""
    agency, years = request.seat.agency, years_with_gifts()
    year = year_of(request, years)
    given = given_by_designation(request.seat, year)
    if wants_file(request):
        return download(request, "giving by designation", lambda: giving_sheet(year, given))
    sums: Counter[str] = Counter()
    for each in given:
        sums[each.total.currency] += each.total.minor
    shown = [
        {
            "code": each.code or "–",
            "name": each.name or _("Waits for its designation"),
            "url": reverse("designation", args=[agency.slug, each.designation]) if each.designation else "",
            "lines": counted(agency, each.lines),
            "amount": each.total.format(agency.locale),
        }
        for each in given
    ]
    context = {
        "year": year,
        "years": sorted({*years, year}, reverse=True),
        "rows": shown,
        "export_links": export_links(request),
        "totals": [Money(minor, currency).format(agency.locale) for currency, minor in sorted(sums.items())],
    }
    return TemplateResponse(request, "reports/giving_by_designation.html", context)


def giving_sheet(year: int, given: Sequence[Given]) -> Sheet:
    """The report as a file."""
    header = ("code", "designation", "lines", "amount", "currency")
    rows = [(each.code, each.name, each.lines, each.total.decimal, each.total.currency) for each in given]
    return Sheet(f"giving-by-designation-{year}", header, rows)
