"""Posting a batch: all its gifts or none."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Designation
from partners.goods import GOODS_FIELDS
from partners.models import BatchRow, GiftBatch
from partners.operations.batch_rows import Keyed, check_keyed
from partners.operations.batches import State, held_open
from partners.operations.gift_posting import BY_HAND, NewGift, Part, post_gifts
from partners.operations.gifts import check_deposit, check_takes
from partners.operations.reconciling.entered import match_entered


class NotMatching(Refused):
    """A batch is posted when what was keyed is what was counted."""

    code = "batch_not_matching"
    message = "What was keyed is not what was counted. Look for the gift that is missing, or correct what was counted."


class RowRefused(Refused):
    """What was right when it was keyed may be wrong by now; the sentence names the gift."""

    code = "batch_row_refused"

    def __init__(self, place: int, refusal: Refused) -> None:
        self.place = place
        super().__init__(_("Gift %(place)s: %(why)s") % {"place": place, "why": refusal})


@transaction.atomic
def post_batch(*, agency: Agency, actor: User, batch: GiftBatch, key: str) -> GiftBatch:
    """Post every gift of a batch to the ledger on the day of deposit, once per idempotency `key`; the batch stands from
    then on, and a line of the bank from which it was entered is matched with it. The number of statements does not grow
    with the gifts.

    Raises NotOpen, NotMatching, DepositedLater, MonthClosed, NotThisAccount, RowRefused for what became wrong since it
    was keyed, and what `once` raises.
    """

    def effect() -> dict[str, Any]:
        locked = held_open(batch)
        rows = rows_of(locked)
        if (len(rows), sum(row.amount for row in rows)) != (locked.expected_count, locked.expected_total):
            raise NotMatching
        check_deposit(agency, locked.currency, locked.deposit, locked.deposited_on, "deposited_on")
        gifts = [new_gift(agency, locked, row) for row in rows]
        made = post_gifts(agency=agency, actor=actor, gifts=gifts, source=BY_HAND, deposit=locked.deposit)
        for row, gift in zip(rows, made, strict=True):
            row.gift = gift
        BatchRow.objects.bulk_update(rows, ["gift"])
        locked.state, locked.posted_by, locked.posted_at = State.POSTED, actor, timezone.now()
        locked.save(update_fields=["state", "posted_by", "posted_at"])
        changes = {"gifts": len(rows), "total": str(Money(locked.expected_total, locked.currency).decimal_string())}
        audit.record(actor=actor, verb="post batch", of=locked, label=f"batch {locked.number}", changes=changes)
        match_entered(agency, actor, locked)
        return {"batch": locked.pk}

    answer = once(agency=agency, endpoint="post_batch", key=key, content={"batch": batch.pk}, effect=effect)
    found: GiftBatch = GiftBatch.objects.get(pk=answer["batch"])
    return found


def rows_of(batch: GiftBatch) -> list[BatchRow]:
    """The gifts of a batch with all that is written of them, in the order of keying. Two queries and one more for the
    designations.
    """
    rows = BatchRow.objects.standing().filter(batch=batch).order_by("place")
    return list(rows.select_related("giving_unit", "soft_partner").prefetch_related("parts__designation__agency"))


def keyed_of(batch: GiftBatch, row: BatchRow) -> Keyed:
    """The row as it was keyed. No query for a row of `rows_of`."""
    value = row.fair_market_value
    return Keyed(
        giving_unit=row.giving_unit,
        on=row.date,
        parts=[
            Part(part.designation, Money(part.amount, batch.currency), part.intent)
            for part in sorted(row.parts.all(), key=lambda each: each.place)
        ],
        kind=row.kind,
        method=row.method,
        reference=row.reference,
        tendered=None if row.tendered_amount is None else Money(row.tendered_amount, row.tendered_currency),
        description=row.description,
        in_return=row.in_return,
        intangible=row.intangible,
        fair_market_value=None if value is None else Money(value, batch.currency),
        soft_partner=row.soft_partner.now if row.soft_partner else None,
        soft_kind=row.soft_kind,
        anonymous=row.anonymous,
    )


def new_gift(agency: Agency, batch: GiftBatch, row: BatchRow) -> NewGift:
    """The gift of a row, judged once more. Raises RowRefused. No query."""
    keyed = keyed_of(batch, row)
    try:
        check_keyed(agency, batch, keyed)
        for part in keyed.parts:
            check_takes(designation_of(part), keyed.on)
    except Refused as refusal:
        raise RowRefused(row.place, refusal) from refusal
    same = ("method", "reference", "soft_partner", "soft_kind", "anonymous", *GOODS_FIELDS)
    return NewGift(
        giving_unit=row.giving_unit,
        on=keyed.on,
        parts=keyed.parts,
        external_id=f"{agency.pk}-batch-{batch.number}-{row.place}",
        tendered=keyed.tendered,
        posted_on=batch.deposited_on,
        fields={**{name: getattr(row, name) for name in same}, "batch": batch},
    )


def designation_of(part: Part) -> Designation:
    """The designation of a part: every part of a batch has one."""
    if part.designation is None:
        raise TypeError("a part of a batch has a designation")
    return part.designation
