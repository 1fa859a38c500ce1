"""Months and fiscal years."""

from datetime import date
from fractions import Fraction

import pytest

from core.periods import add_months, elapsed, fiscal_year_bounds


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_fiscal_year_is_named_after_its_end() -> None:
    assert fiscal_year_bounds(2027, 7) == (date(2026, 7, 1), date(2027, 6, 30))
    assert fiscal_year_bounds(2027, 1) == (date(2027, 1, 1), date(2027, 12, 31))


def test_elapsed_stays_between_nothing_and_all() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 10)
    assert elapsed(first, last, date(2025, 12, 31)) == 0
    assert elapsed(first, last, date(2026, 1, 5)) == Fraction(1, 2)
    assert elapsed(first, last, date(2027, 1, 1)) == 1
