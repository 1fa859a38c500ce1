"""A look at a table before anybody says what it is: its columns with examples, and what its cells prove of how the file
writes days and numbers. Made for `run_in_child`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from imports.reading.cells import legible
from imports.reading.delimited import Record
from imports.reading.findings import FileRefused
from imports.reading.limits import read_limited
from imports.reading.writing import Opened, Row, Writing, is_total, open_written
from imports.reading.written_days import iso_day, orders_of
from imports.reading.written_numbers import MARKS, mark_of, number_in

SAMPLES = 3
SAMPLE_LENGTH = 60
LOOKED_AT = 50_000
LINES = 12


@dataclass(frozen=True, slots=True)
class Proof:
    """A cell that can be read in one way only, and the line where it stands."""

    says: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column: its name, examples, how many cells are filled, how many of them are days and numbers, and the first
    proof of each order of days and each decimal mark. Lines of totals are passed over.
    """

    name: str
    samples: tuple[str, ...] = ()
    filled: int = 0
    days: int = 0
    numbers: int = 0
    orders: tuple[Proof, ...] = ()
    marks: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """What a file looks like. lines: its first lines, for whoever looks for the header."""

    columns: tuple[ColumnSeen, ...]
    writing: Writing
    rows: int
    is_workbook: bool
    guessed: bool
    lines: tuple[tuple[int, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns by name."""
        return tuple(column.name for column in self.columns)


@dataclass
class _Seen:
    name: str
    samples: list[str] = field(default_factory=list)
    filled: int = 0
    days: int = 0
    numbers: int = 0
    orders: dict[str, Proof] = field(default_factory=dict)
    marks: dict[str, Proof] = field(default_factory=dict)

    def look_at(self, cell: str, line: int, latest_year: int) -> None:
        self.filled += 1
        shown = legible(cell)[:SAMPLE_LENGTH]
        if len(self.samples) < SAMPLES and shown not in self.samples:
            self.samples.append(shown)
        orders = orders_of(cell, latest_year=latest_year)
        if orders or iso_day(cell, "ymd", latest_year=latest_year):
            self.days += 1
            if len(orders) == 1:
                (only,) = orders
                self.orders.setdefault(only, Proof(only, shown, line))
        elif any(number_in(cell, mark).number for mark in MARKS):
            self.numbers += 1
            if mark := mark_of(cell):
                self.marks.setdefault(mark, Proof(mark, shown, line))

    def seen(self) -> ColumnSeen:
        proofs = tuple(self.orders.values()), tuple(self.marks.values())
        return ColumnSeen(self.name, tuple(self.samples), self.filled, self.days, self.numbers, *proofs)


def glance_at(path: Path, writing: Writing, latest_year: int) -> Glance:
    """Look at a file as it is said to be written. Raises FileRefused."""
    opened = open_written(read_limited(path), writing)
    columns, rows = _columns(opened, latest_year)
    return Glance(columns, opened.writing, rows, opened.is_workbook, opened.text.letters.guessed, _shown(opened.head))


def _columns(opened: Opened, latest_year: int) -> tuple[tuple[ColumnSeen, ...], int]:
    columns, rows = [_Seen(name) for name in opened.table.columns], 0
    records: Iterable[Record] = islice(opened.table.records(), LOOKED_AT)
    for record in records:
        rows += 1
        if is_total(record.cells):
            continue
        for column, cell in zip(columns, record.cells, strict=False):
            if cell:
                column.look_at(cell, record.line, latest_year)
    return tuple(column.seen() for column in columns), rows


def _shown(head: tuple[Row, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((line, legible(" | ".join(filter(None, cells)))[:120]) for line, cells in head[:LINES])


def headers_of(path: Path, writings: list[Writing]) -> list[tuple[str, ...]]:
    """The names of the columns, by each of several ways to read a file; () by one that does not read it."""
    data = read_limited(path)
    return [_header(data, writing) for writing in writings]


def _header(data: bytes, writing: Writing) -> tuple[str, ...]:
    try:
        return open_written(data, writing).table.columns
    except FileRefused:
        return ()
