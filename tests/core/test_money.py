"""Money is exact: parsing, adding, showing."""

import operator
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.currencies import EXPONENTS
from core.money import (
    DifferentCurrencies,
    Money,
    TooLarge,
    TooManyDecimals,
    UnknownCurrency,
    WrongAmount,
    exponent,
    parse_amount,
)

currencies = st.sampled_from(sorted(EXPONENTS))
LIMIT = 10**12


@st.composite
def moneys(draw: st.DrawFn) -> Money:
    currency = draw(currencies)
    top = LIMIT * 10 ** EXPONENTS[currency] - 1
    return Money(draw(st.integers(-top, top)), currency)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1234.5", "USD", 123450),
        ("$1,234.56", "USD", 123456),
        ("-$5.00", "USD", -500),
        (".50", "USD", 50),
        ("(12.00)", "USD", -1200),
        ("($1,200.00)", "USD", -120000),
        (" 1000.0000 ", "USD", 100000),
        ("0012", "USD", 1200),
        ("-0", "USD", 0),
        ("400000.00", "KRW", 400000),
        ("12.345", "KWD", 12345),
        ("1.2345", "CLF", 12345),
        ("999999999999.99", "USD", 99999999999999),
        ("1,234,567", "JPY", 1234567),
    ],
)
def test_amounts_are_read_exactly(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            ".",
            "-",
            "$",
            "()",
            "1e3",
            "1_000",
            "NaN",
            "Infinity",
            "1,5",
            "1,2345",
            "1234,567",
            ",123",
            "1,234,",
        ),
        *("12.00-", "+5", "１２", "١٢٥", "1 000", "- 5", "$-5", "--5", "(-5)", "(5", "5)", "0x10", "1.2.3", "5."),
        *("1.1,000", "€5", "\u00a05", "5\u200b", "12,00"),
    ],
)
def test_everything_else_is_no_amount(text: str) -> None:
    with pytest.raises(WrongAmount) as caught:
        parse_amount(text, "USD")
    assert caught.value.code == "amount"


@pytest.mark.parametrize(("text", "currency"), [("$5.00", "CAD"), ("-$5", "EUR"), ("($5)", "KRW")])
def test_a_dollar_sign_belongs_to_usd_only(text: str, currency: str) -> None:
    with pytest.raises(WrongAmount):
        parse_amount(text, currency)


@pytest.mark.parametrize(("text", "currency"), [("12.345", "USD"), ("0.001", "USD"), ("5.5", "KRW"), ("1.2345", "KWD")])
def test_more_decimals_than_the_currency_has_are_refused(text: str, currency: str) -> None:
    with pytest.raises(TooManyDecimals) as caught:
        parse_amount(text, currency)
    assert caught.value.code == "decimals"


@pytest.mark.parametrize("text", ["1000000000000", "-1,000,000,000,000.00", "9" * 90_000])
def test_a_million_millions_are_too_large(text: str) -> None:
    with pytest.raises(TooLarge) as caught:
        parse_amount(text, "USD")
    assert (caught.value.code, len(str(caught.value)) < 200) == ("too_large", True)


@pytest.mark.parametrize("currency", ["XXZ", "usd", "", "XXX", "XAU"])
def test_only_currencies_of_the_table_are_money(currency: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(1, currency)
    with pytest.raises(UnknownCurrency):
        parse_amount("1", currency)


def test_currencies_are_never_mixed() -> None:
    for mixed in (operator.add, operator.sub, operator.lt, operator.le):
        with pytest.raises(DifferentCurrencies):
            mixed(Money(1, "USD"), Money(1, "EUR"))


def test_money_holds_whole_minor_units_only() -> None:
    for wrong in (1.0, Decimal(1), True):
        with pytest.raises(TypeError):
            Money(wrong, "USD")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("money", "locale", "shown"),
    [
        (Money(124000, "USD"), "en_US", "$1,240.00"),
        (Money(-500, "USD"), "en_US", "-$5.00"),
        (Money(124000, "EUR"), "de_DE", "1.240,00\u00a0€"),
        (Money(400000, "KRW"), "en_US", "₩400,000"),
        (Money(12345, "KWD"), "en_US", "KWD\u00a012.345"),
        (Money(150, "IQD"), "en_US", "IQD\u00a00.150"),
        (Money(99999999999999, "USD"), "en_US", "$999,999,999,999.99"),
    ],
)
def test_people_see_their_own_way_of_writing(money: Money, locale: str, shown: str) -> None:
    assert money.format(locale) == shown


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(124000, "USD"), "1240.00"),
        (Money(-5, "USD"), "-0.05"),
        (Money(0, "KWD"), "0.000"),
        (Money(7, "JPY"), "7"),
    ],
)
def test_machines_get_the_exact_decimal(money: Money, text: str) -> None:
    assert money.decimal_string() == text


@given(moneys())
def test_what_is_written_is_read_back(money: Money) -> None:
    text = money.decimal_string()
    assert parse_amount(text, money.currency) == money
    assert Decimal(text) == money.decimal
    assert parse_amount(f"{money.decimal:,f}", money.currency) == money
    assert pickle.loads(pickle.dumps(money)) == money


@given(moneys())
def test_format_loses_no_digit(money: Money) -> None:
    shown = money.format("en_US")
    assert "".join(c for c in shown if c.isdigit()) == str(abs(money.minor)).rjust(exponent(money.currency) + 1, "0")


@given(currencies, st.lists(st.integers(-(10**16), 10**16)))
def test_sums_are_exact(currency: str, minors: list[int]) -> None:
    total = sum((Money(minor, currency) for minor in minors), start=Money(0, currency))
    assert total.decimal == sum((Money(minor, currency).decimal for minor in minors), start=Decimal(0))
    assert total - total == Money(0, currency)


@given(st.text(max_size=60), currencies)
def test_any_text_is_an_amount_or_refused(text: str, currency: str) -> None:
    try:
        money = parse_amount(text, currency)
    except WrongAmount:
        return
    assert abs(money.minor) < LIMIT * 10 ** exponent(currency)
