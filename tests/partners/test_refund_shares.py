"""How a refund is shared out among the lines of its gift."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners import operations
from partners.models import Gift, GiftLine, Partner
from partners.operations.refunds import BeforeTheGift, shares


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8), st.lists(st.integers(1, 10**12), max_size=12))
def test_any_refunds_leave_each_line_at_zero_or_more(lines: list[int], refunds: list[int]) -> None:
    left = list(lines)
    for wanted in refunds:
        amount = min(wanted, sum(left))
        taken = shares(left, amount)
        assert sum(taken) == amount
        left = [before - share for before, share in zip(left, taken, strict=True)]
        assert min(left) >= 0
    assert shares(left, sum(left)) == left


def test_a_line_that_is_overdrawn_takes_no_share() -> None:
    assert shares([-200, 300, 100], 200) == [0, 150, 50]


def left_of(gift: Gift) -> dict[str, int]:
    """What stands of each line after all refunds."""
    lines = GiftLine.objects.filter(gift__in=[gift, *gift.refunds.all()]).values_list("designation_key")
    return {key: int(total) for key, total in lines.annotate(total=Sum("amount"))}


@pytest.fixture
def refund(inside: Agency, alice: User) -> Callable[..., Gift]:
    def act(gift: Gift, minor: int, on: date | None = None) -> Gift:
        return operations.refund_gift(
            agency=inside,
            actor=alice,
            gift=gift,
            amount=Money(minor, "USD"),
            on=on or gift.date,
            reason="card",
            key=f"r{minor}{on}",
        )

    return act


def test_partial_refunds_share_what_is_left(
    add: Callable[..., Partner],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
    refund: Callable[..., Gift],
) -> None:
    gift = giving(add("Moab"), (places.mine, 1), (places.careful, 1), (places.general, 1))
    refund(gift, 1)
    assert sorted(left_of(gift).values()) == [0, 1, 1]
    refund(gift, 2)
    assert left_of(gift) == {"0100": 0, "0200": 0, "0900": 0}


def test_a_refund_is_not_dated_before_its_gift(
    add: Callable[..., Partner],
    giving: Callable[..., Gift],
    places: SimpleNamespace,
    refund: Callable[..., Gift],
) -> None:
    gift = giving(add("Moab"), (places.mine, 500))
    with pytest.raises(BeforeTheGift) as refusal:
        refund(gift, 100, gift.date - timedelta(1))
    assert refusal.value.field == "on"
    assert Gift.objects.count() == 1
