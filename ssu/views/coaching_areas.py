"""The areas in which everybody of the agency is coached."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.coaching import AreaForm
from ssu.models import CoachingArea
from ssu.pages.coaching import area_rows


@member(can="units.edit")
def coaching_areas(request: AgencyRequest) -> HttpResponse:
    """The agency's areas, and a form for one more."""
    seat = request.seat
    form = AreaForm(request.POST or None, auto_id="area_%s")
    if form.is_valid():
        with shown_on(form):
            operations.add_area(agency=seat.agency, actor=request.user, unit=None, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Area added."))
            return redirect("coaching_areas", seat.agency.slug)
    found = list(CoachingArea.objects.filter(unit=None).in_order())
    rows = area_rows(seat, found, None)
    context = {
        "areas": [row for row in rows if not row.is_archived] + [row for row in rows if row.is_archived],
        "form": form,
        "tabs": settings_tabs(seat, "coaching_areas"),
    }
    return TemplateResponse(request, "ssu/coaching_areas.html", context, status=422 if form.errors else 200)


@member(can="units.edit")
@require_POST
def areas_adopt(request: AgencyRequest) -> HttpResponse:
    """Take the areas of the starter pack over."""
    operations.adopt_areas(agency=request.seat.agency, actor=request.user)
    toast(request, _("Taken over. Archive what you do not need."))
    return redirect("coaching_areas", request.seat.agency.slug)


@member(can="units.edit")
@require_POST
def area_change(request: AgencyRequest, area: int) -> HttpResponse:
    """Archive an area, take it up again, require it or not, by the button that was pressed."""
    found = get_object_or_404(CoachingArea, unit=None, pk=area)
    act = request.POST.get("act", "")
    operations.change_area(agency=request.seat.agency, actor=request.user, area=found, act=act)
    toast(request, _("Saved."))
    return redirect("coaching_areas", request.seat.agency.slug)
