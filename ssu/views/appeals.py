"""Whether a public appeal for a unit may open, and the emergency in which one does all the same."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.appeals import EmergencyForm, EndForm
from ssu.models import EmergencyAppeal
from ssu.pages.appeals import blocker_rows, emergency_rows
from ssu.queries.gate import gate_of
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at, unit_at


@member(can="rollout.view")
@require_safe
def unit_gate(request: AgencyRequest, pk: int) -> HttpResponse:
    """What an appeal for the unit waits for, the emergencies, and what the apps above open behind the gate."""
    return gate_page(request, unit_at(request, pk, "rollout.view"))


def gate_page(request: AgencyRequest, unit: Any, form: Form | None = None, ending: int = 0) -> HttpResponse:
    """The page, with the form that was sent and did not go through; `ending` is the emergency that it would end."""
    seat = request.seat
    gate = gate_of(unit, seat.agency.today())
    may_ask = not gate.is_open and unit.is_at_work and not unit.is_withheld and seat.can("appeals.approve", unit.pk)
    rows = [] if unit.is_withheld else emergency_rows(seat, unit)
    waits = any(each.may_end for each in rows)
    context = {
        "unit": unit,
        "tabs": tabs(seat, unit.pk, "unit_gate"),
        "gate": gate,
        "blockers": blocker_rows(seat, gate),
        "emergencies": rows,
        "form": form,
        "ask_form": (form if form and not ending else EmergencyForm(auto_id="ask_%s"))
        if may_ask and not waits
        else None,
        "end_form": form if form and ending else EndForm(auto_id="end_%s"),
    }
    return TemplateResponse(request, "ssu/gate.html", context, status=422 if form else 200)


@member(can="appeals.approve")
@require_POST
def emergency_ask(request: AgencyRequest, pk: int) -> HttpResponse:
    """Approve an emergency first."""
    unit = open_unit_at(request, pk, "appeals.approve")
    form = EmergencyForm(request.POST, auto_id="ask_%s")
    if form.is_valid():
        with shown_on(form):
            operations.ask_emergency(agency=request.seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return gate_page(request, unit, form)
    toast(request, _("You approved it first. It holds when a second person approves it."))
    return redirect("unit_gate", request.seat.agency.slug, pk)


@member(can="appeals.approve")
@require_POST
def emergency_approve(request: AgencyRequest, pk: int, emergency: int) -> HttpResponse:
    """Approve an emergency second."""
    unit = open_unit_at(request, pk, "appeals.approve")
    found = get_object_or_404(EmergencyAppeal, unit=unit.pk, pk=emergency)
    operations.approve_emergency(agency=request.seat.agency, actor=request.user, emergency=found)
    toast(request, _("Approved. Appeals for this unit may go out until the last day."))
    return redirect("unit_gate", request.seat.agency.slug, pk)


@member(can="appeals.approve")
@require_POST
def emergency_end(request: AgencyRequest, pk: int, emergency: int) -> HttpResponse:
    """Take an emergency back."""
    unit = open_unit_at(request, pk, "appeals.approve")
    found = get_object_or_404(EmergencyAppeal, unit=unit.pk, pk=emergency)
    form = EndForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        with shown_on(form):
            operations.end_emergency(
                agency=request.seat.agency, actor=request.user, emergency=found, **form.cleaned_data
            )
    if form.errors:
        return gate_page(request, unit, form, found.pk)
    toast(request, _("Taken back."))
    return redirect("unit_gate", request.seat.agency.slug, pk)
