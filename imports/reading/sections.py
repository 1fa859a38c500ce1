"""INI-like files whose [SECTIONS] hold CSV tables or name=value lines, as TntConnect DataSync writes them.

Sections may stand in any order and any letter case. A line like `[GIFTS]` inside a quoted cell is part of that cell.
"""

import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from imports.reading.cells import BLANK, legible
from imports.reading.delimited import Record, Table, TextFile, checked_columns, delimiter_of, number_records, rows_of
from imports.reading.findings import FileRefused

_SECTION = re.compile(r"[\s\ufeff]*\[([A-Za-z][A-Za-z0-9_ ]*)\][ \t,;|]*[\r\n]*")
"""A spreadsheet that saves the file again gives every line as many cells as the longest has."""
_VALUE = re.compile(r"\s*([A-Za-z][A-Za-z0-9_ ]*?)\s*=(.*)", re.DOTALL)
_LOOK_AT = 200
_Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True)
class Sections:
    """The tables by upper-case section name, and the name=value lines of the other sections by lower-case name."""

    tables: dict[str, Table] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


def has_sections(text: TextFile, names: Collection[str]) -> bool:
    """Say whether one of the named sections begins near the start of the file."""
    for _, line in zip(range(_LOOK_AT), text.lines(), strict=False):
        if (found := _SECTION.fullmatch(line)) and found[1].strip().upper() in names:
            return True
    return False


def read_sections(text: TextFile, tables: Collection[str]) -> Sections:
    """Read the file; sections named in `tables` hold CSV, all others name=value lines.

    Raises FileRefused quote, duplicate_column, too_many_columns, and not_recognised when a table is there twice.
    """
    sections, cursor = Sections(), _Cursor(text.lines())
    for name, line, rows in _walk(cursor, tables):
        if name in sections.tables:
            raise FileRefused("not_recognised", f"The section [{name}] is there twice.", line=line)
        header = next(((number, cells) for number, cells in rows if any(cell.strip(BLANK) for cell in cells)), None)
        columns = checked_columns(header[1]) if header else ()
        sections.tables[name] = _table(text, tables, name, columns, header[0] if header else line)
    sections.values.update(cursor.values)
    return sections


def _table(text: TextFile, tables: Collection[str], name: str, columns: tuple[str, ...], line: int) -> Table:
    def records() -> Iterator[Record]:
        for found, _, rows in _walk(_Cursor(text.lines()), tables):
            if found == name:
                yield from number_records(rows, columns, line)

    return Table(columns, line, records)


def _walk(cursor: "_Cursor", tables: Collection[str]) -> Iterator[tuple[str, int, _Rows]]:
    """Yield (name, line, rows) of each table section; what the caller leaves of the rows is read past."""
    while (name := cursor.next_section()) is not None:
        if name in tables:
            rows = cursor.rows()
            yield name, cursor.line, rows
            deque(rows, maxlen=0)


class _Cursor:
    """Goes once through the lines, stops at each section line outside quoted cells, and collects name=value lines."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: str | None = None
        self.values: dict[str, str] = {}
        self.line = 0

    def next_section(self) -> str | None:
        if self._waiting is not None:
            name, self._waiting = self._waiting, None
            return name
        for line in self:
            if found := _SECTION.fullmatch(line):
                return found[1].strip().upper()
            if pair := _VALUE.fullmatch(line):
                self.values[pair[1].casefold()] = legible(pair[2]).strip(BLANK + '",;|')
        return None

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.line += 1
            yield line

    def rows(self) -> _Rows:
        """Yield (line, cells) until the next section; csv pulls single lines, so none of that section is lost."""
        first = next(iter(self), None)
        if first is None:
            return
        before = self.line - 1
        for line, cells in rows_of(_with(first, self), delimiter_of(first), before):
            if cells and not any(cells[1:]) and (found := _SECTION.fullmatch(cells[0])):
                self._waiting = found[1].strip().upper()
                return
            yield line, cells


def _with(first: str, rest: "_Cursor") -> Iterator[str]:
    yield first
    yield from rest
