"""Moving money between designations, as the board resolved."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Account, Designation, Posting, Transfer
from funds.operations.posting import Leg, check_day, post
from funds.queries.movable import Movable, held_in, movable

BY_HAND = "hand"


class SameDesignation(Refused):
    """Money moves from one to another."""

    code = "transfer_to_itself"
    field = "destination"
    message = "The money would stay where it is. Choose another designation."


class NothingMoved(Refused):
    """A transfer moves something."""

    code = "transfer_of_nothing"
    field = "amount"
    message = "Enter an amount above zero."


class ResolutionMissing(Refused):
    """The board decides where money goes that givers gave for something else."""

    code = "resolution_missing"
    field = "resolution"
    message = "Name the board's resolution: its number or title."


class ResolvedLater(Refused):
    """First the resolution, then the transfer."""

    code = "resolved_later"
    field = "resolved_on"
    message = "The board resolved after this day. Enter the day of the resolution, and a transfer on or after it."


class DestinationClosed(Refused):
    """Money goes where it can be used."""

    code = "destination_closed"
    field = "destination"
    message = "This designation is not open on that day. Choose one that is."


class MoreThanFree(Refused):
    """What was given with a stated intent stays, and nobody gives what is not there."""

    code = "more_than_free"
    field = "amount"

    def __init__(self, agency: Agency, found: Movable) -> None:
        held, kept, free = (amount.format(agency.locale) for amount in (found.held, found.kept, found.free))
        super().__init__(
            f"The designation holds {held}, of which {kept} was given with a stated intent and stays. Enter at most "
            f"{free}."
        )


@transaction.atomic
def transfer(
    *,
    agency: Agency,
    actor: User | None,
    origin: Designation,
    destination: Designation,
    amount: Money,
    on: date,
    resolution: str,
    resolved_on: date,
    key: str,
    reason: str = "",
) -> Transfer:
    """Post a transfer that the board resolved, effective on a day, once per idempotency `key`.

    What was given with a stated intent is left out, and the origin never goes below zero; where the destination has a
    deficit, the origin is what pays for it, and the transfer says how much. Raises SameDesignation, NothingMoved,
    ResolutionMissing, ResolvedLater, DestinationClosed, MoreThanFree, NotYet, MonthClosed.
    """
    check(agency, origin, destination, amount, on, resolution, resolved_on)
    content = [origin.pk, destination.pk, amount.minor, amount.currency, on, resolution, resolved_on, reason]

    def effect() -> dict[str, Any]:
        accounts = lock_accounts(origin, destination)
        if not Designation.objects.open_on(on).filter(pk=destination.pk).exists():
            raise DestinationClosed
        found = movable(origin, amount.currency, on)
        if found.free < amount:
            raise MoreThanFree(agency, found)
        deficit = max(0, -held_in(destination, amount.currency).minor)
        posting = post(
            agency=agency,
            actor=actor,
            on=on,
            kind=Posting.Kind.TRANSFER,
            legs=[Leg(accounts[origin.pk], amount), Leg(accounts[destination.pk], -amount)],
            source=BY_HAND,
            reason=reason,
        )
        made = Transfer.objects.create(
            agency=agency,
            posting=posting,
            origin=origin,
            destination=destination,
            amount=amount.minor,
            currency=amount.currency,
            resolution=resolution.strip()[:120],
            resolved_on=resolved_on,
            left_out=found.kept.minor,
            covers=min(deficit, amount.minor),
        )
        label = f"{origin.code} to {destination.code}"
        audit.record(actor=actor, verb="transfer", of=posting, label=label, reason=resolution)
        return {"transfer": made.pk}

    answer = once(agency=agency, endpoint="transfer", key=key, content=content, effect=effect)
    found: Transfer = Transfer.objects.select_related("posting").get(pk=answer["transfer"])
    return found


def check(
    agency: Agency,
    origin: Designation,
    destination: Designation,
    amount: Money,
    on: date,
    resolution: str,
    resolved_on: date,
) -> None:
    """The rules that need no look at the ledger."""
    if origin.pk == destination.pk:
        raise SameDesignation
    if amount.minor <= 0:
        raise NothingMoved
    if not resolution.strip():
        raise ResolutionMissing
    if resolved_on > on:
        raise ResolvedLater
    check_day(agency, on)


def lock_accounts(*designations: Designation) -> dict[int, int]:
    """The accounts of these designations, locked in the order of their numbers: who moves money waits."""
    rows = Account.objects.select_for_update().filter(designation__in=[each.pk for each in designations])
    return {row.designation_id: row.pk for row in rows.order_by("pk")}
