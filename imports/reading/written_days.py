"""Days as files of any country write them: the order of day, month and year is known, and stands proved in the file."""

import re
from datetime import date, timedelta
from functools import lru_cache

from babel import Locale

from imports.reading.digits import ascii_figures

ORDERS = ("dmy", "mdy", "ymd")
"""Day, month, year; month, day, year; year, month, day."""
COUNTED_FROM = date(1899, 12, 30)
"""Workbooks count days from here."""
_SEPARATOR = r"\s*[./\-\s]\s*"
_NUMERIC = re.compile(rf"(\d{{1,4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,4}})\.?(?:[T ,]+\d{{1,2}}[:.]\d{{2}}.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[.\-/ ]*(?:de )?([^\W\d_]{3,12})\.?[,.\-/ ]*(?:de |del )?(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?[\-/ ]+(\d{1,2})(?:st|nd|rd|th)?[,.\-/ ]+(\d{4}|\d{2})")
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.\d+)?")
_LANGUAGES = ("en", "de", "fr", "es", "pt", "nl", "it")
_JAPANESE = str.maketrans({"年": "-", "月": "-", "日": "", "년": "-", "월": "-", "일": ""})


def iso_day(text: str, order: str, *, latest_year: int, counted: bool = False) -> str:
    """The day as YYYY-MM-DD; "" for what is no day in this order. A year of four figures in front is a year in every
    order; of two figures it is of this century up to `latest_year`. counted: a number may be a day of a workbook.
    """
    bare = ascii_figures(text).translate(_JAPANESE).strip()
    if counted and (serial := _SERIAL.fullmatch(bare)):
        return (COUNTED_FROM + timedelta(days=int(serial[1]))).isoformat()
    return _iso(*parts) if (parts := _parts(bare, order, latest_year)) else ""


def _parts(text: str, order: str, latest_year: int) -> tuple[int, int, int] | None:
    """Year, month and day."""
    if found := _NUMERIC.fullmatch(text):
        return _ordered((found[1], found[2], found[3]), order, latest_year)
    if order == "ymd" and (found := _COMPACT.fullmatch(text)):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(text):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        name, day, year = found.groups()
    else:
        return None
    month = _months().get(name.casefold())
    return (_year(year, latest_year), month, int(day)) if month else None


def _ordered(parts: tuple[str, str, str], order: str, latest_year: int) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers."""
    if len(parts[0]) > 2:
        order = "ymd"
    year, month, day = (parts[order.index(name)] for name in "ymd")
    if len(year) == 3 or len(day) > 2:
        return None
    return _year(year, latest_year), int(month), int(day)


def _year(text: str, latest_year: int) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if 2000 + year <= latest_year else 1900 + year


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """The names of months in the languages that we read, whole and cut short."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale(language).months
        for kind in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[kind][width].items():
                    found.setdefault(name.casefold().rstrip("."), number)
    return found


def orders_of(text: str, *, latest_year: int) -> frozenset[str]:
    """The orders in which a day of numbers can be read; nothing for what is no such day, or whose year stands first."""
    found = _NUMERIC.fullmatch(ascii_figures(text))
    if found is None or len(found[1]) > 2:
        return frozenset()
    parts = found[1], found[2], found[3]
    orders = ORDERS if len(found[3]) < 3 else ORDERS[:2]
    return frozenset(order for order in orders if (read := _ordered(parts, order, latest_year)) and _iso(*read))
