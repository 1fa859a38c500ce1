"""Cells of files that other systems read back: text that a spreadsheet would run is guarded so that the guard can be
taken away again, and what no file format holds is left out.
"""

import re
from datetime import date

from core.formulas import guarded_once_more
from core.money import Money

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TELEPHONE = re.compile(r"\+?[\d\s()./\-]+(?:\s*(?:x|ext\.?)\s*\d+)?", re.ASCII | re.IGNORECASE)
"""A telephone number computes nothing, though it begins with a plus."""
YES = "yes"


def kept(text: str) -> str:
    """Text without control characters, which no system that reads files takes."""
    return CONTROL.sub("", text)


def harmless(text: str) -> str:
    """The same, guarded: for files that people open in spreadsheets."""
    return guarded_once_more(kept(text))


def harmless_or_telephone(text: str) -> str:
    """The same, telephone numbers as they are: for TntConnect, which would dial the guard."""
    return kept(text) if TELEPHONE.fullmatch(text) else harmless(text)


def exact(minor: int, currency: str) -> str:
    """An amount: "1240.00"."""
    return Money(minor, currency).decimal_string()


def month_first(day: date) -> str:
    """A day as DataSync writes it: "6/30/2026"."""
    return f"{day.month}/{day.day}/{day.year}"
