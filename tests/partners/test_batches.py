"""Batches: what was counted, what was keyed, and posting all of it or nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from agencies.idempotency import KeyMissing
from agencies.models import Agency, AuditEntry, Membership
from agencies.operations.drafts import EditedMeanwhile
from agencies.seats import seat_of
from core.errors import Refused
from core.money import Money
from funds.models import Entry, Posting
from funds.operations import close_designation, close_months, open_deposit_account
from funds.operations.posting import MonthClosed
from funds.queries import balances
from partners import operations
from partners.models import BatchPart, BatchRow, Gift, GiftBatch, GiftLine, GivingUnit, Partner, ReviewItem
from partners.operations.batch_posting import NotMatching, RowRefused, post_batch
from partners.operations.batch_rows import (
    NotDescribed,
    OtherCurrency,
    RowGone,
    SoftCreditUnclear,
    ValueAboveGift,
    remove_row,
    restore_row,
)
from partners.operations.batches import (
    CurrencyStays,
    DiscardReason,
    ExpectsNothing,
    Head,
    NotDiscarded,
    NotOpen,
    TitleMissing,
    change_batch,
    discard_batch,
    take_up_batch,
)
from partners.operations.gifts import DepositedLater, DesignationClosed, DesignationTwice, InTheFuture, NothingGiven
from partners.pages.batches import in_words
from partners.queries.batches import Difference, alike, difference, gifts_since, keyed_so_far
from tests.partners.batched import DAY, key_in, opened


@pytest.fixture
def ruth(add: Callable[..., Partner]) -> GivingUnit:
    return GivingUnit.objects.get(partner=add("Moab"))


@pytest.fixture
def boaz(add: Callable[..., Partner]) -> GivingUnit:
    return GivingUnit.objects.get(partner=add("Elimelech", first_name="Boaz"))


def post(agency: Agency, actor: User, batch: GiftBatch, key: str = "post") -> GiftBatch:
    return post_batch(agency=agency, actor=actor, batch=batch, key=key)


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


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        ({"title": " "}, TitleMissing),
        ({"expected_count": 0}, ExpectsNothing),
        ({"expected_total": Money(0, "USD")}, ExpectsNothing),
        ({"deposited_on": date(2999, 1, 1)}, DepositedLater),
        ({"contributed_on": date(2999, 1, 1)}, InTheFuture),
    ],
)
def test_a_wrong_head_is_refused(inside: Agency, alice: User, head: dict[str, Any], refusal: type[Refused]) -> None:
    given = {"expected_count": 1, "expected_total": Money(1, "USD"), "title": "Mail", "deposited_on": DAY, **head}
    with pytest.raises(refusal):
        operations.open_batch(agency=inside, actor=alice, head=Head(**given), key="k")
    assert GiftBatch.objects.count() == 0


def test_a_closed_month_is_refused_before_anything_is_keyed(inside: Agency, alice: User) -> None:
    close_months(agency=inside, actor=alice, month=DAY, reason="Agreed")
    with pytest.raises(MonthClosed) as refused:
        opened(inside, alice, 1, 100)
    assert (refused.value.field, GiftBatch.objects.count()) == ("deposited_on", 0)


def test_numbers_count_and_a_form_twice_is_one_batch(inside: Agency, alice: User) -> None:
    made = [opened(inside, alice, 1, 100, key) for key in ("a", "b", "a")]
    assert [batch.number for batch in made] == [1, 2, 1]


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
    value = Money(25, "USD")
    key_in(inside, alice, batch, ruth, (places.mine, 50), kind="in_kind", description="Books", fair_market_value=value)
    post(inside, alice, batch)
    first, second = Gift.objects.order_by("pk")
    assert (first.tendered_amount, first.tendered_currency, first.amount, first.anonymous) == (
        20000,
        "EUR",
        21600,
        True,
    )
    assert (second.description, second.fair_market_value, second.kind) == ("Books", 25, "in_kind")
    assert (second.tendered_amount, second.tendered_currency) == (50, "USD")


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


def test_discarded_and_taken_up_again(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit) -> None:
    batch = opened(inside, alice, 1, 100)
    row = key_in(inside, alice, batch, ruth, (places.mine, 100))
    with pytest.raises(NotDiscarded):
        take_up_batch(agency=inside, actor=alice, batch=batch)
    with pytest.raises(DiscardReason):
        discard_batch(agency=inside, actor=alice, batch=batch, reason=" ")
    discard_batch(agency=inside, actor=alice, batch=batch, reason="Keyed twice")
    for act in (
        lambda: key_in(inside, alice, batch, ruth, (places.mine, 1)),
        lambda: remove_row(agency=inside, actor=alice, row=row),
        lambda: post(inside, alice, batch),
        lambda: discard_batch(agency=inside, actor=alice, batch=batch, reason="again"),
    ):
        with pytest.raises(NotOpen, match="discarded"):
            act()
    take_up_batch(agency=inside, actor=alice, batch=batch)
    post(inside, alice, batch)
    with pytest.raises(NotOpen, match="Correct the gift"):
        discard_batch(agency=inside, actor=alice, batch=batch, reason="too late")
    with pytest.raises(NotDiscarded):
        take_up_batch(agency=inside, actor=alice, batch=batch)


def test_what_was_counted_is_corrected_while_it_is_open(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 2, 100)
    key_in(inside, alice, batch, ruth, (places.mine, 100))
    same: dict[str, Any] = {"title": "Mail of Tuesday", "deposited_on": DAY}
    euros = Head(expected_count=1, expected_total=Money(100, "EUR"), **same)
    with pytest.raises(CurrencyStays):
        change_batch(agency=inside, actor=alice, batch=batch, head=euros)
    head = Head(expected_count=1, expected_total=Money(100, "USD"), **same)
    for _ in range(2):
        change_batch(agency=inside, actor=alice, batch=batch, head=head)
    assert AuditEntry.objects.filter(verb="change batch").count() == 1
    post(inside, alice, batch)


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
    ("gifts", "minor", "said"),
    [
        (0, 0, "Count and total match."),
        (2, 4500, "2 gifts and $45.00 missing"),
        (1, 0, "1 gift missing"),
        (0, -500, "$5.00 too much"),
        (1, -500, "1 gift missing, $5.00 too much"),
        (-1, -1, "1 gift and $0.01 too much"),
    ],
)
def test_the_difference_in_words(inside: Agency, gifts: int, minor: int, said: str) -> None:
    assert in_words(inside, Difference(gifts, Money(minor, "USD"))) == said


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
