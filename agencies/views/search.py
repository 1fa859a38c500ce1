"""One box for everything in the workspace."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.search import LONGEST, SHORTEST, ask


@member(can="home.view")
@require_safe
def search(request: AgencyRequest) -> HttpResponse:
    """What was found, in groups, each within what the reader may see."""
    q = request.GET.get("q", "").strip()[:LONGEST]
    context = {"q": q, "groups": ask(request.seat, q), "shortest": SHORTEST, "too_short": 0 < len(q) < SHORTEST}
    return TemplateResponse(request, "agencies/search.html", context)
