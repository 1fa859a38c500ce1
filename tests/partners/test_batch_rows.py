"""Batches: what is keyed in, line by line."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from agencies.operations.drafts import EditedMeanwhile
from core.errors import Refused
from core.money import Money
from funds.operations import close_designation
from partners import operations
from partners.goods import NotDescribed, ValueAboveGift
from partners.models import BatchPart, BatchRow, Gift, GivingUnit
from partners.operations.batch_rows import OtherCurrency, RowGone, SoftCreditUnclear, remove_row, restore_row
from partners.operations.gifts import DesignationClosed, DesignationTwice, InTheFuture, NothingGiven
from partners.queries.batches import alike, keyed_so_far
from tests.partners.batched import DAY, key_in, opened, post


def test_a_line_sent_again_is_the_same_line(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 1, 100)
    for _ in range(3):
        key_in(inside, alice, batch, ruth, (places.mine, 100), key="one")
    row = BatchRow.objects.get()
    assert (row.revision, BatchPart.objects.count()) == (1, 1)
    key_in(inside, alice, batch, ruth, (places.general, 70), (places.mine, 30), key="one", revision=1)
    assert list(BatchPart.objects.order_by("place").values_list("designation", "amount")) == [
        (places.general.pk, 70),
        (places.mine.pk, 30),
    ]
    with pytest.raises(EditedMeanwhile):
        key_in(inside, alice, batch, ruth, (places.general, 90), key="one", revision=1)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"on": date(2999, 1, 1)}, InTheFuture),
        ({"kind": "in_kind"}, NotDescribed),
        ({"fair_market_value": Money(101, "USD")}, ValueAboveGift),
        ({"fair_market_value": Money(1, "EUR")}, OtherCurrency),
    ],
)
def test_a_line_is_judged_as_a_gift_by_hand_is(
    inside: Agency,
    alice: User,
    places: SimpleNamespace,
    ruth: GivingUnit,
    fields: dict[str, Any],
    refusal: type[Refused],
) -> None:
    batch = opened(inside, alice, 1, 100)
    with pytest.raises(refusal):
        key_in(inside, alice, batch, ruth, (places.mine, 100), **fields)
    assert BatchRow.objects.count() == 0


def test_lines_that_no_gift_may_have(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit) -> None:
    batch = opened(inside, alice, 1, 100)
    close_designation(agency=inside, actor=alice, designation=places.careful, on=DAY - timedelta(days=1))
    for parts, refusal in (
        ([], NothingGiven),
        ([(places.mine, 0)], NothingGiven),
        ([(places.mine, 1), (places.mine, 2)], DesignationTwice),
        ([(places.careful, 1)], DesignationClosed),
    ):
        with pytest.raises(refusal):
            key_in(inside, alice, batch, ruth, *parts)


def test_a_soft_credit_names_somebody_else(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, boaz: GivingUnit
) -> None:
    batch = opened(inside, alice, 1, 100)
    given: dict[str, Any] = {"soft_kind": "matching", "kind": "matching"}
    with pytest.raises(SoftCreditUnclear):
        key_in(inside, alice, batch, ruth, (places.mine, 100), soft_partner=ruth.partner, **given)
    key_in(inside, alice, batch, ruth, (places.mine, 100), soft_partner=boaz.partner, **given)
    post(inside, alice, batch)
    gift = Gift.objects.get()
    assert (gift.soft_partner, gift.soft_kind, gift.kind) == (boaz.partner, "matching", "matching")


def test_what_a_gift_may_have_beside_its_amount_is_kept(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 2, 21650)
    key_in(inside, alice, batch, ruth, (places.mine, 21600), tendered=Money(20000, "EUR"), anonymous=True)
    told: dict[str, Any]
    value, told = Money(25, "USD"), {"kind": "in_kind", "description": "Books", "in_return": "Tea"}
    key_in(inside, alice, batch, ruth, (places.mine, 50), **told, fair_market_value=value)
    post(inside, alice, batch)
    first, second = Gift.objects.order_by("pk")
    assert (first.tendered_amount, first.tendered_currency, first.amount, first.anonymous) == (
        20000,
        "EUR",
        21600,
        True,
    )
    said = (second.description, second.in_return, second.fair_market_value, second.kind)
    assert said == ("Books", "Tea", 25, "in_kind")
    assert (second.tendered_amount, second.tendered_currency) == (50, "USD")


def test_taken_out_and_put_back(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit) -> None:
    batch = opened(inside, alice, 1, 100)
    row = key_in(inside, alice, batch, ruth, (places.mine, 100))
    remove_row(agency=inside, actor=alice, row=row)
    with pytest.raises(RowGone):
        remove_row(agency=inside, actor=alice, row=row)
    assert keyed_so_far([batch]) == {}
    restore_row(agency=inside, actor=alice, row=row)
    with pytest.raises(RowGone):
        restore_row(agency=inside, actor=alice, row=row)
    assert keyed_so_far([batch])[batch.pk].count == 1


def test_what_looks_like_the_same_gift_is_told(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, boaz: GivingUnit
) -> None:
    earlier = operations.record_gift(
        agency=inside,
        actor=alice,
        giving_unit=ruth,
        on=DAY - timedelta(days=9),
        parts=[operations.Part(places.mine, Money(100, "USD"))],
        key="k",
        reference="4711",
    )
    batch = opened(inside, alice, 9, 900)
    rows = [
        key_in(inside, alice, batch, ruth, (places.mine, 100), reference="4711"),
        key_in(inside, alice, batch, ruth, (places.mine, 100), reference="4712"),
        key_in(inside, alice, batch, boaz, (places.mine, 100)),
        key_in(inside, alice, batch, boaz, (places.general, 100)),
        key_in(inside, alice, batch, None, (places.general, 100)),
        key_in(inside, alice, batch, None, (places.general, 100)),
    ]
    assert alike(batch, rows) == {rows[0].pk: f"gift {earlier.pk}", rows[3].pk: "batch 1, gift 3"}
