"""Words of one direction inside a sentence of the other (Unicode Standard Annex #9)."""

import unicodedata
from typing import Final

FIRST_STRONG: Final = "\u2068"
POP: Final = "\u2069"
RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def isolated(words: str) -> str:
    """A name for use inside a sentence. One with letters that run from right to left is set apart (FSI … PDI), so that
    what stands behind it, a date or another name, keeps its place; every other name is returned as it is.
    """
    if not any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in words):
        return words
    return f"{FIRST_STRONG}{words}{POP}"
