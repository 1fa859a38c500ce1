"""Promises that go to another designation: the old one ends, the new one follows it, and both stay. Gifts that came
before keep their designation for ever; only what is still to come is promised elsewhere.
"""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Designation
from partners.models import Commitment
from partners.operations.commitment_changes import (
    DAY,
    EventsRest,
    NotBefore,
    NothingToTakeBack,
    follow,
    need_nothing_rests,
)
from partners.operations.commitments import locked


class MovesNowhere(Refused):
    """A move leads to another designation."""

    code = "commitment_moves_nowhere"
    field = "designation"
    message = "The commitment is to this designation already. Choose another one."


class MovesWhatEnded(Refused):
    """What is over cannot go elsewhere."""

    code = "commitment_over"
    message = "This commitment has ended before that day, so there is nothing to move. Resume it first."


@transaction.atomic
def move_commitment(
    *,
    agency: Agency,
    actor: User | None,
    commitment: Commitment,
    designation: Designation,
    amount: Money,
    frequency: str,
    starts_on: date,
    reason: str = "",
) -> Commitment:
    """From a day on the giver promises to another designation, the same or another amount: the old promise ends the day
    before, and no gift is touched. Raises MovesNowhere, MovesWhatEnded, NotBefore, NotPositive, FollowedAlready, and
    DesignationClosed for the day.
    """
    old = locked(commitment)
    if old.designation_id == designation.pk:
        raise MovesNowhere
    if old.ends_on is not None and old.ends_on < starts_on:
        raise MovesWhatEnded
    if starts_on <= old.starts_on:
        raise NotBefore
    made = follow(old, amount, frequency, starts_on, old.ends_on, designation=designation)
    old.ends_on, old.ended_reason = starts_on - DAY, reason[:200]
    old.save(update_fields=["ends_on", "ended_reason"])
    changes = {"from": str(starts_on), "designation": [old.designation_id, designation.pk], "before": old.pk}
    audit.record(actor=actor, verb="move commitment", of=made, changes=changes, reason=reason)
    return made


@transaction.atomic
def take_back_move(*, agency: Agency, actor: User | None, commitment: Commitment) -> Commitment:
    """It was never moved: the promise before stands again as it was, the moved one goes. Only while nobody was told of
    gifts for it. Raises NothingToTakeBack, EventsRest, FollowedAlready.
    """
    made = locked(commitment)
    old = Commitment.objects.select_for_update(of=("self",)).filter(pk=made.follows_id).first()
    if old is None or old.designation_id == made.designation_id:
        raise NothingToTakeBack
    if made.events.exists():
        raise EventsRest
    need_nothing_rests(made)
    old.ends_on, old.ended_reason = made.ends_on, made.ended_reason
    old.save(update_fields=["ends_on", "ended_reason"])
    audit.record(actor=actor, verb="take back move of commitment", of=old, changes={"gone": made.pk})
    made.delete()
    found: Commitment = old
    return found
