"""Making a unit or a person less guarded: one asks, another agrees (T6). Making them more guarded is an ordinary edit
and works at once.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import Lowering, PersonLowering, Unit, Worker
from ssu.models.discretion import RANK
from ssu.operations.second_person import need_another_person
from ssu.operations.team import public_name

VERBS = {True: "lower the discretion level", False: "decline a lower discretion level"}


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


def answer(asked: Lowering | PersonLowering, actor: User, agree: bool) -> None:
    """Write the answer on a question that is locked. Raises OwnLowering, SpouseActed, AnsweredAlready."""
    if asked.answered_at is not None:
        raise AnsweredAlready
    if agree:
        need_another_person(actor, asked.asked_by_id, own=OwnLowering)
    asked.answered_by, asked.answered_at, asked.agreed = actor, timezone.now(), agree
    asked.save(update_fields=["answered_by", "answered_at", "agreed"])


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
    """Agree or decline. Whoever asked, or their spouse, may decline and never agree. Raises OwnLowering, SpouseActed,
    AnsweredAlready.
    """
    unit: Unit = Unit.objects.select_for_update().get(pk=lowering.unit_id)  # first, like who makes it stricter
    row: Lowering = Lowering.objects.select_for_update().get(pk=lowering.pk)
    answer(row, actor, agree)
    before = unit.public_name
    if agree and RANK[row.level] < RANK[unit.discretion]:
        unit.discretion = row.level
        unit.save(update_fields=["discretion"])
    audit.record(actor=actor, verb=VERBS[agree], of=unit, label=before, changes={"level": row.level})
    return unit


@transaction.atomic
def ask_person_lowering(*, agency: Agency, actor: User, worker: Worker, level: str, reason: str) -> PersonLowering:
    """Ask for a less strict level of a person's own, saying why. What the units ever served in ask for stays above it.

    Raises NotLower, AskedAlready.
    """
    row: Worker = Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    if RANK[level] >= RANK[row.discretion]:
        raise NotLower
    if PersonLowering.objects.filter(worker=row, answered_at=None).exists():
        raise AskedAlready
    asked: PersonLowering = PersonLowering.objects.create(worker=row, level=level, reason=reason, asked_by=actor)
    audit.record(actor=actor, verb="ask for a lower discretion level", of=row, label=public_name(row))
    return asked


@transaction.atomic
def answer_person_lowering(*, agency: Agency, actor: User, lowering: PersonLowering, agree: bool) -> Worker:
    """Agree or decline. Whoever asked, or their spouse, may decline and never agree. Raises OwnLowering, SpouseActed,
    AnsweredAlready.
    """
    worker: Worker = Worker.objects.select_for_update(of=("self",)).get(pk=lowering.worker_id)
    row: PersonLowering = PersonLowering.objects.select_for_update().get(pk=lowering.pk)
    answer(row, actor, agree)
    before = public_name(worker)
    if agree and RANK[row.level] < RANK[worker.discretion]:
        worker.discretion = row.level
        worker.save(update_fields=["discretion"])
    audit.record(actor=actor, verb=VERBS[agree], of=worker, label=before, changes={"level": row.level})
    return worker
