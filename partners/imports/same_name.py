"""When two writings are one name."""

import unicodedata

from imports.reading.cells import without_invisible


def plain(text: str) -> str:
    """Return a name or address as it is compared: NFC, letter case, invisible characters and blanks evened out."""
    return " ".join(unicodedata.normalize("NFC", without_invisible(text)).casefold().split())
