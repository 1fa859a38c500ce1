"""When two writings are one name: one rule for what files bring and for records that stand already. Pure, since the
process that judges files has no database.
"""

import unicodedata
from typing import Final

from imports.reading.cells import without_invisible

GENERATIONS: Final = frozenset({"jr", "sr", "junior", "senior", "i", "ii", "iii", "iv", "v"})


def plain(text: str) -> str:
    """Return a name or address as it is compared: NFC, letter case, invisible characters and blanks evened out."""
    return " ".join(unicodedata.normalize("NFC", without_invisible(text)).casefold().split())


def generation(suffix: str) -> str:
    """Return "jr", "sr" or a number: what tells father and son apart, unlike "M.D."."""
    word = plain(suffix).strip(" .,")
    return word if word in GENERATIONS else ""


def words(text: str) -> tuple[str, ...]:
    """The words of a name without accents and signs, in any script: "O'Neil-Müller" is oneil, muller."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(sign))
    letters = "".join(sign if sign.isalnum() else "" if sign in "'’." else " " for sign in bare)
    return tuple(letters.split())


def script(text: str) -> str:
    """The script of the first letter, as Unicode names it: LATIN, CYRILLIC, HANGUL, CJK; "" without a letter."""
    first = next((sign for sign in text if sign.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0]
