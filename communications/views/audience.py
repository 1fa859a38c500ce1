"""Who gets a letter and who does not, before it goes out and afterwards, and the message that one partner got."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.models import Agency
from communications import pages
from communications.models import Exclusion, Letter, LetterMessage
from communications.operations import include_partner, leave_partner_out
from communications.queries import readers as before
from communications.queries.audience import named_audience_of
from communications.queries.letters import fates_of, messages_of, named_first, named_only, reasons_of, states_of
from communications.views.letters import found
from core.toasts import toast
from delivery.models import OutgoingMessage
from delivery.outbox import TONES, facts
from delivery.shown import as_sent, without_keys

PAGE = 50
READERS = "none"
"""The filter that shows those whom no reason leaves out."""


@member(can="letters.write")
@require_safe
def letter_audience(request: AgencyRequest, pk: int) -> HttpResponse:
    """Every partner of the unit: who will get the letter, and who not and why. Afterwards the list of what was sent.

    Whom the person may not know by name stands at the end as a partner like any other.
    """
    letter, seat = found(request, pk, "letters.write"), request.seat
    if letter.state not in Letter.EDITABLE:
        return redirect("letter_messages", seat.agency.slug, pk)
    chosen = partners_for(seat.agency, letter, request.GET.get("reason", ""))
    page = Paginator(before.named_first(chosen, seat, letter), PAGE).get_page(request.GET.get("page"))
    verdicts = before.verdicts_on(seat.agency, letter, list(page))
    seen = pages.seen_partners(seat, letter, [each.partner.pk for each in verdicts])
    context = {
        "letter": letter,
        "page": page,
        "rows": pages.judged(verdicts, seat, seen),
        "subject": pages.subject(letter, seat.agency),
        "tabs": audience_tabs(request, before.counts_of(seat.agency, letter)),
        "may_write": seat.can("letters.write", letter.unit_id),
    }
    return TemplateResponse(request, "communications/audience.html", context)


def partners_for(agency: Agency, letter: Letter, reason: str) -> Any:
    """The partners under one tab: everybody, those who get the letter, or those left out for one reason."""
    if not reason:
        return before.would_get(agency, letter)
    return before.readers(agency, letter) if reason == READERS else before.left_out_for(agency, letter, reason)


def audience_tabs(request: AgencyRequest, counted: before.Counts) -> list[pages.Tab]:
    """Everybody, those who get the letter, and those left out by each reason."""
    gets = pages.Count(_("Gets the letter"), counted.readers, f"{request.path}?reason={READERS}")
    counts = [gets, *pages.reason_counts(counted.reasons, request.path)]
    return pages.tabs(request.path, f"reason={request.GET.get('reason', '')}", _("Everybody"), counts)


@member(can="letters.write")
@require_POST
def letter_include(request: AgencyRequest, pk: int, partner_pk: int) -> HttpResponse:
    """Put a partner in, or take that back: where the law leaves it open."""
    letter = found(request, pk, "letters.write")
    partner = get_object_or_404(named_audience_of(request.seat, letter), pk=partner_pk)
    is_back = request.POST.get("leave_out") == "1"
    act = leave_partner_out if is_back else include_partner
    act(agency=request.seat.agency, actor=request.user, letter=letter, partner=partner)
    words = _("%(name)s is left out again.") if is_back else _("%(name)s gets this letter.")
    toast(request, words % {"name": partner.name})
    return redirect("letter_audience", request.seat.agency.slug, pk)


@member(can="letters.write")
@require_safe
def letter_messages(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was sent, by state, or who was left out, by reason."""
    letter, seat = found(request, pk, "letters.write"), request.seat
    state, reason = request.GET.get("state", ""), request.GET.get("reason", "")
    states = [state] if state in OutgoingMessage.State.values else []
    rows = messages_of(letter, states=states, excluded=reason if reason in {*Exclusion.values, "any"} else "")
    page = Paginator(named_first(rows, seat, letter), PAGE).get_page(request.GET.get("page"))
    context = {
        "letter": letter,
        "page": page,
        "rows": pages.sent(list(page), fates_of(list(page)), seat, letter),
        "subject": pages.subject(letter, seat.agency),
        "tabs": message_tabs(request, letter),
        "is_filtered": bool(state or reason),
    }
    return TemplateResponse(request, "communications/messages.html", context)


def message_tabs(request: AgencyRequest, letter: Letter) -> list[pages.Tab]:
    """All messages, those in each state, and those left out by each reason."""
    here, asked = request.path, request.GET
    counts = [*pages.state_counts(states_of(letter), here), *pages.reason_counts(reasons_of(letter), here)]
    query = f"state={asked['state']}" if "state" in asked else f"reason={asked.get('reason', '')}"
    return pages.tabs(here, query, _("All messages"), counts)


@member(can="letters.write")
@require_safe
def letter_message(request: AgencyRequest, pk: int, message_pk: int) -> HttpResponse:
    """One message as its reader got it, without the links that only its reader may use."""
    letter, seat = found(request, pk, "letters.write"), request.seat
    each: LetterMessage = get_object_or_404(named_only(messages_of(letter), seat, letter), pk=message_pk)
    message = get_object_or_404(OutgoingMessage, pk=each.outgoing_id)
    state = OutgoingMessage.State(message.state)
    context = {
        "letter": letter,
        "message": message,
        "status": str(state.label),
        "tone": TONES[state],
        "facts": [*facts(message, seat), pages.ground(each)],
        "partner": each.partner,
        "html": as_sent(message.html),
        "text": without_keys(message.text),
        "back_url": reverse("letter_messages", args=[seat.agency.slug, pk]),
    }
    return TemplateResponse(request, "communications/message.html", context)
