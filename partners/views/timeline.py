"""The whole timeline of a partner."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from partners.pages.timeline import page_of
from partners.queries.timeline import mark_of
from partners.reached import cared_partner


@member(can="partners.care")
@require_safe
def partner_timeline(request: AgencyRequest, pk: int) -> HttpResponse:
    """What happened with a partner, the newest first; `?after=` is the mark behind which the page begins, and one that
    is none begins at the top.
    """
    partner, after = cared_partner(request.seat, pk), mark_of(request.GET.get("after", ""))
    page = page_of(request.seat, partner, after)
    context = {
        "partner": partner,
        "days": page.days,
        "first_url": request.path if after else "",
        "next_url": f"?{urlencode({'after': page.next})}" if page.next else "",
    }
    return TemplateResponse(request, "partners/timeline.html", context)
