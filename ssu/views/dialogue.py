"""Step 3: the page of the dialogue, and the list of leaders to talk with."""

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
from ssu.forms.dialogue import LeaderForm
from ssu.models import DialogueLeader
from ssu.pages.dialogue import dialogue_of
from ssu.queries.dialogue import people_to_add
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at, unit_at


@member(can="dialogue.view")
@require_safe
def dialogue(request: AgencyRequest, pk: int) -> HttpResponse:
    """Whom the model is talked over with, and what came of it."""
    return page(request, unit_at(request, pk, "dialogue.view"))


def page(request: AgencyRequest, unit: Any, sent: Form | None = None) -> HttpResponse:
    """The page, with the form that was sent and did not go through. Of a closed unit everything is kept back."""
    seat = request.seat
    context: dict[str, Any] = {"unit": unit, "tabs": tabs(seat, unit.pk, "dialogue"), "form": sent}
    if not unit.is_withheld:
        may = unit.is_at_work and seat.can("dialogue.record", unit.pk)
        fresh = LeaderForm(auto_id="leader_%s", people=people_to_add(seat, unit)) if may else None
        context |= {"dialogue": dialogue_of(seat, unit), "leader_form": sent or fresh}
    return TemplateResponse(request, "ssu/dialogue.html", context, status=422 if sent else 200)


@member(can="dialogue.record")
@require_POST
def leader_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put somebody on the list."""
    unit, seat = open_unit_at(request, pk, "dialogue.record"), request.seat
    form = LeaderForm(request.POST, auto_id="leader_%s", people=people_to_add(seat, unit))
    if form.is_valid():
        with shown_on(form):
            operations.add_leader(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return page(request, unit, form)
    toast(request, _("Added to the list."))
    return redirect("dialogue", seat.agency.slug, pk)


@member(can="dialogue.record")
@require_POST
def leader_remove(request: AgencyRequest, pk: int, dialogue_leader: int) -> HttpResponse:
    """Take somebody off the list who was added to it."""
    unit = open_unit_at(request, pk, "dialogue.record")
    found = get_object_or_404(DialogueLeader.objects.select_related("worker"), unit=unit.pk, pk=dialogue_leader)
    operations.remove_leader(agency=request.seat.agency, actor=request.user, leader=found)
    toast(request, _("Taken off the list. What was talked over stays."))
    return redirect("dialogue", request.seat.agency.slug, pk)
