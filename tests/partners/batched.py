"""Batches for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from partners.models import BatchRow, GiftBatch, GivingUnit
from partners.operations import Part
from partners.operations.batch_posting import post_batch
from partners.operations.batch_rows import Keyed, save_row
from partners.operations.batches import Head, open_batch

DAY = date(2026, 3, 4)


def opened(agency: Agency, actor: User, count: int, minor: int, key: str = "b", **head: Any) -> GiftBatch:
    """An open batch that expects so much."""
    currency = head.pop("currency", "USD")
    given: dict[str, Any] = {"title": "Mail of Tuesday", "deposited_on": DAY, **head}
    wanted = Head(expected_count=count, expected_total=Money(minor, currency), **given)
    return open_batch(agency=agency, actor=actor, head=wanted, key=key)


def key_in(
    agency: Agency,
    actor: User,
    batch: GiftBatch,
    giver: GivingUnit | None,
    *parts: tuple[Designation, int] | tuple[Designation, int, str],
    key: str = "",
    revision: int | None = None,
    **fields: Any,
) -> BatchRow:
    """One gift, keyed in minor units of the batch's currency."""
    made = [Part(place, Money(minor, batch.currency), *words) for place, minor, *words in parts]
    keyed = Keyed(giving_unit=giver, on=fields.pop("on", DAY), parts=made, **fields)
    name = key or f"r{BatchRow.objects.filter(batch=batch).count() + 1}"
    return save_row(agency=agency, actor=actor, batch=batch, key=name, keyed=keyed, revision=revision)


def amounts(rows: Sequence[Any]) -> list[int]:
    """What rows come to."""
    return [row.amount for row in rows]


def post(agency: Agency, actor: User, batch: GiftBatch, key: str = "post") -> GiftBatch:
    """The batch, posted."""
    return post_batch(agency=agency, actor=actor, batch=batch, key=key)
