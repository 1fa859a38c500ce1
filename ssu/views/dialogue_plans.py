"""Planning a conversation with a leader, and giving a plan up."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.dialogue import GiveUpForm, PlanTalkForm
from ssu.models import PlannedTalk, Worker
from ssu.queries.dialogue import leaders_to_talk_with
from ssu.views.conversations import form_page
from ssu.views.reached import open_unit_at


@member(can="dialogue.record")
def talk_plan(request: AgencyRequest, pk: int) -> HttpResponse:
    """Plan a conversation; `?with=` names the leader."""
    unit, seat = open_unit_at(request, pk, "dialogue.record"), request.seat
    listed = [leader.worker_id for leader in leaders_to_talk_with([unit.pk], seat)[unit.pk]]
    people = Worker.objects.seen_by(seat).filter(pk__in=listed)
    form = PlanTalkForm(request.POST or None, initial={"worker": request.GET.get("with", "")}, people=people)
    if form.is_valid():
        with shown_on(form):
            made = operations.plan_talk(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Planned for %(day)s.") % {"day": day_in_words(seat.agency, made.date)})
            return redirect(card_of(request, made))
    back = reverse("dialogue", args=[seat.agency.slug, pk])
    return form_page(request, unit, form, title=_("Plan a conversation"), back=back, button=_("Plan it"))


@member(can="dialogue.record")
def talk_give_up(request: AgencyRequest, pk: int, planned_talk: int) -> HttpResponse:
    """Say why a planned conversation does not come about."""
    unit, seat = open_unit_at(request, pk, "dialogue.record"), request.seat
    found: Any = get_object_or_404(PlannedTalk, unit=unit.pk, pk=planned_talk)
    form = GiveUpForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.give_up_talk(agency=seat.agency, actor=request.user, plan=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The plan is given up."))
            return redirect(card_of(request, found))
    title = _("Give up the conversation planned for %(day)s") % {"day": day_in_words(seat.agency, found.date)}
    return form_page(request, unit, form, title=title, back=card_of(request, found), button=_("Give it up"))


def card_of(request: AgencyRequest, plan: PlannedTalk) -> str:
    """Where the leader stands on the page of the dialogue."""
    return f"{reverse('dialogue', args=[request.seat.agency.slug, plan.unit_id])}#leader-{plan.worker_id}"
