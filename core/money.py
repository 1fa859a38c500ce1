"""Exact money: integer minor units and a currency. No float, no rounding, no mixing of currencies."""

import copy
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import NumberPattern, get_currency_symbol

from core.currencies import EXPONENTS
from core.errors import Refused
from core.quoting import quoted

MAX_INTEGER_DIGITS = 12
"""10^12 units and more are refused: no gift is that large, and every sum stays far inside a bigint."""

_AMOUNT = re.compile(r"(?P<sign>-?)(?P<dollar>\$?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<part>[0-9]+))?")


class WrongAmount(Refused):
    """The text is not an amount of money."""

    code = "amount"
    message = "This is not an amount. Write it like 1234.50."
    status = 422


class TooManyDecimals(WrongAmount):
    """The text has more decimals than the currency knows."""

    code = "decimals"


class TooLarge(WrongAmount):
    """The amount is 10^12 or more."""

    code = "too_large"
    message = "The amount is 1,000,000,000,000 or more. Look for a slip of the keyboard."


class UnknownCurrency(Refused):
    """The code is not in ISO 4217."""

    code = "currency"
    status = 422


class DifferentCurrencies(Refused):
    """Amounts of two currencies were to be added or compared."""

    code = "different_currencies"


def exponent(currency: str) -> int:
    """Return the number of decimals of a currency (USD 2, KRW 0, KWD 3, CLF 4). Raises UnknownCurrency."""
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise UnknownCurrency(f"{quoted(currency)} is not a currency code of ISO 4217, like USD or EUR.") from None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (cents for USD, won for KRW) of one ISO 4217 currency; may be negative."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)
        if type(self.minor) is not int:
            raise TypeError("Money counts whole minor units: pass an int.")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same_currency(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same_currency(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._same_currency(other)

    def __le__(self, other: "Money") -> bool:
        return self.minor <= self._same_currency(other)

    def _same_currency(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise DifferentCurrencies(f"{self.currency} and {other.currency} cannot be added or compared.")
        return other.minor

    @property
    def decimal(self) -> Decimal:
        """The amount in units of the currency, with exactly its number of decimals."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def decimal_string(self) -> str:
        """Return the exact amount for machines: "1240.00", "-5.00", "400000", "12.345"; a point, no grouping."""
        places = exponent(self.currency)
        digits = str(abs(self.minor)).rjust(places + 1, "0")
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"

    def format(self, locale: str = "en_US") -> str:
        """Return the amount for people of a locale: "$1,240.00", "1.240,00 €", "₩400,000"; never rounded."""
        return _in_words(self, locale)


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as people and other systems write it, exactly.

    `-`, `$` (USD only), digits 0-9, commas only between groups of three, a point; `(12.00)` is minus twelve; zeros
    behind the last decimal of the currency are fine. Zero is an amount: whether it may stand is the caller's rule.
    Raises WrongAmount, TooManyDecimals, TooLarge, UnknownCurrency.
    """
    places = exponent(currency)
    text = text.strip(" \t\r\n")
    bracketed = text.startswith("(") and text.endswith(")")
    found = _AMOUNT.fullmatch(text[1:-1] if bracketed else text)
    if found is None or not (found["whole"] or found["part"]) or (bracketed and found["sign"]):
        raise WrongAmount(f"{quoted(text)} is not an amount. Write it like 1234.50.")
    if found["dollar"] and currency != "USD":
        raise WrongAmount(f"{quoted(text)} has a dollar sign, but the currency is {currency}.")
    whole = found["whole"].replace(",", "").lstrip("0")
    part = (found["part"] or "").rstrip("0")
    if len(whole) > MAX_INTEGER_DIGITS:
        raise TooLarge
    if len(part) > places:
        raise TooManyDecimals(f"{quoted(text)}: {_decimals(currency, places)}")
    minor = int((whole + part.ljust(places, "0")) or "0")
    return Money(-minor if bracketed or found["sign"] else minor, currency)


def _decimals(currency: str, places: int) -> str:
    """What to write in a currency with so many decimals."""
    if not places:
        return f"{currency} has no decimals. Write a whole number, like 1234."
    return f"{currency} has no more than {places} decimals. Write it like 1234.{'50'.ljust(places, '0')}."


@lru_cache(maxsize=4096)
def _in_words(money: Money, locale: str) -> str:
    """The amount for people. Promises are round, so that lists repeat them, and Babel takes 50 microseconds for one."""
    pattern = _pattern(locale, money.currency)
    shown: str = pattern.apply(money.decimal, Locale.parse(locale), currency=money.currency, currency_digits=False)
    return shown


@lru_cache(maxsize=512)
def _pattern(locale: str, currency: str) -> NumberPattern:
    """Return the locale's pattern with exactly the decimals of ISO 4217 (CLDR rounds some currencies in daily use).

    CLDR asks for a space between a number and a symbol of letters ("KWD 1.000"); Babel leaves it out.
    """
    pattern: NumberPattern = copy.copy(Locale.parse(locale).currency_formats["standard"])
    places = exponent(currency)
    pattern.frac_prec = (places, places)
    if get_currency_symbol(currency, locale)[-1].isalpha():
        positive, negative = pattern.prefix
        pattern.prefix = (_spaced(positive), _spaced(negative))
    return pattern


def _spaced(prefix: str) -> str:
    return prefix + "\u00a0" if prefix.endswith("¤") else prefix
