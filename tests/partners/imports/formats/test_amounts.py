"""Amounts in the writing of other countries: exact, and what is none is never taken for one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.money import Money, parse_amount
from partners.imports.formats.amounts import decimal_mark, is_balanced, monthly, months_of, with_point

CENTS = st.integers(-(10**13), 10**13)


def german(minor: int) -> str:
    """As a German bank writes cents: 1.234,56."""
    whole, part = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole:,}".replace(",", ".") + f",{part:02d}"


@given(CENTS)
def test_a_decimal_comma_is_read_to_the_cent(minor: int) -> None:
    assert parse_amount(with_point(german(minor), ","), "EUR") == Money(minor, "EUR")


@given(CENTS)
def test_a_decimal_comma_is_told_from_a_point(minor: int) -> None:
    assert decimal_mark([german(minor)]) == ","
    assert decimal_mark([Money(minor, "USD").decimal_string()]) == "."


@given(st.text(alphabet="0123456789.,-+ €eE()", max_size=12))
def test_what_is_no_german_amount_is_refused_and_never_another_amount(text: str) -> None:
    try:
        money = parse_amount(with_point(text, ","), "EUR")
    except Refused:
        return
    bare = text.strip().lstrip("-")
    assert set(bare) <= set("0123456789.,")
    assert bare.count(",") <= 1
    whole, _, part = bare.partition(",")
    assert Decimal(f"{whole.replace('.', '')}.{part or 0}") == abs(money.decimal)
    assert all(len(group) == 3 for group in whole.split(".")[1:])


@pytest.mark.parametrize("text", ["1.5", "1.23,45", "1,2,3", "12 345,00", "1e3", ",", "."])
def test_no_german_amounts(text: str) -> None:
    with pytest.raises(Refused):
        parse_amount(with_point(text, ","), "EUR")


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**6))
def test_net_is_gross_less_fee(gross: int, fee: int) -> None:
    told = [Money(each, "USD").decimal_string() for each in (gross, fee, gross - fee)]
    assert is_balanced(*told)
    assert not is_balanced(told[0], told[1], Money(gross - fee + 1, "USD").decimal_string())
    negative = Money(-fee, "USD").decimal_string()
    assert is_balanced(told[0], negative, told[2], fee_is_negative=True)


@pytest.mark.parametrize(
    "cells", [("", "", ""), ("1", "", ""), ("x", "1", "2"), ("NaN", "1", "2"), ("1e999", "0", "1")]
)
def test_what_cannot_be_read_is_said_elsewhere(cells: tuple[str, str, str]) -> None:
    assert is_balanced(*cells) is (cells[0] != "1e999")


@pytest.mark.parametrize(
    ("word", "months"),
    [
        ("Monthly", "1"),
        ("annual", "12"),
        ("Every 2 Months", "2"),
        ("quarterly", "3"),
        (".23077", "0.23077"),
        ("12", "12"),
    ],
)
def test_frequencies_are_words_or_months(word: str, months: str) -> None:
    assert months_of(word) == Decimal(months)


@pytest.mark.parametrize(
    ("amount", "frequency", "each_month"), [("100", "Quarterly", "33.33"), ("", "Monthly", "0"), ("5", "0", "0")]
)
def test_a_promise_by_the_month(amount: str, frequency: str, each_month: str) -> None:
    assert monthly(amount, frequency) == Decimal(each_month)
