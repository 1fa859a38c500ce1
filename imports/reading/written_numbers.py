"""Numbers as files of any country write them, and the sign of money that may stand beside them."""

import re
from functools import lru_cache
from typing import NamedTuple

from imports.reading.digits import ascii_figures

MARKS = (".", ",")
_GROUPS = {".": ",", ",": "."}
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_MONEY = re.compile(r"[^\d\s.,()'’\-+٫٬]{1,4}\.?")
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "BZD", "JMD", "FJD", "XCD"})
SIGNS: dict[str, frozenset[str]] = {
    "$": _DOLLARS,
    "us$": frozenset({"USD"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₩": frozenset({"KRW"}),
    "₹": frozenset({"INR"}),
    "₱": frozenset({"PHP"}),
    "₦": frozenset({"NGN"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "₺": frozenset({"TRY"}),
    "฿": frozenset({"THB"}),
    "r$": frozenset({"BRL"}),
    "fr": frozenset({"CHF"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "ft": frozenset({"HUF"}),
    "lei": frozenset({"RON"}),
}
"""A sign of money -> the currencies that it may stand for."""


class Written(NamedTuple):
    """A number with a point and nothing else, "" for none; and the sign or code of money beside it, in small
    letters.
    """

    number: str
    money: str = ""

    def fits(self, currency: str) -> bool:
        """Whether the sign may stand for this currency."""
        return not self.money or self.money == currency.casefold() or currency in SIGNS.get(self.money, ())

    @property
    def currency(self) -> str:
        """The currency that the sign can only be, or ""."""
        meant = SIGNS.get(self.money, frozenset())
        if len(meant) == 1:
            return next(iter(meant))
        return self.money.upper() if len(self.money) == 3 and self.money.isascii() and self.money.isalpha() else ""


@lru_cache(maxsize=65_536)
def number_in(text: str, mark: str) -> Written:
    """Read a number written with this decimal mark: groups of three (or as in India) parted by the other mark, a blank
    or an apostrophe; a minus in front or behind, or brackets; money before or behind it.
    """
    bare = ascii_figures(text)
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1].strip() if negative else bare
    signs = {found.casefold().rstrip(".") for found in _MONEY.findall(bare)}
    bare = _MONEY.sub("", bare).strip()
    for end in (bare[:1], bare[-1:]):
        if end in "+-" and end:
            if negative:
                return Written("")
            negative = end == "-"
            bare = bare[1:] if end == bare[:1] else bare[:-1]
            break
    number = _ungrouped(bare.strip(), mark)
    if not number or len(signs) > 1:
        return Written("")
    return Written(f"-{number}" if negative else number, next(iter(signs), ""))


def _ungrouped(text: str, mark: str) -> str:
    """Digits and perhaps a point; "" when the text is written otherwise."""
    text = text.replace("٫", mark).replace("٬", _GROUPS[mark])
    whole, _, part = text.partition(mark)
    if mark in part or (part and not part.isdigit()) or (text.endswith(mark) and not whole):
        return ""
    for group in (_GROUPS[mark], " ", "'", "’"):
        if group in whole:
            pattern = rf"\d{{1,3}}(?:{re.escape(group)}\d{{2,3}})*{re.escape(group)}\d{{3}}"
            if not re.fullmatch(pattern, whole):
                return ""
            whole = whole.replace(group, "")
            break
    number = f"{whole}.{part}" if part else whole
    return number if number.isascii() and _PLAIN.fullmatch(number) else ""


_COMMA_SURELY = re.compile(r"[^,]*,(?:\d{1,2}|\d{4,})|.*\.\d{3},\d+")
_POINT_SURELY = re.compile(r"[^.]*\.(?:\d{1,2}|\d{4,})|.*,\d{3}\.\d+")


def mark_of(text: str) -> str:
    """The decimal mark that a number can only have, or ""."""
    bare = _MONEY.sub("", ascii_figures(text)).strip(" ()+-")
    if not any(sign.isdigit() for sign in bare) or any(sign.isalpha() for sign in bare):
        return ""
    for mark, surely in ((",", _COMMA_SURELY), (".", _POINT_SURELY)):
        if surely.fullmatch(bare) and number_in(bare, mark).number:
            return mark
    return ""
