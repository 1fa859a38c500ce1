"""Several words in one cell, parted by commas; one that holds a comma stands in quotes, as in a line of CSV."""

import csv
import io
from collections.abc import Iterable

LONGEST = 60
"""As long as the name of a tag."""


def words_of(cell: str) -> tuple[str, ...]:
    """The words of a cell, each once however it is written, cut to LONGEST."""
    if not cell:
        return ()
    try:
        parts = next(csv.reader([" ".join(cell.split())], skipinitialspace=True, strict=True))
    except csv.Error:
        parts = cell.split(",")
    words = (" ".join(part.split())[:LONGEST].strip() for part in parts)
    return tuple({word.lower(): word for word in words if word}.values())


def cell_of(words: Iterable[str]) -> str:
    """The cell that `words_of` reads."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(list(words))
    return out.getvalue()
