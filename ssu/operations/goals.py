"""Impact goals, a version at a time, and the readings of their indicators."""

from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import ImpactGoal, Reading, Unit
from ssu.operations.archived import need_at_work
from ssu.operations.evidence import reopen_resting_on
from ssu.operations.goal_notices import ask_to_approve, tell_author
from ssu.operations.second_person import need_no_author

GOAL_KIND = "ssu.goal"


class GoalUnchanged(Refused):
    """A version says something new."""

    code = "goal_unchanged"
    message = "Nothing was changed, so there is no new version."


class GoalDayOver(Refused):
    """A goal is ahead."""

    code = "goal_day_over"
    field = "by_when"
    message = "This day is over. Enter the day by which the target is to be reached."


class OwnGoal(Refused):
    """Who wrote a goal does not approve it."""

    code = "own_goal"
    message = "You wrote words of this version, so somebody else approves it."


class GoalSuperseded(Refused):
    """Only the newest version is approved."""

    code = "goal_superseded"
    message = "There is a newer version of this goal, or this one is approved already. Look at the page again."


class GoalOut(Refused):
    """What was sent back or thrown away is written anew."""

    code = "goal_out"
    message = "This version was sent back or thrown away meanwhile. Look at the page again."


class ReadingInFuture(Refused):
    """A reading has happened."""

    code = "reading_in_future"
    field = "date"
    message = "The day of a reading cannot be in the future."


class ReadingThere(Refused):
    """One reading a day."""

    code = "reading_there"
    field = "date"
    message = "There is a reading of this day already. Withdraw that one first if it is wrong."


class TargetIsBaseline(Refused):
    """A goal changes something."""

    code = "target_is_baseline"
    status = 422
    field = "target"
    message = "The target is the same as the baseline, so nothing would change."


class GoalFields(TypedDict, total=False):
    """What a version says; the meaning is on the model."""

    statement: str
    reinforces: str
    indicator: str
    unit_of_measure: str
    baseline: Decimal | None
    target: Decimal | None
    by_when: date | None


@transaction.atomic
def add_goal_version(
    *, agency: Agency, actor: User, unit: Unit, taken_from: ImpactGoal | None = None, **fields: Unpack[GoalFields]
) -> ImpactGoal:
    """Write the next version of a unit's goal. The approved one counts until somebody else has approved this one;
    where none was approved, this one counts at once, and what rested on an earlier one opens again. `taken_from` is
    the goal of another unit whose words these are.

    Raises TargetIsBaseline, GoalDayOver, GoalUnchanged, UnitArchived.
    """
    if fields.get("target") is not None and fields.get("target") == fields.get("baseline"):
        raise TargetIsBaseline
    by_when = fields.get("by_when")
    if by_when and by_when < agency.today():
        raise GoalDayOver
    need_at_work(unit.pk)
    last: ImpactGoal | None = ImpactGoal.objects.filter(unit=unit).order_by("-version").first()
    if last and not last.is_out and all(getattr(last, name) == value for name, value in fields.items()):
        raise GoalUnchanged
    version = last.version + 1 if last else 1
    made = ImpactGoal(unit=unit, version=version, written_by=actor, **fields)
    made.add_writers(made.written_by_id)
    for before in (last, taken_from):
        if before is not None and before.approved_at is None:
            made.add_writers(*before.authors)
    made.save()
    audit.record(actor=actor, verb="write impact goal", of=made, label=f"{unit.public_name}, version {version}")
    if not ImpactGoal.objects.filter(unit=unit, approved_at__isnull=False).exists():
        open_what_rested_on_earlier(agency, actor, made)
    ask_to_approve(agency, actor, made)
    return made


def open_what_rested_on_earlier(agency: Agency, actor: User, goal: ImpactGoal) -> None:
    """A version counts from now on: items that rest on one before it open again."""
    earlier = ImpactGoal.objects.filter(unit=goal.unit_id, version__lt=goal.version).values_list("pk", flat=True)
    reason = f"The impact goal has a new version ({goal.version}). Add it as evidence and claim the item again."
    reopen_resting_on(agency=agency, actor=actor, kind=GOAL_KIND, object_ids=list(earlier), reason=reason)


@transaction.atomic
def approve_goal(*, agency: Agency, actor: User, goal: ImpactGoal) -> ImpactGoal:
    """Agree with the newest version, as somebody other than its authors and their spouses: it counts from now on, and
    what rested on an earlier one opens again. Raises OwnGoal, SpouseActed, GoalSuperseded, GoalOut,
    UnitArchived.
    """
    row = waiting(goal)
    need_no_author(actor, row, own=OwnGoal)
    row.approved_by, row.approved_at = actor, timezone.now()
    row.save(update_fields=["approved_by", "approved_at"])
    audit.record(
        actor=actor, verb="approve impact goal", of=row, label=f"{row.unit.public_name}, version {row.version}"
    )
    open_what_rested_on_earlier(agency, actor, row)
    tell_author(agency, actor, row)
    return row


def waiting(goal: ImpactGoal) -> ImpactGoal:
    """The newest version as it stands now, which waits for approval; held until the transaction ends, with its unit.
    Raises GoalSuperseded, GoalOut, UnitArchived.
    """
    need_at_work(goal.unit_id)
    row: ImpactGoal = ImpactGoal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=goal.pk)
    newer = ImpactGoal.objects.filter(unit=row.unit, version__gt=row.version).exists()
    if newer or row.approved_at is not None:
        raise GoalSuperseded
    if row.is_out:
        raise GoalOut
    return row


@transaction.atomic
def add_reading(
    *, agency: Agency, actor: User, goal: ImpactGoal, date: date, value: Decimal, note: str = "", story: str = ""
) -> Reading:
    """Record the indicator's value on a day, with the story behind it. Raises ReadingInFuture, ReadingThere,
    UnitArchived."""
    if date > agency.today():
        raise ReadingInFuture
    unit = need_at_work(goal.unit_id)
    need_free_day(unit, goal, date)
    made: Reading = Reading.objects.create(
        unit=unit, goal=goal, date=date, value=value, note=note, story=story, added_by=actor
    )
    audit.record(actor=actor, verb="add reading", of=made, label=f"{unit.public_name}, {date}")
    return made


@transaction.atomic
def withdraw_reading(*, agency: Agency, actor: User, reading: Reading) -> None:
    """Take a wrong reading out of the line; its row stays. Withdrawing twice changes nothing. See restore_reading."""
    need_at_work(reading.unit_id)
    changed = Reading.objects.filter(pk=reading.pk, withdrawn_at=None).update(
        withdrawn_by=actor, withdrawn_at=timezone.now()
    )
    if changed:
        audit.record(
            actor=actor, verb="withdraw reading", of=reading, label=f"{reading.unit.public_name}, {reading.date}"
        )


@transaction.atomic
def restore_reading(*, agency: Agency, actor: User, reading: Reading) -> None:
    """Put a withdrawn reading back. One that stands stays. Raises ReadingThere when its day has another meanwhile."""
    unit = need_at_work(reading.unit_id)
    need_free_day(unit, reading.goal, reading.date, but_for=reading)
    changed = (
        Reading.objects.filter(pk=reading.pk).exclude(withdrawn_at=None).update(withdrawn_by=None, withdrawn_at=None)
    )
    if changed:
        audit.record(actor=actor, verb="restore reading", of=reading, label=f"{unit.public_name}, {reading.date}")


def need_free_day(unit: Unit, goal: ImpactGoal, day: date, but_for: Reading | None = None) -> None:
    """Raise ReadingThere when the line of this indicator has a reading of the day, under whichever version."""
    there = Reading.objects.filter(unit=unit, date=day, withdrawn_at=None)
    same = there.filter(goal__indicator=goal.indicator, goal__unit_of_measure=goal.unit_of_measure)
    if same.exclude(pk=but_for.pk if but_for else None).exists():
        raise ReadingThere
