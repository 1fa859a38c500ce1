"""Making, changing and archiving units."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.masking import changes_between
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Discretion, Lowering, Strategy, Unit
from ssu.models.discretion import RANK
from ssu.operations.coaching_areas import begin_areas
from ssu.operations.rollout import start_rollout
from ssu.telling import tells


class UnitCodeTaken(Refused):
    """Codes tell units apart in files."""

    code = "code_taken"
    field = "code"
    message = "Another unit has this code. Choose another one."


class AliasMissing(Refused):
    """A closed unit is known by its alias."""

    code = "alias_missing"
    field = "alias"
    message = (
        "A closed unit needs an alias: it is all that others see. Choose a word that tells neither people nor place."
    )


class AliasTells(Refused):
    """An alias that holds the true name or place, or a part of it, hides nothing."""

    code = "alias_tells"
    field = "alias"
    message = "The alias tells the true name or place, or a part of it. Choose words that tell neither."


class RegionTells(Refused):
    """The region stands in the place of the place."""

    code = "region_tells"
    field = "region"
    message = "Everybody sees the region in place of the place, and this tells what is kept. Choose a wider region."


class CodeTells(Refused):
    """Everybody sees the code, also of a closed unit."""

    code = "code_tells"
    field = "code"
    message = "Everybody sees the code, and this one tells the true name or place. Choose another one."


class LoweringNeedsTwo(Refused):
    """One person alone never makes a unit less guarded."""

    code = "lowering_needs_two"
    field = "discretion"
    message = (
        "A less strict level needs two people: ask under “Make it less guarded” in the unit’s settings, and another "
        "administrator agrees."
    )


class UnitFields(TypedDict, total=False):
    """What can be said about a unit; the meaning is on the model."""

    strategy: Strategy
    code: str
    name: str
    kind: str
    discretion: str
    alias: str
    place: str
    region: str
    shift_date: date | None


SENSITIVE = ("name", "place")


@transaction.atomic
def add_unit(*, agency: Agency, actor: User | None, **fields: Unpack[UnitFields]) -> Unit:
    """A new unit with its eleven open action items; with the first one of an agency its coaching areas begin.

    Raises UnitCodeTaken, AliasMissing, AliasTells, RegionTells, CodeTells.
    """
    unit = Unit(agency=agency, **fields)
    check(unit)
    unit.save()
    start_rollout(unit)
    begin_areas(actor, agency)
    audit.record(actor=actor, verb="add unit", of=unit, label=unit.public_name)
    return unit


@transaction.atomic
def edit_unit(*, agency: Agency, actor: User | None, unit: Unit, **fields: Unpack[UnitFields]) -> Unit:
    """Change a unit; nothing is written when nothing changed. A stricter level takes effect at once, and declines
    what was asked for before; it is refused while alias, region or code tell what it would keep.

    Raises UnitCodeTaken, AliasMissing, AliasTells, RegionTells, CodeTells, LoweringNeedsTwo.
    """
    row: Unit = Unit.objects.select_for_update().get(pk=unit.pk)
    before = as_said(row, fields)
    was = row.discretion
    for name, value in fields.items():
        setattr(row, name, value)
    if RANK[row.discretion] < RANK[was]:
        raise LoweringNeedsTwo
    check(row)
    changes = changes_between(before, as_said(row, fields))
    if changes:
        row.save()
        if RANK[row.discretion] > RANK[was]:
            waiting = Lowering.objects.filter(unit=row, answered_at=None)
            waiting.update(answered_by=actor, answered_at=timezone.now(), agreed=False)
        guarded = row.discretion != Discretion.OPEN
        audit.record(
            actor=actor, verb="edit unit", of=row, label=row.public_name, changes=without_names(changes, guarded)
        )
    return row


def check(unit: Unit) -> None:
    """Raise the refusal that the unit as it would be saved deserves."""
    if Unit.objects.filter(code=unit.code).exclude(pk=unit.pk).exists():
        raise UnitCodeTaken
    if unit.discretion == Discretion.CLOSED and not unit.alias.strip():
        raise AliasMissing
    if unit.discretion != Discretion.OPEN:
        check_telling(unit)


def check_telling(unit: Unit) -> None:
    """Raise the refusal of what everybody reads of a guarded unit and tells what is kept: of a careful one the place,
    outside of the agency also the name; of a closed one both.
    """
    kept = (unit.name, unit.place) if unit.discretion == Discretion.CLOSED else (unit.place,)
    if tells(unit.alias, unit.name, unit.place):
        raise AliasTells
    if tells(unit.region, *kept):
        raise RegionTells
    if tells(unit.code, *kept):
        raise CodeTells


def as_said(unit: Unit, fields: UnitFields) -> dict[str, Any]:
    """The present values of these fields, as the audit trail writes them."""
    return {name: str(getattr(unit, name) or "") for name in fields}


def without_names(changes: dict[str, list[Any]], guarded: bool) -> dict[str, list[Any]]:
    """For careful and closed units only that name or place changed, not from what to what."""
    return {name: ["…", "…"] if guarded and name in SENSITIVE else pair for name, pair in changes.items()}


@transaction.atomic
def set_archived(*, agency: Agency, actor: User, unit: Unit, archived: bool, reason: str = "") -> Unit:
    """Put a unit away, or take it up again. Nothing of it is lost; it only leaves lists and matrix."""
    row: Unit = Unit.objects.select_for_update().get(pk=unit.pk)
    status = Unit.Status.ARCHIVED if archived else Unit.Status.ACTIVE
    if row.status != status:
        row.status = status
        row.save(update_fields=["status"])
        verb = "archive unit" if archived else "take up unit again"
        audit.record(actor=actor, verb=verb, of=row, label=row.public_name, reason=reason)
    return row
