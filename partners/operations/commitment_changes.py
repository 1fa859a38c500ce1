"""Promises that change: the old one ends, a new one follows it, and both stay. It can be taken back."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import ManyToOneRel, Model

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Designation
from partners.models import Commitment
from partners.operations.commitments import NotPositive, check_near, locked
from partners.operations.gifts import check_open

DAY = timedelta(days=1)


class NothingChanges(Refused):
    """The new promise would be the old one."""

    code = "commitment_same"
    field = "amount"
    message = "Enter another amount, or choose another frequency."


class NotBefore(Refused):
    """A change holds from a day within the old promise."""

    code = "commitment_change_day"
    field = "starts_on"
    message = "Choose a day after the first day of the commitment, and not after its last one."


class EndedAlready(Refused):
    """What has ended is taken up again, not changed."""

    code = "commitment_ended"
    message = "This commitment has ended. Resume it instead."


class RunsStill(Refused):
    """Only what has ended is taken up again."""

    code = "commitment_runs"
    message = "This commitment has not ended. Change it instead."


class NotAfterItsEnd(Refused):
    """A promise is taken up again after it ended."""

    code = "commitment_resume_day"
    field = "starts_on"
    message = "Choose a day after the last day of the commitment."


class NothingToTakeBack(Refused):
    """Only what follows another promise is taken back; a first one is ended."""

    code = "commitment_first"
    message = "This commitment follows no other one. End it instead."


class MovedElsewhere(Refused):
    """What the transition moved is taken back there."""

    code = "commitment_moved"
    message = "This commitment came here from another designation. Take the move back in the transition of the unit."


class InUse(Refused):
    """What something else names stays."""

    code = "commitment_in_use"
    message = "This commitment stands elsewhere, such as in a wave of the transition. Take it out there first."


class EventsRest(Refused):
    """People were told of what happened with it."""

    code = "commitment_has_events"
    message = "Somebody was told of gifts for this commitment already. Change it instead."


@transaction.atomic
def change_commitment(
    *,
    agency: Agency,
    actor: User | None,
    commitment: Commitment,
    amount: Money,
    frequency: str,
    starts_on: date,
    reason: str = "",
) -> Commitment:
    """From a day on the giver promises another amount or frequency: the old promise ends the day before. Raises
    NotPositive, NothingChanges, EndedAlready, NotBefore, FollowedAlready, and DesignationClosed for the day.
    """
    old = locked(commitment)
    if old.ends_on is not None and old.ends_on < agency.today():
        raise EndedAlready
    if (amount.minor, amount.currency, frequency) == (old.amount, old.currency, old.frequency):
        raise NothingChanges
    if starts_on <= old.starts_on or (old.ends_on is not None and starts_on > old.ends_on):
        raise NotBefore
    made = follow(old, amount, frequency, starts_on, old.ends_on)
    old.ends_on, old.ended_reason = starts_on - DAY, reason[:200]
    old.save(update_fields=["ends_on", "ended_reason"])
    changes = {"from": str(starts_on), "frequency": [old.frequency, frequency], "before": old.pk}
    audit.record(actor=actor, verb="change commitment", of=made, changes=changes, reason=reason)
    return made


@transaction.atomic
def resume_commitment(
    *,
    agency: Agency,
    actor: User | None,
    commitment: Commitment,
    amount: Money,
    frequency: str,
    starts_on: date,
    reason: str = "",
) -> Commitment:
    """A promise that has ended is taken up again from a day, the same or another amount. Raises NotPositive, RunsStill,
    NotAfterItsEnd, FollowedAlready, and DesignationClosed for the day.
    """
    old = locked(commitment)
    if old.ends_on is None or old.ends_on >= agency.today():
        raise RunsStill
    if starts_on <= old.ends_on:
        raise NotAfterItsEnd
    made = follow(old, amount, frequency, starts_on, None, resumes=True)
    changes = {"from": str(starts_on), "before": old.pk}
    audit.record(actor=actor, verb="resume commitment", of=made, changes=changes, reason=reason)
    return made


def need_nothing_rests(commitment: Commitment) -> None:
    """Raises InUse when a row of any app names this promise: it cannot go."""
    for key in Commitment._meta.get_fields(include_hidden=True):
        if isinstance(key, ManyToOneRel):
            table: type[Model] = key.related_model
            if table._default_manager.filter(**{key.field.name: commitment}).exists():
                raise InUse


def follow(
    old: Commitment,
    amount: Money,
    frequency: str,
    starts_on: date,
    ends_on: date | None,
    *,
    resumes: bool = False,
    designation: Designation | None = None,
) -> Commitment:
    """The promise that stands in the place of another, to the same designation where none is named. Raises NotPositive,
    TooFarAhead, DesignationClosed.
    """
    if amount.minor <= 0:
        raise NotPositive
    check_near(old.agency, starts_on=starts_on)
    to = designation or old.designation
    check_open([to], starts_on)
    made: Commitment = Commitment.objects.create(
        agency=old.agency,
        giving_unit=old.giving_unit,
        designation=to,
        amount=amount.minor,
        currency=amount.currency,
        frequency=frequency,
        starts_on=starts_on,
        ends_on=ends_on,
        method=old.method,
        follows=old,
        resumes=resumes,
    )
    return made


@transaction.atomic
def take_back_change(*, agency: Agency, actor: User | None, commitment: Commitment) -> Commitment:
    """The promise before stands again as it was; the one that followed it goes. Raises NothingToTakeBack, EventsRest,
    FollowedAlready, MovedElsewhere.
    """
    made = locked(commitment)
    if made.follows_id is None:
        raise NothingToTakeBack
    if made.events.exists():
        raise EventsRest
    need_nothing_rests(made)
    old: Commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=made.follows_id)
    if old.designation_id != made.designation_id:
        raise MovedElsewhere
    if not made.resumes:
        old.ends_on, old.ended_reason = made.ends_on, made.ended_reason
        old.save(update_fields=["ends_on", "ended_reason"])
    audit.record(actor=actor, verb="take back change of commitment", of=old, changes={"gone": made.pk})
    made.delete()
    return old
