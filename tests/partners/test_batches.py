"""Batches: posting all of it or nothing."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from agencies.idempotency import KeyMissing
from agencies.models import Agency, Membership
from agencies.seats import seat_of
from core.money import Money
from funds.models import Entry, Posting
from funds.operations import close_designation, open_deposit_account
from funds.queries import balances
from partners import operations
from partners.models import BatchRow, Gift, GiftBatch, GiftLine, GivingUnit, ReviewItem
from partners.operations.batch_posting import NotMatching, RowRefused
from partners.operations.batches import (
    NotOpen,
)
from partners.queries.batches import difference, gifts_since, keyed_so_far
from tests.partners.batched import DAY, key_in, opened, post


def test_a_batch_is_posted_whole_and_stands(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, boaz: GivingUnit
) -> None:
    bank = open_deposit_account(agency=inside, actor=alice, name="Savings")
    batch = opened(inside, alice, 2, 15000, deposit=bank)
    split = ((places.mine, 6000, "for the well"), (places.general, 4000))
    key_in(inside, alice, batch, ruth, *split, method="check", reference="4711", on=date(2025, 12, 31))
    key_in(inside, alice, batch, boaz, (places.mine, 5000))
    posted = post(inside, alice, batch)
    gifts = list(Gift.objects.order_by("pk"))
    assert [(g.amount, g.reference, g.batch_id, g.date, g.source, g.recorded_by) for g in gifts] == [
        (10000, "4711", batch.pk, date(2025, 12, 31), "hand", alice),
        (5000, "", batch.pk, DAY, "hand", alice),
    ]
    assert (posted.state, posted.posted_by) == ("posted", alice)
    assert list(BatchRow.objects.order_by("place").values_list("gift", flat=True)) == [g.pk for g in gifts]
    assert set(Posting.objects.values_list("date", flat=True)) == {DAY}
    in_bank = Entry.objects.filter(account=bank).values_list("amount", flat=True)
    assert sum(in_bank) == batch.expected_total == sum(g.amount for g in gifts)
    assert balances([places.mine.pk, places.general.pk]) == {
        places.mine.pk: [Money(11000, "USD")],
        places.general.pk: [Money(4000, "USD")],
    }
    assert list(GiftLine.objects.exclude(intent="").values_list("intent", flat=True)) == ["for the well"]


def test_nothing_stands_in_the_ledger_before(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 2, 15000)
    key_in(inside, alice, batch, ruth, (places.mine, 10000))
    with pytest.raises(NotMatching):
        post(inside, alice, batch)
    assert (Gift.objects.count(), Posting.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("count", "total"), [(1, 9999), (2, 10000), (1, 10001)])
def test_both_count_and_total_have_to_match(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, count: int, total: int
) -> None:
    batch = opened(inside, alice, count, total)
    key_in(inside, alice, batch, ruth, (places.mine, 10000))
    with pytest.raises(NotMatching):
        post(inside, alice, batch)


def test_posting_is_one_act(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit) -> None:
    batch = opened(inside, alice, 1, 10000)
    key_in(inside, alice, batch, ruth, (places.mine, 10000))
    assert [post(inside, alice, batch).pk, post(inside, alice, batch).pk] == [batch.pk] * 2
    with pytest.raises(NotOpen):
        post(inside, alice, batch, "another form")
    with pytest.raises(KeyMissing):
        post(inside, alice, batch, "")
    assert Gift.objects.count() == 1


def test_what_became_wrong_since_is_named_and_nothing_is_posted(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 2, 200)
    key_in(inside, alice, batch, ruth, (places.mine, 100))
    key_in(inside, alice, batch, ruth, (places.general, 100))
    close_designation(agency=inside, actor=alice, designation=places.general, on=DAY)
    with pytest.raises(RowRefused, match=r"Gift 2: .*0900 is not open"), transaction.atomic():
        post(inside, alice, batch)
    assert (Gift.objects.count(), GiftBatch.objects.get().state) == (0, "open")


def test_the_number_of_statements_does_not_grow(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    def statements(count: int) -> int:
        batch = opened(inside, alice, count, count * 100, f"b{count}")
        for _ in range(count):
            key_in(inside, alice, batch, ruth, (places.mine, 60), (places.general, 40))
        with CaptureQueries() as made:
            post(inside, alice, batch, f"p{count}")
        return made.count

    assert len({statements(count) for count in (1, 3, 30)}) == 1


class CaptureQueries:
    """How many statements were sent."""

    def __enter__(self) -> "CaptureQueries":
        self.count = 0
        self.wrapper = connection.execute_wrapper(self.note)
        self.wrapper.__enter__()
        return self

    def note(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)

    def __exit__(self, *error: Any) -> None:
        self.wrapper.__exit__(*error)


def test_who_is_not_known_and_earmarks_wait_for_a_person(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, led: SimpleNamespace
) -> None:
    from ssu.operations import add_worker

    add_worker(agency=inside, actor=alice, name="Ann Miller", code="M1", last_name="Miller")
    batch = opened(inside, alice, 3, 300)
    key_in(inside, alice, batch, None, (places.mine, 100))
    key_in(inside, alice, batch, ruth, (places.mine, 100, "only for Miller's salary"))
    key_in(inside, alice, batch, ruth, (places.mine, 100, "Miller has our love"))
    assert ReviewItem.objects.count() == 0
    post(inside, alice, batch)
    waiting = ReviewItem.objects.order_by("line").values_list("line__gift__giving_unit__is_unidentified", "reason")
    assert list(waiting) == [(True, "unidentified_donor"), (False, "earmark_worker")]


def test_a_posted_gift_is_corrected_as_any_other_and_the_batch_knows(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 3, 300)
    for _ in range(3):
        key_in(inside, alice, batch, ruth, (places.mine, 100))
    post(inside, alice, batch)
    first, second, _third = Gift.objects.order_by("pk")
    by: dict[str, Any] = {"agency": inside, "actor": alice}
    operations.correct_gift(**by, gift=first, reason="Typed wrong", key="c")
    operations.refund_gift(**by, gift=second, amount=Money(40, "USD"), on=DAY, reason="Asked", key="r")
    assert gifts_since(batch) == ({first.pk}, {second.pk})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partners_giftbatch SET title = 'other'",
        "UPDATE partners_giftbatch SET state = 'open', posted_at = NULL",
        "UPDATE partners_batchrow SET amount = 1",
        "UPDATE partners_batchrow SET removed_at = now()",
        "UPDATE partners_batchpart SET amount = 1",
        "DELETE FROM partners_batchpart",
    ],
)
def test_a_posted_batch_stands_in_the_database(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, statement: str
) -> None:
    batch = opened(inside, alice, 1, 100)
    key_in(inside, alice, batch, ruth, (places.mine, 100))
    with connection.cursor() as cursor:
        if "state" not in statement:
            with transaction.atomic():
                cursor.execute(statement)  # while it is open: the control
                transaction.set_rollback(True)
        post(inside, alice, batch)
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(statement)


def test_the_database_posts_only_what_matches(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 1, 100)
    key_in(inside, alice, batch, ruth, (places.mine, 100))
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="does not match"), transaction.atomic():
        cursor.execute("UPDATE partners_giftbatch SET state = 'posted', posted_at = now()")
    assert difference(batch, keyed_so_far([batch])[batch.pk]).matches
    assert seat_of(inside, Membership.objects.get(user=alice)).can("gifts.record")
