"""Dates in files: three ways to write them, and the order of slash dates settled per column."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.dates import AmbiguousDate, DateOrder, WrongDate, order_of, parse_date, years_later
from core.forms import DayField

TODAY = date(2026, 11, 21)
MONTH, DAY = DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("2025-03-14", None, date(2025, 3, 14)),
        ("14.3.2025", None, date(2025, 3, 14)),
        ("04.03.2025", MONTH, date(2025, 3, 4)),
        ("3/4/2025", MONTH, date(2025, 3, 4)),
        ("03/04/2025", DAY, date(2025, 4, 3)),
        (" 2024-02-29 ", None, date(2024, 2, 29)),
        ("1950-01-01", None, date(1950, 1, 1)),
        ("2027-12-31", None, date(2027, 12, 31)),
    ],
)
def test_dates_are_read(text: str, order: DateOrder | None, read: date) -> None:
    assert parse_date(text, today=TODAY, order=order) == read


@pytest.mark.parametrize(
    "text",
    [
        *("", "2025-02-30", "2025-3-4", "03/14/25", "00/00/0000", "9999-12-31", "1949-12-31", "2028-01-01", "20250314"),
        *("14/03/2025", "２０２５-03-14", "2025/03/14", "March 14, 2025", "2025-03-14T00:00:00", "31.04.2025"),
    ],
)
def test_everything_else_is_no_date(text: str) -> None:
    with pytest.raises(WrongDate) as caught:
        parse_date(text, today=TODAY, order=MONTH)
    assert caught.value.code == "date"


def test_a_slash_date_needs_an_order() -> None:
    with pytest.raises(AmbiguousDate):
        parse_date("03/14/2025", today=TODAY)
    with pytest.raises(WrongDate, match="is not a date"):
        parse_date("13/14/2025", today=TODAY)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        ([], None),
        (["2025-03-04", "4.3.2025", "nonsense"], None),
        (["03/04/2025", "03/14/2025"], MONTH),
        (["14/03/2025", "03/04/2025", "2025-01-01"], DAY),
        (["03/03/2025", "12/12/2025"], MONTH),
        (["00/00/0000", "13/13/2025"], None),
        (["03/04/2025", "02/30/2025", "31/12/2025"], DAY),
    ],
)
def test_a_column_settles_its_order(texts: list[str], order: DateOrder | None) -> None:
    assert order_of(texts, today=TODAY) is order


@pytest.mark.parametrize(
    "texts", [["03/04/2025"], ["03/04/2025", "03/14/25"], ["14/03/2025", "03/14/2025"], ["03/03/2025", "01/02/2025"]]
)
def test_a_column_that_settles_nothing_is_ambiguous(texts: list[str]) -> None:
    with pytest.raises(AmbiguousDate):
        order_of(texts, today=TODAY)


@given(st.lists(st.dates(date(1950, 1, 1), date(2027, 12, 31)), min_size=1), st.sampled_from(DateOrder))
def test_a_column_is_read_right_or_refused(days: list[date], order: DateOrder) -> None:
    written = [f"{d.month}/{d.day}/{d.year}" if order is MONTH else f"{d.day}/{d.month}/{d.year}" for d in days]
    try:
        settled = order_of(written, today=TODAY)
    except AmbiguousDate:
        return
    assert [parse_date(text, today=TODAY, order=settled) for text in written] == days


def test_a_leap_day_years_later_is_the_28th_where_there_is_none() -> None:
    leap = date(2028, 2, 29)
    assert (years_later(leap, 50), years_later(leap, 4)) == (date(2078, 2, 28), date(2032, 2, 29))
    assert years_later(date(2026, 3, 1), 50) == date(2076, 3, 1)


@pytest.mark.parametrize("text", ["31.02.2025", "2025-02-31", "2/31/2025"])
def test_a_day_that_its_month_has_not_is_told_so(text: str) -> None:
    with pytest.raises(WrongDate, match="There is no such day: February 2025 has 28 days"):
        parse_date(text, today=TODAY, order=MONTH)


def test_a_form_tells_it_too_and_nothing_of_what_is_no_day_at_all() -> None:
    for text, told in (("31.04.2025", "April 2025 has 30 days"), ("2025-13-01", "valid date"), ("soon", "valid date")):
        with pytest.raises(ValidationError, match=told):
            DayField().clean(text)
