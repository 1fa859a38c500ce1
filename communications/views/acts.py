"""What is done to a letter from its page."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from agencies.seen import revision_seen
from communications.operations import approve_letter, cancel_letter, send_letter, send_proof
from communications.queries.audience import named_audience_of
from communications.views.letters import found, show, unmasked
from core.errors import Refused
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
