"""Moving a commitment to the unit, and back."""

from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from partners.operations import move_commitment
from transition.models import Kind, Shift, ShiftAct
from transition.operations.acts import AlreadyOver, turn, write
from transition.queries.chains import last_of
from transition.states import acts_in_order, runs_on, told_on


class BeforeTheNotice(Refused):
    """Nothing moves before the giver was told."""

    code = "shift_before_notice"
    field = "effective_on"
    message = "This is before the giver was told, on {day}. Choose that day or a later one."


HORIZON = timedelta(days=366)


class TooFarAhead(Refused):
    """What moves is to move."""

    code = "shift_far_ahead"
    field = "effective_on"
    message = "This is more than a year ahead. Note the move when it is nearer."


class NotAfterTheMove(Refused):
    """What is rolled back has moved first."""

    code = "shift_before_move"
    field = "effective_on"
    message = "The commitment moved on {day}. Choose a later day, or take the move back as a slip."


@transaction.atomic
def move(
    *,
    agency: Agency,
    actor: User | None,
    shift: Shift,
    on: date,
    effective_on: date,
    amount: Money | None = None,
    frequency: str = "",
    words: str = "",
) -> ShiftAct:
    """From `effective_on` the commitment is to the unit's designation; `on` is the day on which the mandate was
    changed. It counts as moved from the first gift that comes for it. No gift that came before is touched. Raises
    BeforeTheNotice, AlreadyOver, ActAhead, NotNow, NotOpen, and what `move_commitment` raises.
    """
    found = turn(agency, shift, Kind.MOVED, on)
    told = told_on(found.acts.all(), on)
    if told is not None and effective_on < told:
        raise BeforeTheNotice(BeforeTheNotice.message.format(day=day_in_words(agency, told)))
    if effective_on > agency.today() + HORIZON:
        raise TooFarAhead
    promise = last_of(found.commitment)
    if not runs_on(promise, effective_on):
        raise AlreadyOver
    move_commitment(
        agency=agency,
        actor=actor,
        commitment=promise,
        designation=found.wave.plan.designation,
        amount=amount or Money(promise.amount, promise.currency),
        frequency=frequency or promise.frequency,
        starts_on=effective_on,
        reason="Moved to the unit",
    )
    return write(agency, actor, found, Kind.MOVED, on, effective_on=effective_on, words=words)


@transaction.atomic
def roll_back(
    *, agency: Agency, actor: User | None, shift: Shift, on: date, effective_on: date, words: str
) -> ShiftAct:
    """From `effective_on` the commitment is to the worker's account again, as much as it is now; gifts that came for
    the unit stay the unit's. Raises NotAfterTheMove, AlreadyOver, ActAhead, NotNow, NotOpen, and what `move_commitment`
    raises.
    """
    found = turn(agency, shift, Kind.ROLLED_BACK, on)
    moved = acts_in_order(found.acts.all())[-1]
    if moved.effective_on is not None and effective_on <= moved.effective_on:
        raise NotAfterTheMove(NotAfterTheMove.message.format(day=day_in_words(agency, moved.effective_on)))
    promise = last_of(found.commitment)
    if not runs_on(promise, effective_on):
        raise AlreadyOver
    move_commitment(
        agency=agency,
        actor=actor,
        commitment=promise,
        designation=found.commitment.designation,
        amount=Money(promise.amount, promise.currency),
        frequency=promise.frequency,
        starts_on=effective_on,
        reason="Moved back to the worker's account",
    )
    return write(agency, actor, found, Kind.ROLLED_BACK, on, effective_on=effective_on, words=words)
