"""Making a unit less guarded: one asks, another agrees (T6). Making it more guarded is an ordinary edit and works at
once.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Lowering, Unit
from ssu.models.discretion import RANK


class NotLower(Refused):
    """Only a less strict level is asked for."""

    code = "not_lower"
    field = "level"
    message = (
        "Choose a level that is less strict than the present one. A stricter one is set on the edit page, at once."
    )


class AskedAlready(Refused):
    """One question at a time."""

    code = "asked_already"
    message = "Somebody asked for a lower level already, and it waits for an answer."


class OwnLowering(Refused):
    """Who asks does not agree."""

    code = "own_lowering"
    message = "You asked for this, so somebody else answers: another administrator."


class AnsweredAlready(Refused):
    """A question is answered once."""

    code = "answered_already"
    message = "This was answered already."


@transaction.atomic
def ask_lowering(*, agency: Agency, actor: User, unit: Unit, level: str, reason: str) -> Lowering:
    """Ask for a less strict level, saying why. Raises NotLower, AskedAlready."""
    row: Unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if RANK[level] >= RANK[row.discretion]:
        raise NotLower
    if Lowering.objects.filter(unit=row, answered_at=None).exists():
        raise AskedAlready
    asked: Lowering = Lowering.objects.create(unit=row, level=level, reason=reason, asked_by=actor)
    audit.record(actor=actor, verb="ask for a lower discretion level", of=row, label=row.public_name)
    return asked


@transaction.atomic
def answer_lowering(*, agency: Agency, actor: User, lowering: Lowering, agree: bool) -> Unit:
    """Agree or decline. Whoever asked may withdraw, which is declining, and never agree. Raises OwnLowering,
    AnsweredAlready.
    """
    row: Lowering = Lowering.objects.select_for_update().get(pk=lowering.pk)
    if row.answered_at is not None:
        raise AnsweredAlready
    if agree and row.asked_by_id == actor.pk:
        raise OwnLowering
    row.answered_by, row.answered_at, row.agreed = actor, timezone.now(), agree
    row.save()
    unit: Unit = Unit.objects.select_for_update().get(pk=row.unit_id)
    before = unit.public_name
    if agree and RANK[row.level] < RANK[unit.discretion]:
        unit.discretion = row.level
        unit.save(update_fields=["discretion"])
    verb = "lower the discretion level" if agree else "decline a lower discretion level"
    audit.record(actor=actor, verb=verb, of=unit, label=before, changes={"level": row.level})
    return unit
