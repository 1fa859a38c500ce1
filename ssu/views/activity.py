"""Who did what in a unit, when and why."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from ssu.pages.activity import asked_of, chips, days, log, selects, written
from ssu.unit_filters import without
from ssu.unit_tabs import tabs
from ssu.views.reached import unit_at


@member(can="rollout.view")
@require_safe
def unit_activity(request: AgencyRequest, pk: int) -> HttpResponse:
    """Everything that happened in the unit, by day, by kind and person if asked; what is free text about a closed unit
    is kept back.
    """
    unit, seat, asked = unit_at(request, pk, "rollout.view"), request.seat, asked_of(request.GET)
    found, boxes = log(seat, unit, asked), selects(seat, unit, asked)
    following = request.GET.copy()
    if found.following:
        following["before"] = written(found.following)
    context = {
        "unit": unit,
        "tabs": tabs(seat, unit.pk, "unit_activity"),
        "days": days(seat, found),
        "selects": boxes,
        "chips": chips(request.GET, boxes),
        "next_url": f"?{following.urlencode()}" if found.following else "",
        "newest_url": without(request.GET, "before") if asked.before else "",
    }
    return TemplateResponse(request, "ssu/activity.html", context)
