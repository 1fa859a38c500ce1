"""Correcting a coaching session: the form of the log, filled in as it was written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.coaching import CorrectionForm
from ssu.models import CoachingArea, CoachingSession, Worker
from ssu.queries.coaching import other_coaches, people_to_coach
from ssu.views.reached import open_unit_at
from ssu.views.sessions import form_page, session_at


@member(can="coaching.record")
def session_correct(request: AgencyRequest, pk: int, session: int) -> HttpResponse:
    """Write the session as it really was, with the reason; the version before stays readable."""
    unit, seat = open_unit_at(request, pk, "coaching.record"), request.seat
    found = session_at(request, pk, session, "coaching.record")
    form = correction_form(request, unit, found)
    if form.is_valid():
        given = dict(form.cleaned_data)
        with shown_on(form):
            made = operations.correct_session(agency=seat.agency, actor=request.user, session=found, **given)
        if not form.errors:
            toast(request, _("Corrected. The version before stays readable."))
            return redirect("session", seat.agency.slug, pk, made.pk)
    back = reverse("session", args=[seat.agency.slug, pk, found.pk])
    return form_page(request, unit, form, title=_("Correct the session"), back=back)


def correction_form(request: AgencyRequest, unit: Any, found: CoachingSession) -> CorrectionForm:
    """The form with what was written. Who has left since, an area that was archived since and the coach of then can
    stay.
    """
    seat = request.seat
    people = sorted(set(found.records.values_list("worker", flat=True)))
    areas = sorted(set(found.records.values_list("area", flat=True)))
    is_mine = found.coach.membership_id == seat.membership.pk
    said = {"date": found.date, "note": found.note, "people": people, "areas": areas}
    return CorrectionForm(
        request.POST or None,
        initial={**said, "coach": None if is_mine else found.coach_id},
        people=people_to_coach(seat, unit) | Worker.objects.seen_by(seat).filter(pk__in=people),
        areas=CoachingArea.objects.of_unit(unit.pk) | CoachingArea.objects.filter(pk__in=areas),
        coaches=other_coaches(seat, unit)
        if is_mine
        else other_coaches(seat, unit) | Worker.objects.seen_by(seat).filter(pk=found.coach_id),
    )
