"""Reading calendar dates from text, exactly, and settling month-first against day-first per column."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Final

from core.errors import Refused
from core.quoting import quoted

FIRST_YEAR = 1950
"""No gift in any system that we read is older; a date before it is a slip of the keyboard."""

LAST_MONTH: Final = 12

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SLASH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


class DateOrder(Enum):
    """How the first two numbers of a slash date are to be read."""

    MONTH_FIRST = "M/D/YYYY"
    DAY_FIRST = "D/M/YYYY"


class WrongDate(Refused):
    """The text is not a date between 1950 and next year."""

    code = "date"
    status = 422


class AmbiguousDate(Refused):
    """Slash dates that nothing in their column settles, or that contradict each other."""

    code = "ambiguous_date"
    status = 422


def parse_date(text: str, *, today: date, order: DateOrder | None = None) -> date:
    """Read YYYY-MM-DD, D.M.YYYY (always day first) or a slash date in the given order; years 1950 to next year.

    Raises WrongDate for everything else, and AmbiguousDate for a slash date without an order that may be one.
    """
    text = text.strip(" \t\r\n")
    found = _parts(text, order)
    read = _calendar_date(*found) if found else None
    if found and read is None and (sentence := no_such_day(*found)):
        raise WrongDate(f"{quoted(text)}: {sentence}")
    if read is None or not FIRST_YEAR <= read.year <= today.year + 1:
        raise WrongDate(
            f"{quoted(text)} is not a date between {FIRST_YEAR} and {today.year + 1}. Write it like 2025-03-14."
        )
    return read


def no_such_day(year: int, month: int, day: int) -> str:
    """A sentence where the month has no such day: "There is no such day: February 2025 has 28 days."; else ""."""
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= 9999):
        return ""
    last = monthrange(year, month)[1]
    if last < day <= 31:
        return f"There is no such day: {month_name[month]} {year} has {last} days. Write the day that is meant."
    return ""


def no_such_day_in(text: str) -> str:
    """The same for a day as it is written in a form: YYYY-MM-DD or D.M.YYYY."""
    found = _ISO.fullmatch(text.strip()) or _DOTTED.fullmatch(text.strip())
    if not found:
        return ""
    parts = tuple(map(int, found.groups()))
    year, month, day = parts if len(found[1]) == 4 else parts[::-1]
    return no_such_day(year, month, day)


FAR = 50
"""Years ahead in which a promise may begin or end."""


def years_later(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the 28th, where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def order_of(texts: Iterable[str], *, today: date) -> DateOrder | None:
    """Settle how the slash dates of one column are to be read; None when the column has none.

    A date that can be read in one way only settles the whole column; a date whose day equals its month fits both.
    Texts that are no date either way say nothing. Raises AmbiguousDate.
    """
    settled: DateOrder | None = None
    open_question = any_slash = False
    for text in texts:
        if "/" not in text:
            continue
        readings = _readings(text, today)
        any_slash = any_slash or bool(readings)
        if len(readings) == 1:
            (only,) = readings
            if settled not in {None, only}:
                raise AmbiguousDate(
                    "Some dates are month first and others day first. Write all of them like 2025-03-14."
                )
            settled = only
        elif len(set(readings.values())) == 2:
            open_question = True
    if settled is None and open_question:
        raise AmbiguousDate("These dates can be read month first or day first. Write them like 2025-03-14.")
    return settled or (DateOrder.MONTH_FIRST if any_slash else None)


def _readings(text: str, today: date) -> dict[DateOrder, date]:
    """Return each order in which the text is a date in range."""
    readings = {}
    for order in DateOrder:
        try:
            readings[order] = parse_date(text, today=today, order=order)
        except WrongDate:
            continue
    return readings


def _parts(text: str, order: DateOrder | None) -> tuple[int, int, int] | None:
    """Split a written date into year, month and day, or None when it is written in no known way."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DOTTED.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    if not (found := _SLASH.fullmatch(text)):
        return None
    if order is None and int(found[1]) > LAST_MONTH and int(found[2]) > LAST_MONTH:
        return None
    if order is None:
        raise AmbiguousDate(f"{quoted(text)} can be read month first or day first. Write it like 2025-03-14.")
    month, day = (1, 2) if order is DateOrder.MONTH_FIRST else (2, 1)
    return int(found[3]), int(found[month]), int(found[day])


def _calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
