"""What a caller says, typed into one field: a name, a telephone number, an amount, a number of a check. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from core.currencies import EXPONENTS

LONGEST: Final = 100
FEWEST_DIGITS: Final = 5
"""Fewer digits are no telephone number."""
TAIL: Final = 7
"""So many digits stand at the end of a number, however its prefix is written."""
MOST_DIGITS: Final = 12
"""An amount of more digits is a slip of the keyboard."""
SIGNS: Final = {"$": "", "US$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW", "¥": "", "₹": "INR", "CHF": "CHF"}
"""Signs of money, and the currency where a sign has one only."""
ABOUT_A_NUMBER: Final = frozenset({"check", "cheque", "ck", "no", "no.", "nr", "nr.", "number", "receipt", "gift", "#"})
"""Words before a number that say nothing about who called."""
POINTS: Final = str.maketrans({"٫": ".", "٬": ",", "’": "'", "\u00a0": " ", "\u202f": " "})
AMOUNT: Final = re.compile(r"[0-9]+(?:[.,' ][0-9]+)*")


@dataclass(frozen=True)
class Sum:
    """What an amount may mean in the currencies of one number of decimals: minor units. `currency` where it was
    said.
    """

    exponent: int
    minor: int
    currency: str = ""


@dataclass(frozen=True)
class Heard:
    """One field taken apart. `words` are parts of a name, `number` is what a check or a giver may be called by."""

    text: str
    words: tuple[str, ...] = ()
    number: str = ""
    digits: str = ""
    email: str = ""
    sums: tuple[Sum, ...] = ()

    @property
    def numbers_a_gift(self) -> bool:
        """Whether a check or a gift may be called so: by figures, or by a word with some."""
        return bool(self.number) and (not self.words or bool(self.sums) or any(map(str.isdigit, self.number)))


def heard(text: str) -> Heard:
    """Read the field. Digits of all scripts are read as 0 to 9."""
    said = " ".join(plain(text)[:LONGEST].split())
    if "@" in said:
        return Heard(said, email=said.lower())
    parts = [part for part in said.split(" ") if part.lower() not in ABOUT_A_NUMBER]
    rest = " ".join(parts)
    if not any(sign.isalpha() for sign in without_currency(rest)[0]):
        return Heard(said, number=rest.lstrip("#"), digits=digits_of(rest), sums=sums_of(rest))
    named = [part for part in parts if not is_figure(part)]
    figures = [part for part in parts if is_figure(part)]
    if not figures:
        return Heard(said, words=tuple(named), number=rest)
    return Heard(said, words=named_words(named), number=figures[0].lstrip("#"), sums=sums_of(money_part(parts)))


def plain(text: str) -> str:
    """The text with digits 0 to 9, whatever the script, and one kind of each sign."""
    signs = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.replace("\0", ""))
    return "".join(signs).translate(POINTS)


def is_figure(part: str) -> bool:
    """Whether a word is a number, with or without a sign of money."""
    return bool(AMOUNT.fullmatch(without_currency(part)[0].strip("#")))


def named_words(parts: list[str]) -> tuple[str, ...]:
    """The words of a name, without what tells the currency."""
    return tuple(part for part in parts if part not in SIGNS and part.upper() not in EXPONENTS)


def money_part(parts: list[str]) -> str:
    """The figures of a line, with the currency beside them."""
    return " ".join(part for part in parts if is_figure(part) or part in SIGNS or part.upper() in EXPONENTS)


def digits_of(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def without_currency(text: str) -> tuple[str, str]:
    """The text without a sign or code of money at either end, and the currency that it says, "" for none."""
    said = text.strip()
    for sign in sorted(SIGNS, key=len, reverse=True):
        if said.startswith(sign) or said.endswith(sign):
            return said.removeprefix(sign).removesuffix(sign).strip(), SIGNS[sign]
    for code in (said[:3].upper(), said[-3:].upper()):
        rest = said[3:] if said[:3].upper() == code else said[:-3]
        if code in EXPONENTS and rest.strip()[:1].isdigit():
            return rest.strip(), code
    return said, ""


def sums_of(text: str) -> tuple[Sum, ...]:
    """Every amount in minor units that the text may mean, each once."""
    figure, currency = without_currency(text)
    figure = figure.removesuffix(".-").removesuffix(",-").removesuffix("-")
    if not AMOUNT.fullmatch(figure) or len(digits_of(figure)) > MOST_DIGITS:
        return ()
    exponents = [EXPONENTS[currency]] if currency else sorted(set(EXPONENTS.values()))
    found = (
        Sum(exponent, int(value.scaleb(exponent)), currency)
        for value in dict.fromkeys(values_of(figure))
        for exponent in exponents
        if value.scaleb(exponent) == int(value.scaleb(exponent)) and value
    )
    return tuple(dict.fromkeys(found))


def values_of(figure: str) -> Iterator[Decimal]:
    """What figures may mean: of two signs the last one stands before the decimals; one sign before three figures may
    stand between thousands, or before the decimals of a dinar.
    """
    figure = figure.replace("'", "").replace(" ", "")
    signs = [sign for sign in figure if sign in ".,"]
    if not signs:
        yield Decimal(figure)
        return
    last = signs[-1]
    whole, _, part = figure.rpartition(last)
    if signs.count(last) == 1:
        yield Decimal(f"{digits_of(whole)}.{part}")
    if len(set(signs)) == 1 and all(len(group) == 3 for group in figure.split(last)[1:]):
        yield Decimal(digits_of(figure))


@lru_cache(maxsize=8)
def currencies_of(exponent: int) -> tuple[str, ...]:
    """The currencies with so many decimals."""
    return tuple(sorted(code for code, places in EXPONENTS.items() if places == exponent))


def same_telephone(one: str, two: str) -> bool:
    """Whether two rows of digits are one number: the longer ends with the shorter, prefixes and leading zeros aside."""
    short, long = sorted((one.lstrip("0"), two.lstrip("0")), key=len)
    return len(short) >= FEWEST_DIGITS and long.endswith(short)
