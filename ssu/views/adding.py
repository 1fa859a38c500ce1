"""From + Add to the form of a unit: at once where there is one, else by choosing the unit."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from ssu.models import Unit
from ssu.pages.parts import Link


@member(can="coaching.record")
@require_safe
def add_coaching(request: AgencyRequest) -> HttpResponse:
    """A coaching session."""
    return in_a_unit(request, "coaching.record", "session_log", _("Log or plan coaching"))


@member(can="dialogue.record")
@require_safe
def add_conversation(request: AgencyRequest) -> HttpResponse:
    """A conversation with a leader."""
    return in_a_unit(request, "dialogue.record", "conversation_add", _("Write down a conversation"))


@member(can="rollout.claim")
@require_safe
def add_reading(request: AgencyRequest) -> HttpResponse:
    """A reading of the impact goal."""
    return in_a_unit(request, "rollout.claim", "goal", _("Add a reading"), at="#readings")


def in_a_unit(request: AgencyRequest, right: str, page: str, title: str, *, at: str = "") -> HttpResponse:
    """The form of the only active unit in which this person may do it, else the units to choose from. One query."""
    seat = request.seat
    units = list(Unit.objects.seen_by(seat).active().filter(pk__in=Unit.objects.open_to(seat, right)))
    links = [Link(unit.shown_name, reverse(page, args=[seat.agency.slug, unit.pk]) + at) for unit in units]
    if len(links) == 1:
        return redirect(links[0].url)
    return TemplateResponse(request, "ssu/add_in_unit.html", {"title": title, "units": links})
