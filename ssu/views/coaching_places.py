"""One person in one area of a unit: what was done, and excusing the person."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.coached import Person
from ssu.forms.coaching import ExcuseForm
from ssu.forms.dialogue import WithdrawForm
from ssu.models import CoachingExcuse, Worker
from ssu.pages.coaching import cell_words
from ssu.pages.coaching_places import excuse_row, history
from ssu.pages.my_coaching import TONES
from ssu.queries.coaching import coaching_of, confidence_of
from ssu.views.reached import open_unit_at
from ssu.views.sessions import crumbs


@member(can="coaching.view")
@require_safe
def coaching_place(request: AgencyRequest, pk: int, worker: int, area: int) -> HttpResponse:
    """Where a person stands in an area, what led there, and what may be done."""
    return page(request, open_unit_at(request, pk, "coaching.view"), worker, area)


def page(request: AgencyRequest, unit: Any, worker_id: int, area_id: int, **sent: Form) -> HttpResponse:
    """The page, with the form that was sent and did not go through, by its name."""
    seat, here = request.seat, [request.seat.agency.slug, unit.pk]
    coaching = coaching_of([unit.pk], seat)[unit.pk]
    person: Person | None = next((each for each in coaching.people if each.worker_id == worker_id), None)
    area = next((each for each in coaching.areas if each.pk == area_id), None)
    if person is None or area is None:
        raise Http404
    cell = coaching.cell(worker_id, area_id)
    may = seat.can("coaching.record", unit.pk)
    excused = excuse_row(seat, unit, worker_id, area_id)
    fresh = {
        "excuse_form": ExcuseForm(auto_id="excuse_%s", initial={"date": seat.agency.today()}),
        "withdraw_form": WithdrawForm(auto_id="withdraw_%s"),
    }
    context = {
        "unit": unit,
        "crumbs": crumbs(request, unit),
        "person": person,
        "area": area,
        "status": cell_words(seat, cell),
        "tone": TONES[cell.standing],
        "rows": history(seat, unit, worker_id, area_id),
        "excused": excused,
        "sure": confidence_of(seat, [unit.pk]).get((unit.pk, worker_id, area_id)),
        "may_record": may,
        "log_url": f"{reverse('session_log', args=here)}?person={worker_id}&area={area_id}",
        "excuse_url": reverse("excuse_add", args=[*here, worker_id, area_id]),
        **fresh,
        **sent,
        "form": next(iter(sent.values()), None),
    }
    return TemplateResponse(request, "ssu/coaching_place.html", context, status=422 if sent else 200)


@member(can="coaching.record")
@require_POST
def excuse_add(request: AgencyRequest, pk: int, worker: int, area: int) -> HttpResponse:
    """Excuse a person from an area, with the reason."""
    unit, seat = open_unit_at(request, pk, "coaching.record"), request.seat
    coaching = coaching_of([unit.pk], seat)[unit.pk]
    found = next((each for each in coaching.areas if each.pk == area), None)
    if found is None:
        raise Http404
    person = get_object_or_404(Worker, pk=worker)
    form = ExcuseForm(request.POST, auto_id="excuse_%s")
    if form.is_valid():
        with shown_on(form):
            operations.excuse(
                agency=seat.agency, actor=request.user, unit=unit, worker=person, area=found, **form.cleaned_data
            )
    if form.errors:
        return page(request, unit, worker, area, excuse_form=form)
    toast(request, _("Excused."))
    return redirect("coaching_place", seat.agency.slug, pk, worker, area)


@member(can="coaching.record")
@require_POST
def excuse_withdraw(request: AgencyRequest, pk: int, excuse: int) -> HttpResponse:
    """Take an excuse back, with the reason."""
    unit, seat = open_unit_at(request, pk, "coaching.record"), request.seat
    found = get_object_or_404(CoachingExcuse, unit=unit.pk, pk=excuse)
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    if form.is_valid():
        with shown_on(form):
            operations.withdraw_excuse(agency=seat.agency, actor=request.user, excused=found, **form.cleaned_data)
    if form.errors:
        return page(request, unit, found.worker_id, found.area_id, withdraw_form=form)
    toast(request, _("The excuse is withdrawn."))
    return redirect("coaching", seat.agency.slug, pk)
