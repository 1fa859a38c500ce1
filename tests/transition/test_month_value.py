"""What a promise is worth in a month."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.periods import add_months
from partners.models import Commitment
from partners.month_value import PAYMENTS, month_value


def test_every_frequency_has_its_value() -> None:
    assert set(PAYMENTS) == set(Commitment.Frequency.values)


@pytest.mark.parametrize(
    ("frequency", "amount", "first_four"),
    [
        ("monthly", 10000, [10000, 10000, 10000, 10000]),
        ("quarterly", 10000, [3333, 3333, 3334, 3333]),
        ("weekly", 1000, [4333, 4333, 4334, 4333]),
        ("yearly", 1, [0, 0, 0, 0]),
    ],
)
def test_it_is_spread_over_the_interval(frequency: str, amount: int, first_four: list[int]) -> None:
    assert [month_value(amount, frequency, date(2026, month, 1)) for month in range(1, 5)] == first_four


@given(
    amount=some.integers(1, 10**14),
    frequency=some.sampled_from(sorted(PAYMENTS)),
    start=some.dates(date(1950, 1, 1), date(2150, 1, 1)),
)
def test_two_years_of_months_are_two_years_of_payments(amount: int, frequency: str, start: date) -> None:
    first = start.replace(day=1)
    payments, months = PAYMENTS[frequency]
    total = sum(month_value(amount, frequency, add_months(first, number)) for number in range(24))
    whole = add_months(first, 0).year * 12 + first.month - 1
    exact = amount * payments * (whole + 24) // months - amount * payments * whole // months
    assert total == exact == amount * payments * 24 // months
