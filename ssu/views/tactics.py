"""A unit's inventory of current tactics: what is kept, adapted and stopped."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.starter import TacticForm
from ssu.models import Tactic
from ssu.pages.tactics import tactic_rows
from ssu.queries.people import members_to_assign
from ssu.queries.tactics import tactics_of
from ssu.unit_tabs import tabs
from ssu.views.reached import unit_at


@member(can="rollout.view")
@require_safe
def tactics(request: AgencyRequest, pk: int) -> HttpResponse:
    """The inventory."""
    return show(request, unit_at(request, pk, "rollout.view"))


def show(request: AgencyRequest, unit: Any, form: TacticForm | None = None) -> HttpResponse:
    """The page; all of it is free text, so it is kept back while the unit is closed to the reader."""
    seat = request.seat
    context: dict[str, Any] = {"unit": unit, "tabs": tabs(seat, unit.pk, "tactics"), "form": form}
    if not unit.is_withheld:
        rows = tactics_of(seat, unit)
        context |= {
            "rows": tactic_rows(seat, rows),
            "undecided": sum(1 for row in rows if not row.decision),
            "may_edit": unit.is_at_work and seat.can("rollout.claim", unit.pk),
            "add_form": form or TacticForm(people=members_to_assign(seat, unit)),
        }
    return TemplateResponse(request, "ssu/tactics.html", context, status=422 if form else 200)


def open_unit(request: AgencyRequest, pk: int) -> Any:
    """A unit in whose inventory this person may write."""
    unit = unit_at(request, pk, "rollout.claim")
    if unit.is_withheld:
        raise Http404
    return unit


def tactic_at(request: AgencyRequest, unit: Any, tactic: int) -> Tactic:
    """A row of the unit's inventory, also one that was taken off."""
    found: Tactic = get_object_or_404(Tactic.objects.filter(unit=unit.pk), pk=tactic)
    return found


@member(can="rollout.claim")
@require_POST
def tactic_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write a row."""
    unit = open_unit(request, pk)
    form = TacticForm(request.POST, people=members_to_assign(request.seat, unit))
    if form.is_valid():
        with shown_on(form):
            operations.add_tactic(agency=request.seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return show(request, unit, form)
    toast(request, _("Added to the inventory."))
    return redirect("tactics", request.seat.agency.slug, pk)


@member(can="rollout.claim")
@require_http_methods(["GET", "HEAD", "POST"])
def tactic_edit(request: AgencyRequest, pk: int, tactic: int) -> HttpResponse:
    """Change a row."""
    unit = open_unit(request, pk)
    row = tactic_at(request, unit, tactic)
    said = {name: getattr(row, name) for name in ("what", "decision", "why", "by_when", "who")}
    people = members_to_assign(request.seat, unit)
    form = TacticForm(request.POST or None, people=people, initial=said)
    if form.is_valid():
        with shown_on(form):
            operations.edit_tactic(agency=request.seat.agency, actor=request.user, tactic=row, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Row saved."))
            return redirect("tactics", request.seat.agency.slug, pk)
    context = {"unit": unit, "form": form, "cancel_url": reverse("tactics", args=[request.seat.agency.slug, pk])}
    return TemplateResponse(request, "ssu/tactic_edit.html", context, status=422 if form.is_bound else 200)


@member(can="rollout.claim")
@require_POST
def tactic_remove(request: AgencyRequest, pk: int, tactic: int) -> HttpResponse:
    """Take a row off the list; the toast puts it back."""
    unit = open_unit(request, pk)
    agency = request.seat.agency
    operations.remove_tactic(agency=agency, actor=request.user, tactic=tactic_at(request, unit, tactic))
    undo = reverse("tactic_restore", args=[agency.slug, pk, tactic])
    toast(request, _("Taken off the inventory."), undo_url=undo)
    return redirect("tactics", agency.slug, pk)


@member(can="rollout.claim")
@require_POST
def tactic_restore(request: AgencyRequest, pk: int, tactic: int) -> HttpResponse:
    """Put a row back."""
    unit = open_unit(request, pk)
    agency = request.seat.agency
    operations.restore_tactic(agency=agency, actor=request.user, tactic=tactic_at(request, unit, tactic))
    toast(request, _("It is on the inventory again."))
    return redirect("tactics", agency.slug, pk)


@member(can="rollout.claim")
@require_POST
def tactics_begin(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write what many teams do, from the starter pack, to be decided."""
    unit = open_unit(request, pk)
    count = operations.begin_inventory(agency=request.seat.agency, actor=request.user, unit=unit)
    said = ngettext("%(count)s row added. Decide on each.", "%(count)s rows added. Decide on each.", count)
    toast(request, said % {"count": count} if count else _("All of it stands on the inventory already."))
    return redirect("tactics", request.seat.agency.slug, pk)
