"""Coaching sessions: planning and logging, the page of one, withdrawing it."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member, reachable
from agencies.days import day_in_words
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.coaching import SessionForm
from ssu.forms.dialogue import WithdrawForm
from ssu.models import CoachingArea, CoachingSession
from ssu.pages.parts import Link
from ssu.pages.sessions import AboutOne, about_one, attendance, earlier_sessions, session_facts
from ssu.queries.coaching import other_coaches, people_to_coach
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at

Kind = CoachingSession.Kind


@member(can="coaching.record")
def session_log(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write a session down or plan one. `?person=` ticks one and shows what is left to them, `?area=` an area, `?plan=`
    all of a plan that was held.
    """
    unit, seat = open_unit_at(request, pk, "coaching.record"), request.seat
    plan = plan_at(request, pk)
    about = one_person(request, unit)
    form = SessionForm(
        request.POST or None,
        initial=begun(request, plan, about),
        standings=about.standings if about else {},
        people=people_to_coach(seat, unit),
        areas=CoachingArea.objects.of_unit(unit.pk),
        coaches=other_coaches(seat, unit),
    )
    if form.is_valid():
        with shown_on(form):
            made = operations.write_session(
                agency=seat.agency, actor=request.user, unit=unit, fulfills=plan, **form.cleaned_data
            )
        if not form.errors:
            undo = reverse("session_undo", args=[seat.agency.slug, pk, made.pk])
            planned = made.kind == Kind.PLANNED
            toast(request, _("Coaching planned.") if planned else _("Coaching logged."), undo_url=undo)
            return redirect(back_to(request, pk))
    return form_page(request, unit, form)


def plan_at(request: AgencyRequest, pk: int) -> Any:
    """The plan in the address that is fulfilled by what is logged, None without one; 404 for one that is gone."""
    number = request.GET.get("plan", "")
    if not number:
        return None
    plans = CoachingSession.objects.seen_by(request.seat).standing().filter(unit=pk, kind=Kind.PLANNED)
    return get_object_or_404(plans, pk=int(number) if number.isdecimal() else 0)


def one_person(request: AgencyRequest, unit: Any) -> AboutOne | None:
    """How far the person in the address is, when there is one of the team."""
    asked = request.GET.getlist("person")
    return about_one(request.seat, unit, int(asked[0])) if len(asked) == 1 and asked[0].isdecimal() else None


def begun(request: AgencyRequest, plan: CoachingSession | None, about: AboutOne | None) -> dict[str, Any]:
    """What the form says before anybody types."""
    today = request.seat.agency.today()
    said: dict[str, Any] = {"kind": Kind.COACHED, "date": today}
    if plan is not None:
        people = sorted(set(plan.records.values_list("worker", flat=True)))
        areas = sorted(set(plan.records.values_list("area", flat=True)))
        return {**said, "people": people, "areas": areas, "date": min(plan.date, today), "note": plan.note}
    ticked: list[Any] = request.GET.getlist("area") or only(about)
    return {**said, "people": request.GET.getlist("person"), "areas": ticked}


def only(about: AboutOne | None) -> list[int]:
    """The one area that is left to a person. Of several none is ticked: nobody is coached by a tap too few."""
    return about.left if about and len(about.left) == 1 else []


def back_to(request: AgencyRequest, pk: int) -> str:
    """Where the person came from, when that is a page of this site; else the unit's coaching page."""
    came = request.GET.get("back", "")
    inside = came.startswith("/") and url_has_allowed_host_and_scheme(came, allowed_hosts=None)
    return came if inside else reverse("coaching", args=[request.seat.agency.slug, pk])


def form_page(request: AgencyRequest, unit: Any, form: SessionForm, *, title: str = "", back: str = "") -> HttpResponse:
    """The page of the form."""
    context = {
        "unit": unit,
        "tabs": tabs(request.seat, unit.pk, "coaching"),
        "crumbs": crumbs(request, unit),
        "title": title or _("Log or plan coaching"),
        "form": form,
        "back": back or back_to(request, unit.pk),
        "button": _("Save session"),
    }
    return TemplateResponse(request, "ssu/unit_form.html", context, status=422 if form.errors else 200)


def crumbs(request: AgencyRequest, unit: Any) -> list[Link]:
    """The way back up."""
    here = [request.seat.agency.slug, unit.pk]
    return [Link(unit.shown_name, reverse("unit", args=here)), Link(_("Coaching"), reverse("coaching", args=here))]


@member(can="coaching.view")
@require_safe
def session(request: AgencyRequest, pk: int, session: int) -> HttpResponse:
    """Who was coached in what, by whom."""
    return page(request, session_at(request, pk, session, "coaching.view"))


@member(can="coaching.record")
@require_POST
def session_withdraw(request: AgencyRequest, pk: int, session: int) -> HttpResponse:
    """Withdraw it with the reason."""
    found = session_at(request, pk, session, "coaching.record")
    form = WithdrawForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.withdraw_session(
                agency=request.seat.agency, actor=request.user, session=found, **form.cleaned_data
            )
    if form.errors:
        return page(request, found, form)
    toast(request, _("The session is withdrawn."))
    return redirect("session", request.seat.agency.slug, pk, found.pk)


@member(can="coaching.record")
@require_POST
def session_undo(request: AgencyRequest, pk: int, session: int) -> HttpResponse:
    """Take back what one wrote oneself, without more words."""
    found = session_at(request, pk, session, "coaching.record")
    operations.undo_session(agency=request.seat.agency, actor=request.user, session=found)
    toast(request, _("Taken back."))
    return redirect("coaching", request.seat.agency.slug, pk)


def session_at(request: AgencyRequest, pk: int, session: int, right: str) -> Any:
    """A session that the person may see; 403 where the right does not reach its unit."""
    found = CoachingSession.objects.seen_by(request.seat).select_related("unit")
    row = get_object_or_404(found, unit=pk, pk=session)
    reachable(request.seat, right, row.unit_id)
    return row


def page(request: AgencyRequest, found: Any, sent: Form | None = None) -> HttpResponse:
    """The page of a session, with the form that was sent and did not go through."""
    seat, unit = request.seat, open_unit_at(request, found.unit_id, "coaching.view")
    stands = CoachingSession.objects.standing().filter(pk=found.pk).exists()
    may = found.withdrawn_at is None and seat.can("coaching.record", unit.pk)
    planned = found.kind == Kind.PLANNED
    log = reverse("session_log", args=[seat.agency.slug, unit.pk])
    newer = CoachingSession.objects.filter(replaces=found).first()
    gone = _("Corrected since") if newer else _("Withdrawn") if found.withdrawn_at else _("Held since")
    label = Kind(found.kind).label if stands else gone
    here = [seat.agency.slug, unit.pk]
    context = {
        "unit": unit,
        "crumbs": crumbs(request, unit),
        "session": found,
        "day": day_in_words(seat.agency, found.date),
        "facts": session_facts(seat, found),
        "people": attendance(seat, found),
        "status": label,
        "tone": "prog" if planned and stands else "done" if stands else "none",
        "newer_url": reverse("session", args=[*here, newer.pk]) if newer else "",
        "versions": earlier_sessions(seat, found),
        "correct_url": reverse("session_correct", args=[*here, found.pk]) if may and stands else "",
        "held_url": f"{log}?plan={found.pk}" if may and planned and stands else "",
        "withdraw_form": sent or (WithdrawForm() if may else None),
        "form": sent,
    }
    return TemplateResponse(request, "ssu/session.html", context, status=422 if sent else 200)
