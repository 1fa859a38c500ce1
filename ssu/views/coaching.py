"""Step 4: the coaching page of a unit, its words on the model, and one person in one area."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.coaching import AreaForm, ModelTextForm
from ssu.models import CoachingArea, CoachingSession
from ssu.pages.coaching import area_rows, grid, people_tasks, session_rows, summary_of
from ssu.pages.model_texts import model_versions
from ssu.queries.coaching import coaching_of, confidence_of
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at, unit_at

Kind = CoachingSession.Kind


@member(can="coaching.view")
@require_safe
def coaching(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who still needs coaching, in which area; what the model looks like here; sessions and areas."""
    return page(request, unit_at(request, pk, "coaching.view"))


def page(request: AgencyRequest, unit: Any, **sent: Form) -> HttpResponse:
    """The page, with the form that was sent and did not go through, by its name. Of a closed unit all is kept back."""
    seat = request.seat
    context: dict[str, Any] = {"unit": unit, "tabs": tabs(seat, unit.pk, "coaching")}
    if not unit.is_withheld:
        context |= open_page(request, unit) | sent
    context["form"] = next(iter(sent.values()), None)
    return TemplateResponse(request, "ssu/coaching.html", context, status=422 if sent else 200)


def open_page(request: AgencyRequest, unit: Any) -> dict[str, Any]:
    """What the page shows to whom the unit is open."""
    seat = request.seat
    found = coaching_of([unit.pk], seat)[unit.pk]
    archived = CoachingArea.objects.filter(unit=unit.pk).exclude(archived_at=None).in_order()
    versions = model_versions(seat, unit)
    return {
        "summary": summary_of(found),
        "coaching": found,
        "people": people_tasks(seat, unit, found, confidence_of(seat, [unit.pk])),
        "grid": grid(seat, unit, found) if found.people and found.areas else None,
        "planned": session_rows(seat, unit, Kind.PLANNED),
        "held": session_rows(seat, unit, Kind.COACHED),
        "areas": area_rows(seat, [*found.areas, *archived], unit),
        "versions": versions,
        "may_record": unit.is_at_work and seat.can("coaching.record", unit.pk),
        "may_write": unit.is_at_work and seat.can("goals.edit", unit.pk),
        "may_edit_agency": seat.can("units.edit"),
        "model_form": ModelTextForm(auto_id="model_%s", initial={"text": versions[0].text if versions else ""}),
        "area_form": AreaForm(auto_id="area_%s"),
    }


@member(can="goals.edit")
@require_POST
def model_write(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write the next version of what the model looks like here."""
    unit, seat = open_unit_at(request, pk, "goals.edit"), request.seat
    form = ModelTextForm(request.POST, auto_id="model_%s")
    if form.is_valid():
        with shown_on(form):
            operations.write_model_text(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return page(request, unit, model_form=form)
    toast(request, _("Saved as a new version."))
    return redirect(f"{reverse('coaching', args=[seat.agency.slug, pk])}#model")


@member(can="coaching.record")
@require_POST
def unit_area_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Add an area of the unit's own."""
    unit, seat = open_unit_at(request, pk, "coaching.record"), request.seat
    form = AreaForm(request.POST, auto_id="area_%s")
    if form.is_valid():
        with shown_on(form):
            operations.add_area(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return page(request, unit, area_form=form)
    toast(request, _("Area added."))
    return redirect(f"{reverse('coaching', args=[seat.agency.slug, pk])}#areas")


@member(can="coaching.record")
@require_POST
def unit_area_change(request: AgencyRequest, pk: int, area: int) -> HttpResponse:
    """Archive an area of the unit, take it up again, require it or not, by the button that was pressed."""
    unit, seat = open_unit_at(request, pk, "coaching.record"), request.seat
    found = get_object_or_404(CoachingArea, unit=unit.pk, pk=area)
    operations.change_area(agency=seat.agency, actor=request.user, area=found, act=request.POST.get("act", ""))
    toast(request, _("Saved."))
    return redirect(f"{reverse('coaching', args=[seat.agency.slug, pk])}#areas")
