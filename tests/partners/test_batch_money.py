"""Whatever is keyed: parts sum to their gift, gifts to their batch, the batch to what the ledger has in the bank."""

import time
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Account, Entry
from funds.queries import balances
from partners.models import BatchPart, Gift, GiftBatch, GiftLine, GivingUnit
from partners.operations.batch_posting import NotMatching, post_batch
from tests.partners.batched import key_in, opened

MINOR = st.integers(min_value=1, max_value=10**13)
SPLITS = st.lists(st.lists(MINOR, min_size=1, max_size=4), min_size=1, max_size=6)


@given(splits=SPLITS, currency=st.sampled_from(["USD", "JPY", "KWD"]), off=st.integers(min_value=-3, max_value=3))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_every_cent_arrives(
    inside: Agency,
    alice: User,
    places: SimpleNamespace,
    ruth: GivingUnit,
    splits: list[list[int]],
    currency: str,
    off: int,
) -> None:
    with transaction.atomic():
        keyed_and_posted(inside, alice, places, ruth, splits, currency, off)
        transaction.set_rollback(True)  # the next example begins with nothing


def keyed_and_posted(
    agency: Agency,
    actor: User,
    places: SimpleNamespace,
    giver: GivingUnit,
    splits: list[list[int]],
    currency: str,
    off: int,
) -> None:
    """One example: `off` is by how much was counted wrong."""
    funds = (places.mine, places.general, places.careful, places.closed)
    total = sum(map(sum, splits))
    batch = opened(agency, actor, len(splits), max(1, total + off), currency=currency)
    for parts in splits:
        key_in(agency, actor, batch, giver, *zip(funds, parts, strict=False))
    if batch.expected_total != total:
        with pytest.raises(NotMatching):
            post_batch(agency=agency, actor=actor, batch=batch, key="k")
        assert Gift.objects.count() == 0
        return
    post_batch(agency=agency, actor=actor, batch=batch, key="k")
    in_bank = Entry.objects.filter(account__kind=Account.Kind.DEPOSIT)
    there = (in_bank, Gift.objects.filter(batch=batch), GiftLine.objects.all(), BatchPart.objects.all())
    assert {int(rows.aggregate(sum=Sum("amount"))["sum"]) for rows in there} == {total}
    held = [amount for of in balances([fund.pk for fund in funds]).values() for amount in of]
    assert sum(held, Money(0, currency)) == Money(total, currency)


def test_five_hundred_gifts_are_posted_while_one_waits(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 500, 500 * 100)
    for number in range(500):
        key_in(inside, alice, batch, ruth, (places.mine, 60), (places.general, 40), key=str(number))
    begun = time.process_time(), time.monotonic()
    post_batch(agency=inside, actor=alice, batch=GiftBatch.objects.get(), key="k")
    worked, took = time.process_time() - begun[0], time.monotonic() - begun[1]
    print(f"500 gifts: {worked:.2f} s of work, {took:.2f} s")
    assert Gift.objects.filter(batch=batch).count() == 500
    assert worked < 3
