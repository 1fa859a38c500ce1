"""What was given to one's own work: a month on a page, and all of it as DataSync."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from core.periods import add_months
from imports.giving_tabs import giving_tabs
from partners.forms.own_giving import OwnGivingFilter
from partners.pages.own_giving import changes_in_words, digest_of, month_title, page_url
from partners.queries.own_giving import own_lines, own_totals
from partners.views import list_files


@member(can="partners.care")
@require_safe
def own_giving(request: AgencyRequest) -> HttpResponse:
    """One month of what was given to the work of the reader, as the monthly mail tells it; `?export=tntdatasync` gives
    all of it as DataSync, in one currency.
    """
    seat = request.seat
    form = OwnGivingFilter(request.GET, seat=seat)
    tabs = giving_tabs(seat, "own_giving")
    if not form.is_valid():
        return TemplateResponse(request, "partners/own_giving.html", {"form": form, "tabs": tabs}, status=422)
    if list_files.is_asked(request, "own_giving"):
        return list_files.as_file(request, "own_giving")
    month = form.wanted().month
    digest = digest_of(seat, month)
    later = add_months(month, 1)
    context = {
        "form": form,
        "tabs": tabs,
        "digest": digest,
        "changed": changes_in_words(digest, only_open=False),
        "before": (month_title(seat, add_months(month, -1)), page_url(seat, add_months(month, -1))),
        "after": (month_title(seat, later), page_url(seat, later)) if later <= seat.agency.today() else None,
        "files": [each.amount.currency for each in own_totals(own_lines(seat))],
    }
    return TemplateResponse(request, "partners/own_giving.html", context)
