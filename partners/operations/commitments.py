"""Promises to give."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Designation
from partners.models import Commitment, GivingUnit
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
) -> Commitment:
    """Record a promise. Raises NotPositive, EndsBeforeItStarts, and DesignationClosed for the first day."""
    if amount.minor <= 0:
        raise NotPositive
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
    check_open([designation], starts_on)
    commitment: Commitment = Commitment.objects.create(
        agency=agency,
        giving_unit=giving_unit,
        designation=designation,
        amount=amount.minor,
        currency=amount.currency,
        frequency=frequency,
        starts_on=starts_on,
        ends_on=ends_on,
        method=method,
    )
    audit.record(actor=actor, verb="add commitment", of=commitment, label=designation.code)
    return commitment


@transaction.atomic
def end_commitment(
    *, agency: Agency, actor: User | None, commitment: Commitment, on: date, reason: str = ""
) -> Commitment:
    """The promise ends after this day. Raises EndsBeforeItStarts."""
    if on < commitment.starts_on:
        raise EndsBeforeItStarts
    commitment.ends_on, commitment.ended_reason = on, reason[:200]
    commitment.save(update_fields=["ends_on", "ended_reason"])
    audit.record(actor=actor, verb="end commitment", of=commitment, changes={"on": str(on)}, reason=reason)
    return commitment
