"""Step 4: planning and logging coaching, excusing somebody, the member's own word. Rows are dated, never changed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import (
    CoachingArea,
    CoachingRecord,
    CoachingSession,
    Confidence,
    TeamMember,
    Unit,
    Worker,
)
from ssu.operations.archived import need_at_work
from ssu.operations.coaching_notices import settle_joiners, tell_attendees
from ssu.operations.coaching_people import check_areas, check_people, coach_of
from ssu.operations.evidence import reopen_resting_on
from ssu.operations.withdrawing import withdraw
from ssu.queries.coaching import COACHED_ROLES, coaching_of
from ssu.queries.coaching_evidence import COACHING_KIND, trouble_of

Kind = CoachingSession.Kind


class NobodyChosen(Refused):
    """Somebody attends a session."""

    code = "nobody_chosen"
    status = 422
    field = "people"
    message = "Choose at least one person."


class CoachIsCoached(Refused):
    """Somebody else coaches."""

    code = "coach_is_coached"
    status = 422
    field = "people"
    message = "The coach is among the people who are coached. Choose another coach, or leave that person out."


class NoAreaChosen(Refused):
    """A session is about something."""

    code = "no_area_chosen"
    status = 422
    field = "areas"
    message = "Choose at least one area."


class CoachedAhead(Refused):
    """What was held has happened."""

    code = "coached_ahead"
    status = 422
    field = "date"
    message = "This day is still to come, so nobody was coached on it yet. Save it as planned, or correct the day."


class PlannedBehind(Refused):
    """A plan lies ahead."""

    code = "planned_behind"
    status = 422
    field = "date"
    message = "This day is past, so it cannot be planned. Save it as coached if it was held, or choose a day to come."


class PlanGone(Refused):
    """A plan is fulfilled once, in its own unit."""

    code = "plan_gone"
    message = "This plan was withdrawn or fulfilled already. Log the coaching as a session of its own."


class PlanNotHere(Refused):
    """A plan of another unit is answered like one that does not exist."""

    code = "plan_not_here"
    status = 422
    field = "fulfills"
    message = "There is no such plan in this unit. Log the coaching as a session of its own."


class NotYourSession(Refused):
    """Undo is for who wrote it; others withdraw with a reason."""

    code = "not_your_session"
    message = "Somebody else wrote this session. Withdraw it on its page, with the reason."


class NotYourWord(Refused):
    """Confidence is the member's own word."""

    code = "not_your_word"
    status = 422
    message = "Only people who serve in the unit say this, and only of themselves."


@transaction.atomic
def write_session(
    *,
    agency: Agency,
    actor: User,
    unit: Unit,
    kind: str,
    date: date,
    people: Collection[Worker],
    areas: Collection[CoachingArea],
    coach: Worker | None = None,
    note: str = "",
    fulfills: CoachingSession | None = None,
) -> CoachingSession:
    """Plan a session or write down one that was held, with a record for each person in each area. Without a `coach` it
    is the actor's; a held one may fulfill a plan. See `correcting_sessions.correct_session`.

    Raises NobodyChosen, NoAreaChosen, CoachIsCoached, CoachedAhead, PlannedBehind, PlanGone, and what
    `coaching_people` refuses.
    """
    need_at_work(unit.pk)
    check_day(kind, date, agency.today())
    check_attendance(unit, people, areas, date)
    check_plan(unit, kind, fulfills)
    led_by = coach_of(agency, actor, unit, coach)
    if led_by in people:
        raise CoachIsCoached
    fields = {"kind": kind, "date": date, "coach": led_by, "note": note.strip(), "fulfills": fulfills}
    made = keep_session(agency, actor, unit, people, areas, **fields)
    verb = "plan coaching" if kind == Kind.PLANNED else "log coaching"
    audit.record(actor=actor, verb=verb, of=made, label=label_of(made), changes={"people": len(people)})
    tell_attendees(agency, actor, made, people)
    return made


def keep_session(
    agency: Agency,
    actor: User,
    unit: Unit,
    people: Collection[Worker],
    areas: Collection[CoachingArea],
    **fields: Any,
) -> CoachingSession:
    """Write a session that was judged, with its records; who is through by it needs nobody's coaching any more."""
    made: CoachingSession = CoachingSession.objects.create(
        unit=unit, written_by=actor, written_on=agency.today(), **fields
    )
    CoachingRecord.objects.bulk_create(
        CoachingRecord(session=made, worker=person, area=area) for person in people for area in areas
    )
    settle_joiners(unit.pk, coaching_of([unit.pk])[unit.pk])
    return made


def check_attendance(
    unit: Unit,
    people: Collection[Worker],
    areas: Collection[CoachingArea],
    on: date,
    before: Collection[CoachingArea] = (),
) -> None:
    """Raise NobodyChosen, NoAreaChosen and what `coaching_people` refuses, unless these people may be coached in these
    areas on this day. The areas of the version `before` may have been archived since.
    """
    if not people:
        raise NobodyChosen
    if not areas:
        raise NoAreaChosen
    check_people(unit, people, on)
    check_areas(unit, [area for area in areas if area not in before])


def check_day(kind: str, on: date, today: date) -> None:
    """Raise CoachedAhead or PlannedBehind."""
    if kind == Kind.COACHED and on > today:
        raise CoachedAhead
    if kind == Kind.PLANNED and on < today:
        raise PlannedBehind


def check_plan(unit: Unit, kind: str, fulfills: CoachingSession | None) -> None:
    """Raise PlanGone unless the plan, if any, stands in this unit and is fulfilled by a held session."""
    if fulfills is None:
        return
    plans = CoachingSession.objects.standing().filter(unit=unit, kind=Kind.PLANNED)
    if kind != Kind.COACHED or not plans.filter(pk=fulfills.pk).exists():
        raise PlanGone


@transaction.atomic
def withdraw_session(*, agency: Agency, actor: User, session: CoachingSession, reason: str) -> CoachingSession:
    """Take a wrong session back with the reason; its row stays, its records count no more. Step 4 opens again where
    somebody is left by that.

    Raises WithdrawalReasonMissing, AlreadyWithdrawn.
    """
    need_at_work(session.unit_id)
    rows = CoachingSession.objects.select_for_update(of=("self",)).select_related("unit")
    row: CoachingSession = rows.get(pk=session.pk)
    withdraw(actor, row, reason)
    audit.record(actor=actor, verb="withdraw coaching", of=row, label=label_of(row), reason=row.withdrawn_reason)
    reopen_where_left(agency, actor, row.unit_id)
    return row


@transaction.atomic
def undo_session(*, agency: Agency, actor: User, session: CoachingSession) -> CoachingSession:
    """Take back what one wrote oneself. Raises NotYourSession, AlreadyWithdrawn."""
    if session.written_by_id != actor.pk:
        raise NotYourSession
    return withdraw_session(agency=agency, actor=actor, session=session, reason="Taken back by who wrote it.")


def reopen_where_left(agency: Agency, actor: User, unit_id: int) -> None:
    """Open what rests on the team's coaching again when somebody is left now."""
    trouble = trouble_of(coaching_of([unit_id])[unit_id])
    if trouble:
        reopen_resting_on(agency=agency, actor=actor, kind=COACHING_KIND, object_ids=[unit_id], reason=trouble)


@transaction.atomic
def say_confidence(*, agency: Agency, actor: User, unit: Unit, levels: Mapping[CoachingArea, int]) -> list[Confidence]:
    """Write down how sure the actor feels in areas of a unit where they serve; what was said before and holds is not
    written again. The audit trail tells that something was said, never what. Raises NotYourWord, AreaNotHere.
    """
    need_at_work(unit.pk)
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=COACHED_ROLES, worker__membership__user=actor)
    mine = serving.select_related("worker").first()
    if mine is None:
        raise NotYourWord
    check_areas(unit, levels)
    before = Confidence.objects.filter(unit=unit, worker=mine.worker).order_by("pk").values_list("area_id", "level")
    last = dict(before)
    made: list[Confidence] = Confidence.objects.bulk_create(
        Confidence(unit=unit, worker=mine.worker, area=area, level=level)
        for area, level in levels.items()
        if last.get(area.pk) != level
    )
    if made:
        audit.record(actor=actor, verb="say how sure one feels", of=unit, label=unit.public_name)
    return made


def label_of(session: CoachingSession) -> str:
    """What the audit trail calls a session."""
    return f"{session.unit.public_name}, {session.date}"
