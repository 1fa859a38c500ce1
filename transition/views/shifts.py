"""One commitment on its way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu.queries.people import members_to_assign
from transition import forms, operations
from transition.models import Shift
from transition.pages.shift import shift_page
from transition.queries.chains import last_of
from transition.queries.lists import givers_of
from transition.reached import act_seen, line_seen, open_for, shift_seen, talk_of, unit_with


@dataclass(frozen=True)
class Act:
    """What may be noted at an address: its form, its operation, its title."""

    form: type[forms.ActForm]
    operation: Callable[..., Any]
    title: Any
    lead: Any = ""


ACTS: dict[str, Act] = {
    "notice": Act(forms.NoticeForm, operations.give_notice, lazy("They were told")),
    "agree": Act(
        forms.HowForm,
        operations.agree,
        lazy("They agreed"),
        lazy("The commitment moves by a step of its own, when the mandate is changed."),
    ),
    "decline": Act(
        forms.HowForm,
        operations.decline,
        lazy("They declined"),
        lazy("The commitment stays on the worker's account, and letters go on as before."),
    ),
    "silence": Act(
        forms.SilenceForm,
        operations.note_silence,
        lazy("No reply came"),
        lazy("Silence is no agreement: the commitment stays on the worker's account and never counts as moved."),
    ),
    "leave": Act(forms.LeaveForm, operations.leave, lazy("Leave it where it is")),
    "stop": Act(
        forms.StopForm,
        operations.stop,
        lazy("They asked to stop"),
        lazy("The commitment ends after its last day, and counts as lost from then on."),
    ),
    "move": Act(
        forms.MoveForm,
        operations.move,
        lazy("Move the commitment"),
        lazy("From that day it is to the unit. Gifts that came before keep their designation."),
    ),
    "back": Act(
        forms.RollBackForm,
        operations.roll_back,
        lazy("Roll the move back"),
        lazy("From that day it is to the worker's account again. Gifts that came for the unit stay the unit's."),
    ),
}


@member(can="transition.view")
@require_safe
def shift(request: AgencyRequest, pk: int) -> HttpResponse:
    """What happened, and what may be noted next."""
    found = shift_seen(request.seat, pk)
    unit = unit_with(request.seat, found.wave.plan.unit_id, "transition.view")
    shown = shift_page(request.seat, found, withheld=unit.is_withheld)
    if shown is None:
        raise Http404
    if shown["may_set"]:
        people = members_to_assign(request.seat, unit)
        initial = {"is_key": found.is_key, "talker": found.talker_id}
        shown["set_form"] = forms.ShiftForm(people=people, initial=initial)
    return TemplateResponse(request, "transition/shift.html", {"unit": unit, **shown})


def shift_for(request: AgencyRequest, pk: int, right: str = "transition.talk") -> tuple[Shift, str]:
    """A commitment to which this person may do something, and the giver as they may call them; 404 where they may not
    know whose it is.
    """
    found = shift_seen(request.seat, pk, right)
    open_for(request.seat, found.wave.plan.unit_id, right)
    giver = givers_of(request.seat, [found.commitment_id]).get(found.commitment_id)
    if giver is None:
        raise Http404
    return found, giver.name


@member(can="transition.talk")
@require_http_methods(["GET", "HEAD", "POST"])
def shift_act(request: AgencyRequest, pk: int, act: str) -> HttpResponse:
    """Note what happened."""
    if act not in ACTS:
        raise Http404
    seat, (found, giver), asked = request.seat, shift_for(request, pk), ACTS[act]
    now = last_of(found.commitment)
    form = asked.form(request.POST or None, plan=found.wave.plan, commitment=now)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            asked.operation(agency=seat.agency, actor=request.user, shift=found, **form.arguments())
        if not form.errors:
            toast(request, _("Noted."))
            return redirect("shift", seat.agency.slug, pk)
    context = {"form": form, "shift": found, "giver": giver, "act": asked}
    return TemplateResponse(request, "transition/act.html", context, status=422 if form.errors else 200)


@member(can="transition.talk")
@require_http_methods(["GET", "HEAD", "POST"])
def shift_take_back(request: AgencyRequest, pk: int, act: int) -> HttpResponse:
    """What stands last was a slip."""
    seat, (found, giver) = request.seat, shift_for(request, pk)
    form, last = forms.SlipForm(request.POST or None), act_seen(found, act)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            operations.take_back_act(agency=seat.agency, actor=request.user, act=last, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Struck out."))
            return redirect("shift", seat.agency.slug, pk)
    context = {"form": form, "shift": found, "giver": giver, "last": last}
    return TemplateResponse(request, "transition/slip.html", context, status=422 if form.errors else 200)


@member(can="transition.talk")
@require_POST
def shift_set(request: AgencyRequest, pk: int) -> HttpResponse:
    """Whether the giver is a key donor, and who talks to them."""
    seat, (found, _giver) = request.seat, shift_for(request, pk)
    unit = unit_with(seat, found.wave.plan.unit_id, "transition.talk")
    form = forms.ShiftForm(request.POST, people=members_to_assign(seat, unit))
    if form.is_valid():
        with shown_on(form):
            operations.set_shift(agency=seat.agency, actor=request.user, shift=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("shift", seat.agency.slug, pk)
    shown = shift_page(seat, found, withheld=False) or {}
    context = {"unit": unit, **shown, "set_form": form, "form": form}
    return TemplateResponse(request, "transition/shift.html", context, status=422)


@member(can="transition.plan")
@require_POST
def shift_remove(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a commitment out of a wave that is planned."""
    found, _giver = shift_for(request, pk, "transition.plan")
    operations.remove_from_wave(agency=request.seat.agency, actor=request.user, shift=found)
    toast(request, _("Taken out of the wave."))
    return redirect("wave", request.seat.agency.slug, found.wave_id)


@member(can="transition.talk")
@require_http_methods(["GET", "HEAD", "POST"])
def transition_talk(request: AgencyRequest, pk: int, line: int) -> HttpResponse:
    """Note that a giver was asked about a gift on the old account."""
    seat, (found, giver) = request.seat, shift_for(request, pk)
    form = forms.TalkForm(request.POST or None, initial={"on": seat.agency.today()})
    given = line_seen(seat, line)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            made = operations.talk_over(
                agency=seat.agency, actor=request.user, shift=found, line=given, **form.cleaned_data
            )
        if not form.errors:
            undo = redirect("transition_talk_back", seat.agency.slug, pk, made.pk).url
            toast(request, _("Noted. The gift stays as it was given."), undo_url=undo)
            return redirect("transition", seat.agency.slug, found.wave.plan.unit_id)
    context = {"form": form, "shift": found, "giver": giver}
    return TemplateResponse(request, "transition/talk.html", context, status=422 if form.errors else 200)


@member(can="transition.talk")
@require_POST
def transition_talk_back(request: AgencyRequest, pk: int, talk: int) -> HttpResponse:
    """It was not talked over."""
    found, _giver = shift_for(request, pk)
    operations.take_back_talk(agency=request.seat.agency, actor=request.user, talk=talk_of(found, talk))
    toast(request, _("The gift is on the list again."))
    return redirect("transition", request.seat.agency.slug, found.wave.plan.unit_id)
