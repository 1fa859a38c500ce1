"""Rules that hold for any cell of any file, whatever it means."""

import re

from imports.reading.letters import BAD_LETTER
from imports.reading.limits import MAX_CELL

BLANK = " \t\r\n"
"""What is taken off both ends of a cell; other systems write one space for "nothing"."""

_SUSPECT = re.compile(f"[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f{BAD_LETTER}]")
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u00ad]")
_FORMULA = re.compile(r"[=@]|[+-][^\W\d_]")


def bad_cells(cells: tuple[str, ...]) -> list[tuple[int, str]]:
    """Return (position, code) of each cell that cannot be taken: encoding, control_character, too_long."""
    joined = ",".join(cells)
    if len(joined) <= MAX_CELL and not _SUSPECT.search(joined):
        return []
    return [(place, code) for place, cell in enumerate(cells) if (code := _trouble(cell))]


def _trouble(cell: str) -> str:
    if len(cell) > MAX_CELL:
        return "too_long"
    if BAD_LETTER in cell:
        return "encoding"
    return "control_character" if _CONTROL.search(cell) else ""


def without_invisible(text: str) -> str:
    """Take out bidi overrides and isolates, U+200B, U+2060, U+FEFF and U+00AD.

    U+200C and U+200D stay: they belong to names in Persian, Hindi and other scripts.
    """
    return _INVISIBLE.sub("", text)


def legible(text: str) -> str:
    """A name that a file gives to a column or a heading: signs that cannot be read or kept become U+FFFD."""
    return without_invisible(_SUSPECT.sub("\ufffd", text)).strip(BLANK)


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet would run the text: it begins with =, @, or + or - and a letter."""
    return _FORMULA.match(text) is not None
