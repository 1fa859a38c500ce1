"""Figures of every script as ASCII, and blanks of every kind as one."""

import re
import unicodedata
from functools import lru_cache

_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
"""Hyphens, dashes and minus signs of all kinds."""
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=65_536)
def ascii_figures(text: str) -> str:
    """The text with figures 0-9 for those of Arabic, Persian, Devanagari and other scripts, plain blanks for blanks
    that do not break, "-" for a minus sign, and without signs of direction.
    """
    if text.isascii():
        return text.strip()
    plain = _BLANKS.sub(" ", _MARKS.sub("", text)).translate(_MINUS)
    return "".join(map(_figure, plain)).strip()


def _figure(sign: str) -> str:
    if sign.isascii():
        return sign
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
