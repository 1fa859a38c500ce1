"""What a spreadsheet program would run instead of showing it (trust rule T12). Pure: who reads files needs it too."""

import re

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
STARTS_A_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
GUARD = "'"
"""Stands before text that would be run: spreadsheets then show the rest as text."""


def guarded(text: str) -> str:
    """Text for a cell: what would start a formula gets an apostrophe in front; numbers, negative ones too, stay."""
    return text if NUMBER.fullmatch(text) or not STARTS_A_FORMULA.match(text) else f"{GUARD}{text}"


def guarded_once_more(text: str) -> str:
    """The same so that it can be taken away again: text that looks guarded already gets one more apostrophe."""
    looks_guarded = text.startswith(GUARD) and STARTS_A_FORMULA.match(text.lstrip(GUARD)) is not None
    return f"{GUARD}{text}" if looks_guarded else guarded(text)


def without_guard(text: str) -> str:
    """What was guarded, as it was."""
    return text[1:] if text.startswith(GUARD) and STARTS_A_FORMULA.match(text.lstrip(GUARD)) else text
