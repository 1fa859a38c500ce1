"""Reading what a processor's row moves; what cannot be read is said by the rules of gifts, and moves nothing."""

import datetime as dt

from core.dates import AmbiguousDate, DateOrder, WrongDate, parse_date
from core.errors import Refused
from core.money import Money, parse_amount


def money_or_none(text: str, currency: str) -> Money | None:
    """The amount in a cell, or None where it is empty or cannot be read."""
    if not text:
        return None
    try:
        return parse_amount(text, currency)
    except Refused:
        return None


def day_or_none(text: str, today: dt.date, order: DateOrder | None = None) -> dt.date | None:
    """The day of a moment, or None where it cannot be read."""
    try:
        return parse_date(text.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0], today=today, order=order)
    except (WrongDate, AmbiguousDate):
        return None
