"""A unit's impact goal: its versions, its readings and their story."""

from decimal import Decimal
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.goals import GoalForm, GoalReturnForm, ReadingForm
from ssu.models import ImpactGoal, Reading
from ssu.pages.goals import goal_facts, reading_chart, reading_rows, version_rows
from ssu.pages.names_left import names_left
from ssu.queries.goals import goal_page, goal_that_counts
from ssu.queries.second_person import is_no_author
from ssu.unit_tabs import tabs
from ssu.views.reached import open_unit_at, unit_at


@member(can="rollout.view")
@require_safe
def goal(request: AgencyRequest, pk: int) -> HttpResponse:
    """The goal that counts, the version that waits beside it, the line of readings, and the other versions."""
    return page(request, unit_at(request, pk, "rollout.view"))


def page(request: AgencyRequest, unit: Any, **sent: Form) -> HttpResponse:
    """The page; everything on it is free text, so it is kept back while the unit is closed to the reader."""
    seat = request.seat
    context: dict[str, Any] = {"unit": unit, "tabs": tabs(seat, unit.pk, "goal")}
    if not unit.is_withheld:
        context |= open_page(request, unit) | sent
    context["form"] = next(iter(sent.values()), None)
    return TemplateResponse(request, "ssu/goal.html", context, status=422 if sent else 200)


def open_page(request: AgencyRequest, unit: Any) -> dict[str, Any]:
    """What the page shows to whom the unit is open."""
    seat, found = request.seat, goal_page(unit)
    current, waits = found.current, found.draft or found.current
    newest = found.newest
    came_back = newest is not None and newest.returned_at is not None
    begun = newest if came_back else waits or newest
    said = {name: plain(getattr(begun, name)) for name in GoalForm.base_fields} if begun else {}
    versions = version_rows(seat, found)
    shown_alone = {each.version for each in (current, found.draft) if each}
    return {
        "goal": current,
        "shown": next((each for each in versions if current and each.number == current.version), None),
        "facts": goal_facts(seat, current) if current else [],
        "draft": found.draft,
        "draft_shown": versions[0] if found.draft else None,
        "draft_facts": goal_facts(seat, found.draft) if found.draft else [],
        "others": [each for each in versions if each.number not in shown_alone],
        "readings": reading_rows(seat, found),
        "chart": reading_chart(seat, found),
        "may_edit": unit.is_at_work and seat.can("goals.edit", unit.pk),
        "may_read": unit.is_at_work and seat.can("rollout.claim", unit.pk),
        "may_approve": unit.is_at_work and may_approve(request, waits),
        "may_drop": unit.is_at_work and may_drop(request, waits),
        "names_left": names_left(seat, unit, said_in(waits)) if waits and waits.approved_at is None else None,
        "came_back": versions[0] if came_back else None,
        "return_form": GoalReturnForm(auto_id="return_%s"),
        "goal_form": GoalForm(auto_id="goal_%s", initial=said),
        "reading_form": ReadingForm(auto_id="reading_%s", initial={"date": seat.agency.today()}),
    }


def said_in(goal: ImpactGoal) -> tuple[str, ...]:
    """The words of a version."""
    return goal.statement, goal.reinforces, goal.indicator, goal.unit_of_measure


def plain(value: Any) -> Any:
    """A number without needless decimals, as a person would type it; anything else as it is."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def may_approve(request: AgencyRequest, current: ImpactGoal | None) -> bool:
    """Whether this person, who wrote none of it and is not married to who did, may agree with the newest version."""
    if current is None or current.approved_at is not None:
        return False
    may = request.seat.can("rollout.confirm", current.unit_id)
    return may and is_no_author(request.user.pk, current)


def may_drop(request: AgencyRequest, current: ImpactGoal | None) -> bool:
    """Whether this person wrote words of the newest version, which waits, and may throw it away."""
    if current is None or current.approved_at is not None:
        return False
    return request.user.pk in current.authors and request.seat.can("goals.edit", current.unit_id)


@member(can="goals.edit")
@require_POST
def goal_write(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write the next version."""
    unit = open_unit_at(request, pk, "goals.edit")
    form = GoalForm(request.POST, auto_id="goal_%s")
    if form.is_valid():
        with shown_on(form):
            operations.add_goal_version(agency=request.seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
    if form.errors:
        return page(request, unit, goal_form=form)
    toast(request, _("Saved as a new version. Somebody else is asked to approve it."))
    return redirect("goal", request.seat.agency.slug, pk)


@member(can="rollout.confirm")
@require_POST
def goal_approve(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Agree with the newest version."""
    unit = open_unit_at(request, pk, "rollout.confirm")
    found = get_object_or_404(ImpactGoal, unit=unit.pk, version=version)
    operations.approve_goal(agency=request.seat.agency, actor=request.user, goal=found)
    toast(request, _("Approved. This is the goal that counts from now on."))
    return redirect(f"{reverse('goal', args=[request.seat.agency.slug, pk])}#goal")


@member(can="rollout.confirm")
@require_POST
def goal_return(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Send the newest version back, with what should change."""
    unit = open_unit_at(request, pk, "rollout.confirm")
    found = get_object_or_404(ImpactGoal, unit=unit.pk, version=version)
    form = GoalReturnForm(request.POST, auto_id="return_%s")
    if form.is_valid():
        with shown_on(form):
            operations.return_goal(agency=request.seat.agency, actor=request.user, goal=found, **form.cleaned_data)
    if form.errors:
        return page(request, unit, return_form=form)
    toast(request, _("Sent back. Whoever wrote it is told what should change."))
    return redirect("goal", request.seat.agency.slug, pk)


@member(can="goals.edit")
@require_POST
def goal_drop(request: AgencyRequest, pk: int, version: int) -> HttpResponse:
    """Throw away what one wrote, before anybody approved it."""
    unit = open_unit_at(request, pk, "goals.edit")
    found = get_object_or_404(ImpactGoal, unit=unit.pk, version=version)
    operations.drop_goal(agency=request.seat.agency, actor=request.user, goal=found)
    toast(request, _("Thrown away. Nobody is asked to approve it any more."))
    return redirect("goal", request.seat.agency.slug, pk)


@member(can="rollout.claim")
@require_POST
def reading_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record a value of the indicator."""
    unit = open_unit_at(request, pk, "rollout.claim")
    current = goal_that_counts(unit.pk)
    if current is None:
        raise Http404
    form = ReadingForm(request.POST, auto_id="reading_%s")
    if form.is_valid():
        with shown_on(form):
            operations.add_reading(agency=request.seat.agency, actor=request.user, goal=current, **form.cleaned_data)
    if form.errors:
        return page(request, unit, reading_form=form)
    toast(request, _("Reading saved."))
    return redirect(f"{reverse('goal', args=[request.seat.agency.slug, pk])}#readings")


@member(can="rollout.claim")
@require_POST
def reading_withdraw(request: AgencyRequest, pk: int, reading: int) -> HttpResponse:
    """Take a wrong reading out of the line."""
    unit = open_unit_at(request, pk, "rollout.claim")
    found = get_object_or_404(Reading.objects.select_related("unit"), unit=unit.pk, pk=reading)
    operations.withdraw_reading(agency=request.seat.agency, actor=request.user, reading=found)
    undo = reverse("reading_restore", args=[request.seat.agency.slug, pk, found.pk])
    toast(
        request,
        _("The reading of %(day)s is withdrawn.") % {"day": day_in_words(request.seat.agency, found.date)},
        undo_url=undo,
    )
    return redirect(f"{reverse('goal', args=[request.seat.agency.slug, pk])}#readings")


@member(can="rollout.claim")
@require_POST
def reading_restore(request: AgencyRequest, pk: int, reading: int) -> HttpResponse:
    """Put a withdrawn reading back into the line."""
    unit = open_unit_at(request, pk, "rollout.claim")
    found = get_object_or_404(Reading.objects.select_related("unit"), unit=unit.pk, pk=reading)
    operations.restore_reading(agency=request.seat.agency, actor=request.user, reading=found)
    toast(request, _("The reading stands again."))
    return redirect(f"{reverse('goal', args=[request.seat.agency.slug, pk])}#readings")
