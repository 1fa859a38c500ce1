"""Keying gifts into an open batch. Nothing here stands in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.idempotency import LONGEST_KEY, KeyMissing, KeyTooLong
from agencies.models import Agency
from agencies.operations.drafts import save_draft
from core.errors import Refused
from core.money import Money
from partners.goods import Goods, check_goods
from partners.models import BatchPart, BatchRow, Gift, GiftBatch, GivingUnit, Partner
from partners.operations.batches import held_open
from partners.operations.gift_posting import Part
from partners.operations.gifts import check_head, check_open, check_parts
from partners.operations.partners import unidentified_giver

MOST_ROWS = 2000
SOFT_KINDS = ("advised_by", "matching")
"""As files bring them: a donor-advised fund gave on this person's advice, or an employer matched this person's gift."""


class OtherCurrency(Refused):
    """A batch is one deposit, in one currency."""

    code = "batch_other_currency"
    field = "amount"
    message = (
        "Every gift of this batch is booked in its currency. Enter what the bank booked, and what was given beside."
    )


class SoftCreditUnclear(Refused):
    """A soft credit names somebody else, and why."""

    code = "soft_credit"
    status = 422
    field = "soft_partner"
    message = "A soft credit names somebody other than the giver, and whether a fund or an employer gave."


class TooManyRows(Refused):
    """A batch is what one person counts and one deposit holds."""

    code = "batch_full"
    message = "This batch has 2,000 gifts, which is as many as one holds. Open another one for the rest."


class RowGone(Refused):
    """Only what stands is taken out, only what was taken out comes back."""

    code = "batch_row_gone"
    message = "Somebody was quicker: open the batch again to see which gifts stand in it."


@dataclass(frozen=True)
class Keyed:
    """One gift as it was keyed; without a `giving_unit` nobody knows who gave. `on` is the contribution date; amounts
    are in the currency of the batch, `tendered` in that of the giver.
    """

    giving_unit: GivingUnit | None
    on: date
    parts: Sequence[Part]
    kind: str = Gift.Kind.GIFT
    method: str = ""
    reference: str = ""
    tendered: Money | None = None
    description: str = ""
    in_return: str = ""
    fair_market_value: Money | None = None
    intangible: bool = False
    soft_partner: Partner | None = None
    soft_kind: str = ""
    anonymous: bool = False

    def fields(self) -> dict[str, Any]:
        """The columns of the row."""
        tendered = self.tendered if self.tendered and self.tendered.currency != self.parts[0].amount.currency else None
        value = self.fair_market_value
        return {
            "giving_unit_id": self.giving_unit and self.giving_unit.pk,
            "amount": sum(part.amount.minor for part in self.parts),
            "kind": str(self.kind),
            "method": self.method,
            "reference": self.reference.strip(),
            "date": self.on,
            "tendered_amount": tendered.minor if tendered else None,
            "tendered_currency": tendered.currency if tendered else "",
            "description": self.description.strip(),
            "in_return": self.in_return.strip(),
            "fair_market_value": value.minor if value else None,
            "intangible": self.intangible,
            "soft_partner_id": self.soft_partner.pk if self.soft_partner else None,
            "soft_kind": self.soft_kind if self.soft_partner else "",
            "anonymous": self.anonymous,
        }

    def goods(self) -> Goods:
        """What the rule of receipts looks at."""
        value = self.fair_market_value.minor if self.fair_market_value else None
        return Goods(str(self.kind), self.description, self.in_return, value, self.intangible)

    def split(self) -> list[tuple[int, int, str]]:
        """(designation, minor units, the giver's words) of each part."""
        return [(part.designation.pk, part.amount.minor, part.intent) for part in self.parts if part.designation]


def check_keyed(agency: Agency, batch: GiftBatch, keyed: Keyed) -> None:
    """The rules of a gift by hand, and those of a batch. Raises what `record_gift` raises of lines and head, besides
    OtherCurrency and SoftCreditUnclear, and what `check_goods` raises.
    """
    parts = keyed.parts
    check_parts(parts, keyed.on, agency.today())
    check_head(parts, kind=keyed.kind, method=keyed.method, tendered=keyed.tendered)
    value = keyed.fair_market_value
    if {part.amount.currency for part in parts} != {batch.currency} or (value and value.currency != batch.currency):
        raise OtherCurrency
    check_goods(keyed.goods(), sum(part.amount.minor for part in parts))
    soft = keyed.soft_partner
    giver = keyed.giving_unit and keyed.giving_unit.partner_id
    if soft and (keyed.soft_kind not in SOFT_KINDS or soft.pk == giver):
        raise SoftCreditUnclear


@transaction.atomic
def save_row(
    *, agency: Agency, actor: User, batch: GiftBatch, key: str, keyed: Keyed, revision: int | None = None
) -> BatchRow:
    """Key a gift into an open batch, or change the one that has this `key`: sending it again changes nothing.

    `revision` is the save that a change rests on, None to write over what stands. A gift that was taken out comes back.
    Raises NotOpen, EditedMeanwhile, TooManyRows, KeyMissing, KeyTooLong, and what `check_keyed` and `check_open` raise.
    """
    if not key:
        raise KeyMissing
    if len(key) > LONGEST_KEY:
        raise KeyTooLong
    open_one = held_open(batch)
    if keyed.giving_unit is None:
        keyed = replace(keyed, giving_unit=unidentified_giver(agency=agency))
    check_keyed(agency, open_one, keyed)
    check_open((part.designation for part in keyed.parts), keyed.on)
    row = BatchRow.objects.filter(batch=open_one, key=key).first()
    if row is None:
        return added(agency, actor, open_one, key, keyed)
    return changed(actor, open_one, row, keyed, revision)


def added(agency: Agency, actor: User, batch: GiftBatch, key: str, keyed: Keyed) -> BatchRow:
    """A new row behind the others."""
    last: int = BatchRow.objects.filter(batch=batch).aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_ROWS:
        raise TooManyRows
    row: BatchRow = BatchRow.objects.create(
        agency=agency,
        batch=batch,
        place=last + 1,
        key=key,
        revision=1,
        edited_by=actor,
        edited_at=timezone.now(),
        **keyed.fields(),
    )
    write_parts(row, keyed)
    audit.record(actor=actor, verb="key gift", of=row, label=label_of(batch, row))
    return row


def changed(actor: User, batch: GiftBatch, row: BatchRow, keyed: Keyed, revision: int | None) -> BatchRow:
    """The row as it is keyed now."""
    given, parts = keyed.fields(), keyed.split()
    there = list(row.parts.order_by("place").values_list("designation", "amount", "intent"))
    stands = {**{name: getattr(row, name) for name in given}, "parts": there, "removed": row.removed_at is not None}
    words = {**given, "parts": parts, "removed": False}
    save_draft(row, actor=actor, revision=revision, stands=stands, words=words)
    if stands == words:
        return row
    for name, value in given.items():
        setattr(row, name, value)
    row.removed_at = None
    row.save(update_fields=[*(name.removesuffix("_id") for name in given), "removed_at", *DRAFT])
    if parts != there:
        row.parts.all().delete()
        write_parts(row, keyed)
    names = [name for name, value in words.items() if stands[name] != value]
    audit.record(
        actor=actor, verb="change keyed gift", of=row, label=label_of(batch, row), changes={"fields": sorted(names)}
    )
    return row


DRAFT = ("revision", "edited_by", "edited_at")


def write_parts(row: BatchRow, keyed: Keyed) -> None:
    """The parts of a row, in the order of keying."""
    BatchPart.objects.bulk_create(
        BatchPart(agency_id=row.agency_id, row=row, place=place, designation_id=pk, amount=minor, intent=intent)
        for place, (pk, minor, intent) in enumerate(keyed.split(), start=1)
    )


def label_of(batch: GiftBatch, row: BatchRow) -> str:
    """What the trail calls a row: it names nobody."""
    return f"batch {batch.number}, gift {row.place}"


@transaction.atomic
def remove_row(*, agency: Agency, actor: User, row: BatchRow) -> BatchRow:
    """Take a gift out of an open batch. Raises NotOpen, RowGone."""
    return set_removed(actor, row, removed=True)


@transaction.atomic
def restore_row(*, agency: Agency, actor: User, row: BatchRow) -> BatchRow:
    """Put a gift back that was taken out. Raises NotOpen, RowGone."""
    return set_removed(actor, row, removed=False)


def set_removed(actor: User, row: BatchRow, *, removed: bool) -> BatchRow:
    """Out, or back."""
    batch = held_open(row.batch)
    locked: BatchRow = BatchRow.objects.get(pk=row.pk)
    if (locked.removed_at is not None) == removed:
        raise RowGone
    locked.removed_at = timezone.now() if removed else None
    locked.revision, locked.edited_by, locked.edited_at = locked.revision + 1, actor, timezone.now()
    locked.save(update_fields=["removed_at", *DRAFT])
    verb = "take keyed gift out" if removed else "put keyed gift back"
    audit.record(actor=actor, verb=verb, of=locked, label=label_of(batch, locked))
    return locked
