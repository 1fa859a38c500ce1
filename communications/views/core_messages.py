"""A unit's core message: its versions, writing the next, agreeing to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member, reachable
from agencies.days import day_in_words
from communications.forms import CoreMessageForm
from communications.models import CoreMessage
from communications.operations import approve_core_message, write_core_message
from communications.views.letters import unmasked
from core.refusals import shown_on
from core.toasts import toast
from ssu.models import Unit
from ssu.queries import names_of


@member(can="letters.view")
@require_http_methods(["GET", "HEAD", "POST"])
def core_messages(request: AgencyRequest, pk: int) -> HttpResponse:
    """All versions, the newest first, and, for who may write, the next one."""
    seat, unit = request.seat, unit_of(request, pk)
    may_write = seat.can("letters.write", pk)
    if request.method == "POST":
        reachable(seat, "letters.write", pk)
    form = CoreMessageForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            write_core_message(
                agency=seat.agency, actor=request.user, unit=unit, unmasked=unmasked(request), **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("Version saved. Somebody else agrees to it."))
            return redirect("core_messages", seat.agency.slug, pk)
    context = {"unit": unit, "versions": versions(request, unit), "form": form if may_write else None}
    return TemplateResponse(request, "communications/core_messages.html", context, status=422 if form.is_bound else 200)


@member(can="letters.write")
@require_POST
def agree(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Agree to a version that somebody else wrote."""
    unit_of(request, pk)
    reachable(request.seat, "letters.write", pk)
    message = get_object_or_404(CoreMessage.objects.filter(unit=pk), version=version)
    approve_core_message(agency=request.seat.agency, actor=request.user, message=message)
    toast(request, _("Agreed. This is what the unit says from now on."))
    return redirect("core_messages", request.seat.agency.slug, pk)


def unit_of(request: AgencyRequest, pk: int) -> Any:
    """A unit whose letters this person may see, or 404."""
    reached = request.seat.unit_ids("letters.view")
    units = Unit.objects.seen_by(request.seat)
    return get_object_or_404(units if reached is None else units.filter(pk__in=reached), pk=pk)


def versions(request: AgencyRequest, unit: Unit) -> list[dict[str, Any]]:
    """The versions in words."""
    seat = request.seat
    rows = list(CoreMessage.objects.filter(unit=unit).order_by("-version"))
    names = names_of(seat, {user for row in rows for user in (row.author_id, row.approved_by_id)})
    may_agree = seat.can("letters.write", unit.pk)
    return [
        {
            "number": row.version,
            "text": row.text,
            "author": names.get(row.author_id or 0, ""),
            "written": day_in_words(seat.agency, row.written_at),
            "agreed_by": names.get(row.approved_by_id or 0, ""),
            "agreed": day_in_words(seat.agency, row.approved_at) if row.approved_at else "",
            "may_agree": may_agree and row.approved_at is None and row.author_id != seat.user_id,
        }
        for row in rows
    ]
