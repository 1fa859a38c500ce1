"""Taking lines out of suspense: a person finds out where they belong, and a transfer brings the money there."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Designation, Posting
from funds.operations import Leg, post
from funds.queries import accounts_of, suspense_account
from partners.models import Gift, GiftLine, ReviewItem, SuspenseAssignment
from partners.operations.corrections import ReasonMissing, lock, reverse_transfers
from partners.operations.gift_posting import BY_HAND
from partners.operations.gifts import check_open

UNKNOWN = ReviewItem.Reason.UNKNOWN_DESIGNATION


class NotInSuspense(Refused):
    """A line that has a designation keeps it."""

    code = "not_in_suspense"
    message = "This line has a designation already. Open the gift to see where it stands."


class NotAssigned(Refused):
    """Only what a person assigned goes back into suspense."""

    code = "not_assigned"
    message = "This line was not assigned from suspense, or it was taken back already. Open the gift to see it."


class RefundsRestOnIt(Refused):
    """Money that went back was taken from the designation."""

    code = "refunds_rest_on_it"
    message = "Money was given back from this designation since. Withdraw that refund first."


@transaction.atomic
def assign_line(
    *, agency: Agency, actor: User | None, line: GiftLine, designation: Designation, reason: str, key: str
) -> GiftLine:
    """Transfer a line's money out of suspense to a designation that is open today, and settle its review; refunds of
    the line that are in suspense go along. Once per idempotency `key`.

    Raises ReasonMissing, WithdrawnAlready, NotInSuspense, DesignationClosed.
    """
    if not reason.strip():
        raise ReasonMissing
    content = {"line": line.pk, "designation": designation.pk, "reason": reason}

    def effect() -> dict[str, Any]:
        gift = lock(line.gift)
        check_open([designation], agency.today())
        moved = with_refunds(gift, GiftLine.objects.get(pk=line.pk), None)
        for each in moved:
            move(agency, actor, each, designation, reason)
        settle(agency, actor, moved, f"Assigned to {designation.code}. {reason}")
        changes = {"designation": designation.code, "lines": [each.pk for each in moved]}
        audit.record(
            actor=actor, verb="assign from suspense", of=gift, label=f"gift {gift.pk}", changes=changes, reason=reason
        )
        return {"line": line.pk}

    once(agency=agency, endpoint="assign_line", key=key, content=content, effect=effect)
    found: GiftLine = GiftLine.objects.select_related("designation").get(pk=line.pk)
    return found


def with_refunds(gift: Gift, line: GiftLine, designation: Designation | None) -> list[GiftLine]:
    """The line, which must stand at this designation (None: in suspense), and the refunds of it that stand there."""
    if line.designation_id != (designation.pk if designation else None):
        raise NotInSuspense
    refunds = GiftLine.objects.select_for_update().filter(
        gift__reverses=gift, withdrawn_at=None, designation=designation, designation_key=line.designation_key
    )
    return [line, *refunds.order_by("pk")]


def move(agency: Agency, actor: User | None, line: GiftLine, designation: Designation, reason: str) -> None:
    """The transfer of one line today, its assignment, and the line's designation."""
    amount = Money(line.amount, Gift.objects.get(pk=line.gift_id).currency)
    account_id = accounts_of([designation.pk])[designation.pk]
    legs = [Leg(suspense_account().pk, amount), Leg(account_id, -amount)]
    posting = post(
        agency=agency,
        actor=actor,
        on=agency.today(),
        kind=Posting.Kind.TRANSFER,
        legs=legs,
        source=BY_HAND,
        reason=reason,
    )
    SuspenseAssignment.objects.create(
        agency=agency, line=line, designation=designation, posting=posting, reason=reason[:250], by=actor
    )
    line.designation = designation
    line.save(update_fields=["designation"])


def settle(agency: Agency, actor: User | None, lines: list[GiftLine], outcome: str) -> None:
    """The reviews that asked where these lines belong are answered."""
    waiting = ReviewItem.objects.filter(line__in=[line.pk for line in lines], reason=UNKNOWN, settled_at=None)
    waiting.update(settled_at=timezone.now(), settled_by=actor, outcome=outcome[:250])


@transaction.atomic
def take_back_assignment(*, agency: Agency, actor: User | None, line: GiftLine, reason: str, key: str) -> GiftLine:
    """Reverse the transfer that took a line out of suspense, and those of its refunds; its review waits again. Once per
    idempotency `key`.

    Raises ReasonMissing, WithdrawnAlready, NotAssigned, and RefundsRestOnIt for money given back from the designation.
    """
    if not reason.strip():
        raise ReasonMissing

    def effect() -> dict[str, Any]:
        gift = lock(line.gift)
        row = GiftLine.objects.select_related("designation").get(pk=line.pk)
        if row.designation is None or not SuspenseAssignment.objects.standing().filter(line=row).exists():
            raise NotAssigned
        moved = with_refunds(gift, row, row.designation)
        for each in moved:
            if not reverse_transfers(agency=agency, actor=actor, lines=[each], on=agency.today(), reason=reason):
                raise RefundsRestOnIt
            each.designation = None
            each.save(update_fields=["designation"])
        reviews = ReviewItem.objects.filter(line__in=[each.pk for each in moved], reason=UNKNOWN)
        reviews.update(settled_at=None, settled_by=None, outcome="")
        audit.record(actor=actor, verb="take back assignment", of=gift, label=f"gift {gift.pk}", reason=reason)
        return {"line": line.pk}

    content = {"line": line.pk, "reason": reason}
    once(agency=agency, endpoint="take_back_assignment", key=key, content=content, effect=effect)
    found: GiftLine = GiftLine.objects.get(pk=line.pk)
    return found
