"""Days that known formats may write in other ways: eight figures, and years of two figures, which are read only where
the whole column can be read in one order.
"""

import re
from collections.abc import Sequence
from datetime import date

from core.dates import FIRST_YEAR
from imports.reading.findings import FileRefused
from imports.reading.written_days import ORDERS, iso_day

_COMPACT = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}")


def plain_day(text: str, order: str, today: date) -> str:
    """A day of eight figures, or of a year of two figures in this order, with dashes; else the text."""
    if found := _COMPACT.fullmatch(text):
        return "-".join(found.groups())
    if order and _SHORT_YEAR.fullmatch(text):
        return iso_day(text, order, latest_year=today.year + 1) or text
    return text


def has_short_years(days: Sequence[str]) -> bool:
    """Whether every day that is told has a year of two figures."""
    told = [day for day in days if day]
    return bool(told) and all(map(_SHORT_YEAR.fullmatch, told))


def short_year_order(days: Sequence[str], column: str, today: date) -> str:
    """The one order in which all days of two-figured years are days between 1950 and next year; "" where the years have
    four figures. Raises FileRefused ambiguous_date where there are several such orders, or none.
    """
    if not has_short_years(days):
        return ""
    possible = [order for order in ORDERS if all(_is_day(day, order, today) for day in days if day)]
    if len(possible) == 1:
        return possible[0]
    raise FileRefused("ambiguous_date", short_years_sentence(days, column))


def short_years_sentence(days: Sequence[str], column: str) -> str:
    """What a person reads who is to say which figure is the year."""
    first = next(day for day in days if day)
    return (
        f"Column {column}: the years have two figures, as in {first}, so nothing says which figure is the year. "
        "Map the columns and say in which order the file writes its days."
    )


def _is_day(text: str, order: str, today: date) -> bool:
    read = iso_day(text, order, latest_year=today.year + 1)
    return read != "" and int(read[:4]) >= FIRST_YEAR
