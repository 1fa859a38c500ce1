"""Whether promises are kept: what the statement says is what the rule says, payment by payment."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from core.periods import add_months
from partners import operations
from partners.lateness import Bucket
from partners.models import Commitment, Gift, Partner
from partners.queries.expected import expected, standings_and_expected
from partners.queries.fulfilment import asked, payments, standing_of, standings
from partners.queries.fulfilment_sql import STANDING
from tests.partners.rule import Given, Promised, put

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2023, 1, 1), date(2026, 3, 1))


@given(st.sampled_from(Commitment.Frequency.values), DAYS, DAYS, st.integers(0, 60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_days_of_payments_are_those_of_the_model(
    inside: Agency, frequency: str, starts: date, day: date, number: int
) -> None:
    promise = Commitment(frequency=frequency, starts_on=starts)
    due = sum(1 for _ in promise.due_dates(starts, day))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT payment_day(%s, %s, %s), payments_due(%s, %s, %s)",
            [frequency, starts, number, frequency, starts, day],
        )
        assert cursor.fetchone() == (promise.payment_date(number), due)


AMOUNTS = st.sampled_from([1000, 2000, 2500, 5000, 60000])
PROMISES = st.lists(
    st.tuples(
        AMOUNTS, st.sampled_from(["weekly", "monthly", "yearly"]), st.integers(0, 400), st.none() | st.integers(0, 300)
    ),
    min_size=1,
    max_size=3,
)
GIFTS = st.lists(
    st.tuples(st.sampled_from([500, 1000, 2000, 2500, 5000, 9999, 200000]), st.integers(0, 430)), max_size=12
)


@given(PROMISES, GIFTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_cent_is_put_as_the_rule_says(
    inside: Agency,
    add: Callable[..., Partner],
    giving: Callable[..., Gift],
    promise: Callable[..., Commitment],
    places: SimpleNamespace,
    promised: list[tuple[int, str, int, int | None]],
    given: list[tuple[int, int]],
) -> None:
    """Against the rule written a second time, gift by gift; nothing is put twice, and nothing is lost."""
    today, giver = inside.today(), add("Moab")
    made = []
    for amount, frequency, ago, lasts in promised:
        starts = today - timedelta(days=ago)
        ends = None if lasts is None else starts + timedelta(days=lasts)
        each = promise(giver, amount, starts, frequency=frequency, ends_on=ends)
        made.append(Promised(each.pk, amount, frequency, starts, ends))
    gave = []
    for amount, ago in given:
        gift = giving(giver, (places.mine, amount), on=today - timedelta(days=ago))
        gave.append(Given(gift.pk, gift.date, amount))
    wanted = Commitment.objects.filter(giving_unit__partner=giver)
    found = [(e.promise_id, e.gift_id, e.paid, e.first, e.last) for e in payments(inside, wanted)]
    assert found == put(made, gave)
    assert len({gift for _promise, gift, *_rest in found}) == len(found)
    counted = {e.gift_id: e.given for e in payments(inside, wanted)}
    assert counted == {each.pk: each.amount for each in gave if each.pk in counted}
    for each in wanted:
        alone = payments(inside, wanted.filter(pk=each.pk))
        assert [p.gift_id for p in alone] == [gift for pk, gift, *_rest in found if pk == each.pk]
    assert asked(inside, wanted, f",{STANDING}{BOTH_WAYS}", since=today) == []
    whole = Commitment.objects.all()
    stand, brought = standings_and_expected(inside, whole, today, add_months(today, 1))
    assert stand == standings(inside, whole)
    by_designation = expected(inside, whole, today, add_months(today, 1))
    sums = [(e.currency, e.received, e.likely, e.possible) for e in by_designation]
    assert [(e.currency, e.received, e.likely, e.possible) for e in brought] == sums


BOTH_WAYS = """
SELECT id, reach, walked FROM standing LEFT JOIN LATERAL (
  SELECT max(w.reach) AS walked FROM walk w WHERE w.promise_id = standing.id
) w ON true WHERE reach <> coalesce(walked, 0)
"""


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "on_time"),
        (1, "late_30"),
        (30, "late_30"),
        (31, "late_60"),
        (60, "late_60"),
        (61, "late_90"),
        (90, "late_90"),
        (91, "late_more"),
    ],
)
def test_late_since_the_first_payment_that_is_not_paid(
    inside: Agency, add: Callable[..., Partner], promise: Callable[..., Commitment], days: int, bucket: str
) -> None:
    made = promise(add("Moab"), 5000, inside.today() - timedelta(days=days), frequency="yearly")
    found = standing_of(inside, made)
    assert (found.bucket, found.days_late, found.last_gift) == (Bucket(bucket), days, None)


def stands(inside: Agency, made: Commitment) -> tuple[str, int]:
    found = standing_of(inside, made)
    return found.bucket.value, found.paid


def giver_of(made: Commitment) -> Partner:
    return made.giving_unit.partner


def test_half_a_payment_is_none_and_the_other_half_makes_it_one(
    inside: Agency, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    giving(giver_of(weekly), (places.mine, 2500))
    assert standing_of(inside, weekly).next_due == inside.today()
    giving(giver_of(weekly), (places.mine, 2500))
    assert standing_of(inside, weekly).next_due == inside.today() + timedelta(days=7)


def test_what_is_paid_ahead_moves_the_next_day(
    inside: Agency, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    giving(giver_of(weekly), (places.mine, 15000))
    found = standing_of(inside, weekly)
    assert (found.next_due, found.paid) == (inside.today() + timedelta(days=21), 15000)


def test_a_refund_takes_its_gift_back(
    inside: Agency, alice: User, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    gift = giving(giver_of(weekly), (places.mine, 5000))
    assert stands(inside, weekly) == ("on_time", 5000)
    operations.refund_gift(
        agency=inside,
        actor=alice,
        gift=gift,
        on=inside.today(),
        amount=Money(5000, "USD"),
        key="r",
        kind="refund",
        reason="bounced",
    )
    assert stands(inside, weekly) == ("late_90", 0)


def test_a_refund_after_the_last_day_takes_its_gift_back(
    inside: Agency,
    alice: User,
    add: Callable[..., Partner],
    promise: Callable[..., Commitment],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    """Goods, gifts before the promise and gifts after it are left out; what goes back then is not."""
    start = inside.today() - timedelta(days=300)
    made = promise(add("Moab"), 5000, start, ends_on=start + timedelta(days=60))
    giver = giver_of(made)
    for days in (-15, 75):
        giving(giver, (places.mine, 5000), on=start + timedelta(days=days))
    gifts = [giving(giver, (places.mine, 5000), on=start + timedelta(days=days)) for days in (-14, 30, 74)]
    assert [each.gift_id for each in payments(inside, Commitment.objects.all())] == [each.pk for each in gifts]
    operations.refund_gift(
        agency=inside,
        actor=alice,
        gift=gifts[1],
        on=inside.today(),
        amount=Money(5000, "USD"),
        key="r",
        kind="refund",
        reason="bounced",
    )
    left = [each.gift_id for each in payments(inside, Commitment.objects.all())]
    assert left == [gifts[0].pk, gifts[2].pk]


def test_what_is_withdrawn_counts_nothing(
    inside: Agency, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    gift = giving(giver_of(weekly), (places.mine, 5000))
    gift.lines.update(withdrawn_at="2026-01-01T00:00Z")
    Gift.objects.filter(pk=gift.pk).update(withdrawn_at="2026-01-01T00:00Z")
    assert stands(inside, weekly) == ("late_90", 0)


def test_other_givers_designations_currencies_and_goods_count_nothing(
    inside: Agency,
    weekly: Commitment,
    add: Callable[..., Partner],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    giving(add("Other"), (places.mine, 5000))
    giving(giver_of(weekly), (places.general, 5000))
    giving(giver_of(weekly), (places.mine, 5000), kind="in_kind", description="A bicycle")
    assert stands(inside, weekly) == ("late_90", 0)
    giving(giver_of(weekly), (places.general, 1000), (places.mine, 5000))
    assert stands(inside, weekly) == ("on_time", 5000)


def test_what_was_given_counts_in_its_own_currency(
    inside: Agency,
    alice: User,
    add: Callable[..., Partner],
    promise: Callable[..., Commitment],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    """Booked in dollars, promised and given in euros: 100.00 for two designations, 33.33 of it here."""
    made = promise(add("Moab"), 3333, inside.today(), currency="EUR")
    dollars = promise(giver_of(made), 5000, inside.today())
    euros = Money(10000, "EUR")
    gift = giving(giver_of(made), (places.mine, 4000), (places.general, 8001), tendered=euros)
    found = standings(inside, Commitment.objects.all())
    assert (found[made.pk].paid, found[dollars.pk].paid) == (3333, 0)
    half = Money(6000, "USD")
    operations.refund_gift(
        agency=inside, actor=alice, gift=gift, on=inside.today(), amount=half, key="r", kind="refund", reason="half"
    )
    assert 1660 < standing_of(inside, made).paid < 1670


def test_a_long_interval_is_paid_early(
    inside: Agency,
    add: Callable[..., Partner],
    promise: Callable[..., Commitment],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    """A yearly payment missed once, then paid a month before its day: nothing is late."""
    start = add_months(inside.today() + timedelta(days=30), -12)
    made = promise(add("Moab"), 5000, start, frequency="yearly")
    giving(giver_of(made), (places.mine, 5000))
    assert standing_of(inside, made).next_due == made.payment_date(2)


def test_twins_take_turns(
    inside: Agency,
    weekly: Commitment,
    promise: Callable[..., Commitment],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
) -> None:
    twin = promise(giver_of(weekly), 5000, weekly.starts_on, frequency="weekly")
    for _ in range(2):
        giving(giver_of(weekly), (places.mine, 5000))
    found = standings(inside, Commitment.objects.all())
    assert [found[each.pk].paid for each in (weekly, twin)] == [5000, 5000]


def test_nothing_before_the_go_live_date_is_late(inside: Agency, weekly: Commitment) -> None:
    inside.live_on = inside.today() - timedelta(days=10)
    assert standing_of(inside, weekly).next_due == inside.today() - timedelta(days=7)


def test_one_query_for_any_number(
    inside: Agency, add: Callable[..., Partner], promise: Callable[..., Commitment], django_assert_num_queries: Any
) -> None:
    for number in range(3):
        promise(add(f"Moab {number}"), 5000)
        with django_assert_num_queries(1):
            assert len(standings(inside, Commitment.objects.all())) == number + 1
