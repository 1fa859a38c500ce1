"""Correcting a coaching session: a new version takes the place of the one that was wrong, which stays readable."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import CoachingArea, CoachingRecord, CoachingSession, Worker
from ssu.operations.archived import need_at_work
from ssu.operations.coaching import (
    CoachIsCoached,
    check_attendance,
    check_day,
    keep_session,
    label_of,
    reopen_where_left,
)
from ssu.operations.coaching_notices import tell_attendees
from ssu.operations.coaching_people import coach_of
from ssu.operations.withdrawing import withdraw


class PlanHeld(Refused):
    """A plan is corrected while it waits."""

    code = "plan_held"
    message = "This plan was held since. Correct the session that was held."


@transaction.atomic
def correct_session(
    *,
    agency: Agency,
    actor: User,
    session: CoachingSession,
    reason: str,
    date: date,
    people: Collection[Worker],
    areas: Collection[CoachingArea],
    coach: Worker | None = None,
    note: str = "",
) -> CoachingSession:
    """Write a session as it was and withdraw the version before, with the reason. A held one stays a held one that
    fulfills the same plan, a plan stays a plan. Step 4 opens again where somebody is left by that.

    Raises WithdrawalReasonMissing, AlreadyWithdrawn, PlanHeld, NobodyChosen, NoAreaChosen, CoachIsCoached,
    CoachedAhead, PlannedBehind, and what `coaching_people` refuses.
    """
    need_at_work(session.unit_id)
    rows = CoachingSession.objects.select_for_update(of=("self",)).select_related("unit", "coach", "fulfills")
    row: CoachingSession = rows.get(pk=session.pk)
    if CoachingSession.objects.filter(fulfills=row, withdrawn_at=None).exists():
        raise PlanHeld
    withdraw(actor, row, reason)
    check_day(row.kind, date, agency.today())
    before = CoachingArea.objects.filter(pk__in=CoachingRecord.objects.filter(session=row).values("area"))
    check_attendance(row.unit, people, areas, date, before=list(before))
    led_by = row.coach if coach == row.coach else coach_of(agency, actor, row.unit, coach)
    if led_by in people:
        raise CoachIsCoached
    fields = {"kind": row.kind, "date": date, "coach": led_by, "note": note.strip(), "fulfills": row.fulfills}
    made = keep_session(agency, actor, row.unit, people, areas, replaces=row, **fields)
    audit.record(actor=actor, verb="correct coaching", of=made, label=label_of(made), reason=row.withdrawn_reason)
    told = set(CoachingRecord.objects.filter(session=row).values_list("worker", flat=True))
    tell_attendees(agency, actor, made, [person for person in people if person.pk not in told])
    reopen_where_left(agency, actor, row.unit_id)
    return made
