"""Amounts without a sign, whose side (in or out, debit or credit) stands in a column of its own."""

import re
from dataclasses import dataclass
from typing import Final

from imports.reading.delimited import Record, Table

_OUT: Final = frozenset(
    {
        *("debit", "dr", "d", "dbit", "debet", "withdrawal", "out", "paid out", "money out", "outgoing", "-"),
        *("soll", "s", "belastung", "af", "débit", "cargo", "uit", "addebito", "débito"),
    }
)
_IN: Final = frozenset(
    {
        *("credit", "cr", "c", "crdt", "kredit", "deposit", "in", "paid in", "money in", "incoming", "+"),
        *("haben", "h", "gutschrift", "bij", "crédit", "abono", "accredito", "crédito"),
    }
)
_MANY = 3
"""Words of so many letters name a side also among other words; shorter ones only where the column has nothing else, or
is called so."""
_TELLS_SIDES = re.compile(
    r"debi|d[ée]bit|cr[ée]dit|kredit|soll|haben|[dcsh]\s*/\s*[dcsh]\b|dr\s*/\s*cr|\baf\b|\bbij\b|sign|[+]\s*/\s*-|ind\b|side"
    r"|kennz|richting|sens",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sides:
    """Where the side stands; place None: the amounts have signs of their own, or nothing says what went out.

    is_sure: single letters are sides where the column is called so; elsewhere D may be a deposit.
    """

    place: int | None = None
    is_sure: bool = True

    def of(self, record: Record) -> int | None:
        """1 for what came in, -1 for what went out, None where the cell says neither."""
        if self.place is None:
            return None
        cell = record.cells[self.place]
        return side_of(cell) if self.is_sure or len(cell.strip()) > 1 else None


def side_of(text: str) -> int | None:
    """1 for a word of what came in, -1 for one of what went out."""
    word = text.casefold().strip()
    return -1 if word in _OUT else 1 if word in _IN else None


def sides_of(table: Table, facts: dict[str, int]) -> Sides:
    """The column that says the side of amounts that are all without a sign. One of sides alone comes before one that
    has other words too.
    """
    if "amount" not in facts:
        return Sides()
    words: dict[int, set[str]] = {}
    for record in table.records():
        if record.troubles:
            continue
        if record.cells[facts["amount"]].lstrip().startswith(("-", "(", "−")):
            return Sides()
        for place, cell in enumerate(record.cells):
            if place not in facts.values() or place in {facts.get("category"), facts.get("text")}:
                _add(words, place, cell)
    pure = [place for place, told in words.items() if told and all(map(side_of, told))]
    mixed = [place for place, told in words.items() if _tells_some(table.columns[place], told)]
    of_out = [place for place in pure if any(side_of(word) == -1 for word in words[place])]
    found = [*of_out, *mixed]
    if not found:
        return Sides()
    place, name = found[0], table.columns[found[0]]
    return Sides(place, not name or _TELLS_SIDES.search(name) is not None)


def _add(words: dict[int, set[str]], place: int, cell: str) -> None:
    """Take down a word of a column, until it is clear that the column tells more than sides."""
    found = words.setdefault(place, set())
    if cell and len(found) < 200:
        found.add(cell.casefold().strip()[:40])


def _tells_some(name: str, words: set[str]) -> bool:
    """Whether some words of a column say what went out: short ones do where the column is called so."""
    is_called_so = _TELLS_SIDES.search(name) is not None
    return any(side_of(word) == -1 and (is_called_so or len(word) >= _MANY) for word in words)
