"""The inventory of what a unit does today to find and keep partners."""

from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu import starter
from ssu.models import Tactic, TeamMember, Unit, Worker
from ssu.operations.archived import need_at_work
from ssu.operations.evidence import reopen_resting_on

INVENTORY_KIND = "ssu.inventory"


class TacticThere(Refused):
    """A tactic stands on the list once."""

    code = "tactic_there"
    field = "what"
    message = "This tactic is on the list already. Change that row."


class TacticGone(Refused):
    """Somebody took the row off the list."""

    code = "tactic_gone"
    message = "Somebody has taken this row off the list meanwhile. Look at the page again."


class NotOnTheTeam(Refused):
    """Who does something about it serves in the unit."""

    code = "not_on_the_team"
    field = "who"
    message = "Choose somebody who serves in this unit today."


class ReasonMissing(Refused):
    """What is stopped or adapted is explained to those who loved it."""

    code = "tactic_reason"
    status = 422
    field = "why"
    message = "Say why, so that those who have done this for years can follow."


class TacticFields(TypedDict, total=False):
    """What a row says; the meaning is on the model."""

    what: str
    decision: str
    why: str
    by_when: date | None
    who: Worker | None


@transaction.atomic
def add_tactic(*, agency: Agency, actor: User, unit: Unit, **fields: Unpack[TacticFields]) -> Tactic:
    """Write a row. Raises TacticThere, NotOnTheTeam, ReasonMissing."""
    need_at_work(unit.pk)
    judge(unit, None, fields)
    made: Tactic = Tactic(unit=unit, added_by=actor, **fields)
    decided(made, actor)
    made.save()
    audit.record(actor=actor, verb="add tactic", of=made, label=unit.public_name)
    if not made.decision:
        unsettle(agency, actor, unit)
    return made


@transaction.atomic
def edit_tactic(*, agency: Agency, actor: User, tactic: Tactic, **fields: Unpack[TacticFields]) -> Tactic:
    """Change a row. Raises TacticGone, TacticThere, NotOnTheTeam, ReasonMissing."""
    row = standing(tactic)
    judge(row.unit, row, fields)
    before = row.decision
    for name, value in fields.items():
        setattr(row, name, value)
    if row.decision != before:
        decided(row, actor)
    row.save()
    audit.record(
        actor=actor,
        verb="change tactic",
        of=row,
        label=row.unit.public_name,
        changes={"decision": [before, row.decision]} if row.decision != before else {},
    )
    if not row.decision:
        unsettle(agency, actor, row.unit)
    return row


@transaction.atomic
def remove_tactic(*, agency: Agency, actor: User, tactic: Tactic) -> Tactic:
    """Take a row off the list; it can be put back. Raises TacticGone."""
    row = standing(tactic)
    row.removed_by, row.removed_at = actor, timezone.now()
    row.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="remove tactic", of=row, label=row.unit.public_name)
    if not Tactic.objects.filter(unit=row.unit, removed_at=None).exists():
        unsettle(agency, actor, row.unit)
    return row


@transaction.atomic
def restore_tactic(*, agency: Agency, actor: User, tactic: Tactic) -> Tactic:
    """Put a row back; one that stands stays. Raises TacticThere."""
    need_at_work(tactic.unit_id)
    row: Tactic = Tactic.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tactic.pk)
    if row.removed_at is None:
        return row
    judge(row.unit, row, {"what": row.what})
    row.removed_by = row.removed_at = None
    row.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="restore tactic", of=row, label=row.unit.public_name)
    if not row.decision:
        unsettle(agency, actor, row.unit)
    return row


@transaction.atomic
def begin_inventory(*, agency: Agency, actor: User, unit: Unit) -> int:
    """Write the rows of the starter pack that the list has not, undecided; return how many."""
    need_at_work(unit.pk)
    there = set(Tactic.objects.filter(unit=unit, removed_at=None).values_list("what", flat=True))
    new = [entry.title[:200] for entry in starter.entries(agency, "tactics") if entry.title[:200] not in there]
    Tactic.objects.bulk_create(Tactic(unit=unit, what=what, added_by=actor) for what in dict.fromkeys(new))
    if new:
        audit.record(actor=actor, verb="begin inventory", of=unit, label=unit.public_name)
        unsettle(agency, actor, unit)
    return len(new)


def standing(tactic: Tactic) -> Tactic:
    """The row as it stands now, held until the transaction ends."""
    need_at_work(tactic.unit_id)
    row: Tactic = Tactic.objects.select_for_update(of=("self",)).select_related("unit").get(pk=tactic.pk)
    if row.removed_at is not None:
        raise TacticGone
    return row


def judge(unit: Unit, row: Tactic | None, fields: TacticFields) -> None:
    """Raise what is wrong with the words of a row."""
    others = Tactic.objects.filter(unit=unit, removed_at=None, what=fields.get("what"))
    if others.exclude(pk=row.pk if row else None).exists():
        raise TacticThere
    who = fields.get("who")
    kept = row is not None and who is not None and row.who_id == who.pk
    if who is not None and not kept and not TeamMember.objects.serving().filter(unit=unit, worker=who).exists():
        raise NotOnTheTeam
    if fields.get("decision") in (Tactic.Decision.ADAPT, Tactic.Decision.STOP) and not fields.get("why", "").strip():
        raise ReasonMissing


def decided(row: Tactic, actor: User) -> None:
    """Date the decision of a row, or take the date away with it."""
    row.decided_by, row.decided_at = (actor, timezone.now()) if row.decision else (None, None)


def unsettle(agency: Agency, actor: User, unit: Unit) -> None:
    """What rests on the inventory opens again while something on it is undecided, or nothing is on it."""
    reason = "The inventory of current tactics is not complete any more."
    reopen_resting_on(agency=agency, actor=actor, kind=INVENTORY_KIND, object_ids=[unit.pk], reason=reason)
