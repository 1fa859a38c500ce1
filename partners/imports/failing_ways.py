"""Ways to reach a partner that their system knows to be dead, and the days that it tells."""

import datetime as dt
import re
from collections.abc import Iterator

from core.dates import DateOrder, parse_date
from core.errors import Refused
from partners.imports.context import Context
from partners.imports.judged import FailingWay
from partners.imports.row_notes import Reading

_EMAIL = re.compile(r"[^\s@,;:<>\"()\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,9}[^\W\d_][\w-]{1,62}")
NO = frozenset({"no", "n", "false", "0"})
_MARKS = {
    "email_valid": ("email", "partner", "email", "email_changed"),
    "email_2_valid": ("email", "partner", "email_2", ""),
    "email_3_valid": ("email", "partner", "email_3", ""),
    "spouse_email_valid": ("email", "spouse", "spouse_email", ""),
    "phone_valid": ("phone", "partner", "phone", "phone_changed"),
    "mobile_phone_valid": ("phone", "partner", "mobile_phone", ""),
    "phone_2_valid": ("phone", "partner", "phone_2", ""),
}
"""Fact that says no -> which way is dead, and the fact that tells since when."""


def is_email(text: str) -> bool:
    """Say whether the text looks like one e-mail address; whether it works is shown by sending."""
    return _EMAIL.fullmatch(text) is not None


def failing_ways(reading: Reading, context: Context) -> Iterator[FailingWay]:
    """The e-mail addresses and phones of a row that its system marks as dead, each once."""
    seen: set[str] = set()
    for valid, (kind, whose, fact, changed) in _MARKS.items():
        way = reading.text(fact)
        if way and way not in seen and reading.text(valid).casefold() in NO and (kind == "phone" or is_email(way)):
            seen.add(way)
            yield FailingWay(kind, whose, way, day_of(reading, changed, context))


def day_of(reading: Reading, fact: str, context: Context) -> dt.date | None:
    """The day that a cell tells, None where it tells none."""
    text = reading.text(fact).split(" ")[0]
    order = DateOrder.MONTH_FIRST if reading.layout.month_first else None
    try:
        day = parse_date(text, today=context.today, order=order) if text else None
    except Refused:
        return None
    return day if day and day <= context.today else None
