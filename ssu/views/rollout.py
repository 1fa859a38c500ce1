"""The six steps of one unit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu.forms.declaring import TakeBackForm
from ssu.models import ActionItem
from ssu.operations import declare_complete, take_declaration_back
from ssu.pages.declaring import declaring, in_force, newest, taken_back
from ssu.pages.rollout import step_cards, tracker
from ssu.queries.counts import progress_of
from ssu.reached import need_may_take_back
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at, unit_at


@member(can="rollout.view")
@require_safe
def rollout(request: AgencyRequest, pk: int) -> HttpResponse:
    """Every step with its items: state, newest evidence, who claimed and confirmed, what a step waits for."""
    return rollout_page(request, unit_at(request, pk, "rollout.view"))


def rollout_page(request: AgencyRequest, unit: Any, form: TakeBackForm | None = None) -> HttpResponse:
    """The page; `form` is a declaration that was not taken back."""
    seat = request.seat
    items: list[Any] = list(ActionItem.objects.seen_by(seat).filter(unit=unit.pk).in_order())
    progress = progress_of([unit.pk], seat.agency.today())[unit.pk]
    last = newest(unit)
    declared = in_force(seat, unit, last) if last and last.taken_back_at is None else ""
    may_declare = unit.is_at_work and progress.is_settled and not declared
    context = {
        "unit": unit,
        "tabs": tabs(seat, unit.pk, "rollout"),
        "tasks": tracker(seat, unit, progress),
        "steps": step_cards(seat, unit, progress, items),
        "progress": progress,
        "declared": declared,
        "taken_back": taken_back(seat, unit, last) if last and last.taken_back_reason else None,
        "declaring": declaring(seat, request.user, unit, progress) if may_declare else None,
        "form": form,
        "take_back_form": (form or TakeBackForm(auto_id="back_%s"))
        if declared and unit.is_at_work and seat.can("rollout.take_back", unit.pk)
        else None,
    }
    return TemplateResponse(request, "ssu/rollout.html", context, status=422 if form else 200)


@member(can="rollout.declare")
@require_POST
def rollout_declare(request: AgencyRequest, pk: int) -> HttpResponse:
    """Declare the roll-out complete."""
    unit = open_unit_at(request, pk, "rollout.declare")
    declare_complete(agency=request.seat.agency, actor=request.user, unit=unit)
    undo = reverse("rollout_take_back", args=[request.seat.agency.slug, pk])
    toast(request, _("The roll-out is declared complete."), undo_url=undo)
    return redirect("rollout", request.seat.agency.slug, pk)


@member(can="rollout.declare")
@require_POST
def rollout_take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take the declaration back: with a reason, or whoever declared just now."""
    unit = open_unit_at(request, pk, "rollout.declare")
    need_may_take_back(request.seat, request.user, unit.pk)
    form = TakeBackForm(request.POST, auto_id="back_%s")
    if form.is_valid():
        with shown_on(form):
            take_declaration_back(agency=request.seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return rollout_page(request, unit, form)
    toast(request, _("The declaration is taken back. The roll-out goes on."))
    return redirect("rollout", request.seat.agency.slug, pk)
