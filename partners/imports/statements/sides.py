"""Amounts without a sign, whose side (in or out, debit or credit) stands in a column of its own."""

import re
from dataclasses import dataclass
from typing import Final

from imports.reading.delimited import Record, Table

_OUT: Final = frozenset(
    {
        *("debit", "dr", "d", "dbit", "debet", "withdrawal", "out", "paid out", "money out", "outgoing"),
        *("ach debit", "pos debit", "card debit", "debit card", "debit memo", "atm withdrawal", "cash withdrawal"),
        *("outgoing wire", "wire out", "outgoing transfer", "transfer out", "payment sent", "check paid"),
        *("soll", "s", "belastung", "af", "débit", "cargo", "uit", "addebito", "débito"),
    }
)
_IN: Final = frozenset(
    {
        *("credit", "cr", "c", "crdt", "kredit", "deposit", "in", "paid in", "money in", "incoming"),
        *("ach credit", "credit memo", "direct deposit", "mobile deposit", "cash deposit", "check deposit"),
        *("incoming wire", "wire in", "incoming transfer", "transfer in", "payment received"),
        *("haben", "h", "gutschrift", "bij", "crédit", "abono", "accredito", "crédito"),
    }
)
_MANY = 3
"""Words of so many letters name a side also among other words; shorter ones only where the column has nothing else, or
is called so."""
_SIGNS: Final = {"-": -1, "+": 1}
"""Sides only in a column that has both or is called so: a dash alone stands for nothing."""
_WORDS = "debit|d[ée]bit|debet|cr[ée]dit|kredit|soll|haben|af|bij|sign|side|ind|indicator|sens|vorzeichen"
_TELLS_SIDES = re.compile(
    rf"(?<![^\W_])(?:{_WORDS})(?![^\W_])|credit[ _/-]?debit|debit[ _/-]?credit|cdtdbt|dbtcdt|dr\s*/?\s*cr|cr\s*/?\s*dr"
    r"|(?<![^\W_])[dcsh]\s*/\s*[dcsh](?![^\W_])|[+]\s*/\s*-|kennz|richting",
    re.IGNORECASE,
)
_SAYS_ONLY_SIDES = re.compile(
    rf"(?:[\W_]*(?:{_WORDS}|d|c|s|h|dr|cr|dc|cdtdbt(?:ind)?|dbtcdt|credit_?debit(?:indicator|ind|flag)?|plus|minus|type|code"
    r"|flag|or|mark|kennzeichen|richting)(?![^\W_]))+[\W_]*|[+]\s*/\s*-",
    re.IGNORECASE,
)
_WEAK: Final = frozenset({"in", "out", "uit", "af", "bij", "d", "c", "s", "h", "dr", "cr"})
"""Words that mean much else: sides only in a column whose name says nothing but sides."""
_TELLS_SIGNS = re.compile(r"[+]\s*/\s*-|(?<![^\W_])signs?(?![^\W_])|vorzeichen", re.IGNORECASE)


@dataclass(frozen=True)
class Sides:
    """Where the side stands; place None: the amounts have signs of their own, or nothing says what went out.

    is_sure: short words are sides where the column is called so; elsewhere D may be a deposit. has_signs: so are +
    and -.
    """

    place: int | None = None
    is_sure: bool = True
    has_signs: bool = False

    def of(self, record: Record) -> int | None:
        """1 for what came in, -1 for what went out, None where the cell says neither."""
        if self.place is None:
            return None
        cell = record.cells[self.place]
        if self.has_signs and (sign := _SIGNS.get(cell.strip())):
            return sign
        return side_of(cell) if self.is_sure or cell.casefold().strip() not in _WEAK else None


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
    for place, told in words.items():
        name = table.columns[place]
        if not _has_signs(name, told) and (told - {""} != {"-"} or not _says_only_sides(name)):
            told.difference_update(_SIGNS)
    pure = [place for place, told in words.items() if told and all(map(_side_or_sign, told))]
    mixed = [place for place, told in words.items() if _tells_some(table.columns[place], told)]
    of_out = [place for place in pure if any(_side_or_sign(word) == -1 for word in words[place])]
    found = [*of_out, *mixed]
    if not found:
        return Sides()
    place, name = found[0], table.columns[found[0]]
    is_sure = not name or _says_only_sides(name)
    return Sides(place, is_sure, has_signs=_has_signs(name, words[place]))


def _says_only_sides(name: str) -> bool:
    """Whether a column is called after sides and nothing else."""
    return _TELLS_SIDES.search(name) is not None and _SAYS_ONLY_SIDES.fullmatch(name) is not None


def _has_signs(name: str, words: set[str]) -> bool:
    """Whether the dash of a column is a minus."""
    return words >= _SIGNS.keys() or _TELLS_SIGNS.search(name) is not None


def _side_or_sign(word: str) -> int | None:
    return _SIGNS.get(word) or side_of(word)


def _add(words: dict[int, set[str]], place: int, cell: str) -> None:
    """Take down a word of a column, until it is clear that the column tells more than sides."""
    found = words.setdefault(place, set())
    if cell and len(found) < 200:
        found.add(cell.casefold().strip()[:40])


def _tells_some(name: str, words: set[str]) -> bool:
    """Whether some words of a column say what went out: short ones do where the column is called so."""
    is_called_so = _TELLS_SIDES.search(name) is not None
    return any(_side_or_sign(word) == -1 and (is_called_so or len(word) >= _MANY) for word in words)
