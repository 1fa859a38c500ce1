"""Promises to give."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.dates import FAR, years_later
from core.errors import Refused
from core.money import Money
from funds.models import Designation
from partners.models import Commitment, GivingUnit
from partners.operations.erased import refuse_erased
from partners.operations.gifts import check_open


class NotPositive(Refused):
    """A promise is of more than nothing."""

    code = "commitment_not_positive"
    field = "amount"
    message = "Enter an amount above zero."


class EndsBeforeItStarts(Refused):
    """The dates are the wrong way round."""

    code = "commitment_dates"
    field = "ends_on"
    message = "The last day is before the first one. Correct one of them."


class EndsTooEarly(EndsBeforeItStarts):
    """A promise that stands is ended on its first day or later."""

    field = "on"
    message = "The commitment begins later than this day. Choose its first day or a later one."


class TooFarAhead(Refused):
    """A day further ahead than a lifetime of work is a slip of the keyboard."""

    code = "commitment_dates"
    message = f"This day is more than {FAR} years ahead. Look for a slip of the keyboard."

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class EndsNot(Refused):
    """Only an end is taken back."""

    code = "commitment_open_ended"
    message = "This commitment has no last day."


class FollowedAlready(Refused):
    """A promise is changed or taken up again once; further changes are made to what stands in its place."""

    code = "commitment_followed"
    message = "Another commitment stands in the place of this one. Open that one and change it there."


class EqualCommitment(Refused):
    """The same promise twice is mostly one that was typed twice."""

    code = "commitment_equal"
    field = "again"
    message = "The same commitment stands already: giver, designation, amount and rhythm. Is this another one?"


@transaction.atomic
def add_commitment(
    *,
    agency: Agency,
    actor: User | None,
    giving_unit: GivingUnit,
    designation: Designation,
    amount: Money,
    frequency: str,
    starts_on: date,
    ends_on: date | None = None,
    method: str = "",
    again: bool = False,
) -> Commitment:
    """Record a promise. Raises NotPositive, EndsBeforeItStarts, TooFarAhead, DesignationClosed for its first day, and
    EqualCommitment while the same one stands on that day: `again` says that it is another one.
    """
    refuse_erased(giving_unit.partner)
    if amount.minor <= 0:
        raise NotPositive
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
    check_near(agency, starts_on=starts_on, ends_on=ends_on)
    check_open([designation], starts_on)
    said = {"designation": designation, "amount": amount.minor, "currency": amount.currency, "frequency": frequency}
    if not again and stands_already(giving_unit, starts_on, said):
        raise EqualCommitment
    commitment: Commitment = Commitment.objects.create(
        agency=agency,
        giving_unit=giving_unit,
        starts_on=starts_on,
        ends_on=ends_on,
        method=method,
        **said,
    )
    audit.record(actor=actor, verb="add commitment", of=commitment, label=designation.code)
    return commitment


def stands_already(giving_unit: GivingUnit, day: date, said: dict[str, Any]) -> bool:
    """Whether the same promise of this giver stands on a day. Whoever asks at once waits for the giver's row."""
    GivingUnit.objects.select_for_update(no_key=True).filter(pk=giving_unit.pk).exists()
    mine = Commitment.objects.filter(giving_unit=giving_unit, starts_on__lte=day, **said)
    return bool(mine.filter(Q(ends_on=None) | Q(ends_on__gte=day)).exists())


def check_near(agency: Agency, **days: date | None) -> None:
    """Days of a promise, by field, are at most so many years ahead as a file's may be. Raises TooFarAhead."""
    last = years_later(agency.today(), FAR)
    for field, day in days.items():
        if day is not None and day > last:
            raise TooFarAhead(field)


def locked(commitment: Commitment) -> Commitment:
    """The row, held until the transaction ends. Raises FollowedAlready: another promise stands in its place."""
    found: Commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    refuse_erased(found.giving_unit.partner)
    if Commitment.objects.filter(follows=found).exists():
        raise FollowedAlready
    return found


@transaction.atomic
def end_commitment(
    *, agency: Agency, actor: User | None, commitment: Commitment, on: date, reason: str = ""
) -> Commitment:
    """The promise ends after this day. Raises EndsTooEarly, TooFarAhead, FollowedAlready."""
    found = locked(commitment)
    if on < found.starts_on:
        raise EndsTooEarly
    check_near(agency, on=on)
    found.ends_on, found.ended_reason = on, reason[:200]
    found.save(update_fields=["ends_on", "ended_reason"])
    audit.record(actor=actor, verb="end commitment", of=found, changes={"on": str(on)}, reason=reason)
    return found


@transaction.atomic
def reopen_commitment(*, agency: Agency, actor: User | None, commitment: Commitment) -> Commitment:
    """It does not end after all: the same promise goes on, as if it had never been ended. Raises FollowedAlready,
    EndsNot.
    """
    found = locked(commitment)
    if found.ends_on is None:
        raise EndsNot
    changes = {"on": [str(found.ends_on), None]}
    found.ends_on, found.ended_reason = None, ""
    found.save(update_fields=["ends_on", "ended_reason"])
    audit.record(actor=actor, verb="continue commitment", of=found, changes=changes)
    return found
