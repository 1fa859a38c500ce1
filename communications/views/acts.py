"""What is done to a letter from its page."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from agencies.days import moment_in_words, moment_of
from agencies.seen import revision_seen
from communications.forms import TimeForm
from communications.operations import (
    approve_letter,
    cancel_letter,
    schedule_letter,
    send_letter,
    send_proof,
    take_time_back,
)
from communications.queries.audience import named_audience_of
from communications.views.letters import found, show, unmasked
from core.errors import Refused
from core.refusals import shown_on
from core.toasts import toast


@member(can="letters.send")
@require_POST
def letter_approve(request: AgencyRequest, pk: int) -> HttpResponse:
    """The words may go out."""
    letter = found(request, pk, "letters.send")
    return done(request, letter, _("Letter approved."), lambda: approve(request, letter))


def approve(request: AgencyRequest, letter: Any) -> None:
    approve_letter(
        agency=request.seat.agency,
        actor=request.user,
        letter=letter,
        unmasked=unmasked(request),
        revision=revision_seen(request.POST),
    )


@member(can="letters.send")
@require_POST
def letter_send(request: AgencyRequest, pk: int) -> HttpResponse:
    """Begin to send, or go on after an interruption."""
    letter = found(request, pk, "letters.send")
    return done(
        request,
        letter,
        _("The letter is on its way."),
        lambda: send_letter(agency=request.seat.agency, actor=request.user, letter=letter),
    )


@member(can="letters.send")
@require_POST
def letter_time(request: AgencyRequest, pk: int) -> HttpResponse:
    """Let it go out by itself at a moment on the agency's clock."""
    letter, agency = found(request, pk, "letters.send"), request.seat.agency
    form = TimeForm(request.POST)
    if form.is_valid():
        with shown_on(form), transaction.atomic():
            at = moment_of(agency, form.cleaned_data["day"], form.cleaned_data["clock"])
            schedule_letter(agency=agency, actor=request.user, letter=letter, at=at)
    if form.errors:
        return show(request, found(request, pk, "letters.send"), time_form=form)
    toast(request, _("The letter goes out on %(moment)s.") % {"moment": moment_in_words(agency, at)})
    return redirect("letter", agency.slug, pk)


@member(can="letters.send")
@require_POST
def letter_time_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """It waits for somebody to send it again."""
    letter = found(request, pk, "letters.send")
    return done(
        request,
        letter,
        _("The letter waits for you to send it."),
        lambda: take_time_back(agency=request.seat.agency, actor=request.user, letter=letter),
    )


@member(can="letters.write")
@require_POST
def letter_cancel(request: AgencyRequest, pk: int) -> HttpResponse:
    """Give up a draft; stop what is being sent, which needs the right to send."""
    letter = found(request, pk, "letters.write" if is_unsent(request, pk) else "letters.send")
    return done(
        request,
        letter,
        _("The letter was stopped. What had left the house stays sent."),
        lambda: cancel_letter(agency=request.seat.agency, actor=request.user, letter=letter),
    )


def is_unsent(request: AgencyRequest, pk: int) -> bool:
    """Whether the letter is a draft, or approved and not begun."""
    return bool(found(request, pk, "letters.write").state in {"draft", "approved"})


@member(can="letters.write")
@require_POST
def letter_proof(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send the letter, as one partner would get it, to oneself."""
    letter = found(request, pk, "letters.write")
    partner = get_object_or_404(named_audience_of(request.seat, letter), pk=number(request.POST.get("partner", "")))
    words = _("A proof is on its way to %(email)s.") % {"email": request.user.mail_address}
    return done(
        request,
        letter,
        words,
        lambda: send_proof(agency=request.seat.agency, actor=request.user, letter=letter, partner=partner),
    )


def number(text: str) -> int:
    """The number in a form field, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def done(request: AgencyRequest, letter: Any, words: str, act: Callable[[], Any]) -> HttpResponse:
    """Do it and say so, or show the letter again with the reason why not."""
    try:
        with transaction.atomic():
            act()
    except Refused as refusal:
        return show(request, letter, refusal=str(refusal))
    toast(request, words)
    return redirect("letter", request.seat.agency.slug, letter.pk)
