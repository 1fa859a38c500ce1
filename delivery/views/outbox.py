"""What was sent, what waits, and what a person must decide about."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.toasts import toast
from delivery.forms import DecisionForm
from delivery.models import OutgoingMessage
from delivery.operations import leave, send_again
from delivery.outbox import GROUPS, TONES, facts, row, tabs
from delivery.queries import counts_by_state, sent_to, undecided
from delivery.shown import as_sent, without_keys

PAGE = 50
WAITING_FOR_DECISION = 20


@member(can="outbox.view")
@require_safe
def outbox(request: AgencyRequest) -> HttpResponse:
    """Messages by state and address; those that wait for a decision stand first."""
    group = request.GET.get("group", "")
    states = GROUPS[group][1] if group in GROUPS else ()
    address = request.GET.get("to", "").strip().lower()[:320]
    counts = counts_by_state()
    paginator = Paginator(sent_to(address, states), PAGE)
    if not address:  # counted already
        paginator.count = sum(counts[state] for state in states or counts)
    page = paginator.get_page(request.GET.get("page"))
    is_start = not group and not address and page.number == 1
    context = {
        "page": page,
        "rows": rows(request, page),
        "undecided": rows(request, undecided()[:WAITING_FOR_DECISION]) if is_start else [],
        "tabs": tabs(counts, group),
        "group": group,
        "address": address,
    }
    return TemplateResponse(request, "delivery/outbox.html", context)


def rows(request: AgencyRequest, messages: Any) -> list[Any]:
    """The rows of a table; the address of the page is worked out once."""
    here = reverse("outbox", args=[request.seat.agency.slug])
    return [row(message, request.seat.agency, url=f"{here}{message.pk}/") for message in messages]


@member(can="outbox.view")
@require_safe
def outbox_message(request: AgencyRequest, pk: int) -> HttpResponse:
    """One message as its reader gets it; of a notice not the words, which are for its reader alone."""
    return show(request, found(pk), DecisionForm())


@member(can="letters.send")
@require_POST
def outbox_decide(request: AgencyRequest, pk: int) -> HttpResponse:
    """Send an unknown message again, or leave it."""
    message, form = found(pk), DecisionForm(request.POST)
    if not form.is_valid():
        return show(request, message, form, status=422)
    decide = send_again if form.cleaned_data["decision"] == "send_again" else leave
    decide(agency=request.seat.agency, actor=request.user, message=message, reason=form.cleaned_data["reason"])
    toast(request, _("Decision saved."))
    return redirect("outbox", request.seat.agency.slug)


def found(pk: int) -> OutgoingMessage:
    """A message of the agency in scope, or 404."""
    message: OutgoingMessage = get_object_or_404(OutgoingMessage.objects.select_related("settled_by"), pk=pk)
    return message


def words(message: OutgoingMessage) -> dict[str, str]:
    """The words of a message for somebody who is not its reader. None of a notice: it calls units as they were called
    that day, and one may have become closed since (trust rule T6).
    """
    if message.purpose == OutgoingMessage.Purpose.NOTICE:
        return {}
    return {"text": without_keys(message.text), "html": as_sent(message.html)}


def show(request: AgencyRequest, message: OutgoingMessage, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    """The page of a message."""
    state = OutgoingMessage.State(message.state)
    is_open = state == OutgoingMessage.State.UNKNOWN and message.settled_at is None
    context = {
        "message": message,
        "title": message.subject or _("(no subject)"),
        "status": str(state.label),
        "tone": TONES[state],
        "facts": facts(message, request.seat),
        "words": words(message),
        "form": form if is_open and request.seat.can("letters.send") else None,
        "is_open": is_open,
    }
    return TemplateResponse(request, "delivery/outbox_message.html", context, status=status)
