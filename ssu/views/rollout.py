"""The six steps of one unit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.toasts import toast
from ssu.models import ActionItem
from ssu.operations import declare_complete
from ssu.pages.rollout import declaration, step_cards, tracker
from ssu.queries.counts import progress_of
from ssu.unit_tabs import tabs
from ssu.views.reached import unit_at


@member(can="rollout.view")
@require_safe
def rollout(request: AgencyRequest, pk: int) -> HttpResponse:
    """Every step with its items: state, newest evidence, who claimed and confirmed, what a step waits for."""
    unit, seat = unit_at(request, pk, "rollout.view"), request.seat
    items: list[Any] = list(ActionItem.objects.seen_by(seat).filter(unit=unit.pk).in_order())
    progress = progress_of([unit.pk], seat.agency.today())[unit.pk]
    declared = declaration(seat, unit)
    context = {
        "unit": unit,
        "tabs": tabs(seat, unit.pk, "rollout"),
        "tasks": tracker(seat, unit, progress),
        "steps": step_cards(seat, unit, progress, items),
        "progress": progress,
        "declared": declared,
        "may_declare": progress.is_settled and not declared and seat.can("rollout.declare", unit.pk),
    }
    return TemplateResponse(request, "ssu/rollout.html", context)


@member(can="rollout.declare")
@require_POST
def rollout_declare(request: AgencyRequest, pk: int) -> HttpResponse:
    """Declare the roll-out complete."""
    unit = unit_at(request, pk, "rollout.declare")
    declare_complete(agency=request.seat.agency, actor=request.user, unit=unit)
    toast(request, _("The roll-out is declared complete."))
    return redirect("rollout", request.seat.agency.slug, pk)
