"""Rows that bring nothing by themselves and are kept as they came, so that nothing of a file is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from imports.reading.delimited import Table
from partners.imports.cell_warnings import CellWarnings, warn_about_columns, warn_about_no_rows
from partners.imports.judged import JudgedRow, Verdict
from partners.imports.opening import SECTION_LENGTH, BoundTable
from partners.imports.row_notes import Notes, Reading


@dataclass(frozen=True)
class KeptRows:
    """The rows of one table, and which of them cannot be read."""

    table: Table
    section: str
    rows: int = 0
    rows_in_error: frozenset[int] = frozenset()
    format: str = ""

    def lines(self) -> Iterator[JudgedRow]:
        """Yield every row; those in error too, since the row is the evidence."""
        for record in self.table.records():
            verdict = Verdict.ERROR if record.row in self.rows_in_error else Verdict.SKIP
            yield JudgedRow(self.section, record.row, record.line, verdict, "", self.table.columns, record.as_it_came)


def keep_rows(file: BoundTable, notes: Notes) -> KeptRows:
    """Look at every row: its cells can be read, and what is needed is there."""
    warn_about_columns(file.bound, notes)
    warnings, bad, count = CellWarnings(file.bound), set(), 0
    for record in file.table.records():
        count += 1
        reading = Reading(record, file.bound, notes)
        for fact in file.bound.layout.needed:
            if not reading.is_torn and not reading.text(fact):
                reading.error(fact, "required")
        warnings.look_at(reading)
        if reading.failed:
            bad.add(record.row)
    if not count:
        warn_about_no_rows(file.bound, notes)
    name = file.bound.layout.name
    return KeptRows(file.table, name.split("_")[-1][:SECTION_LENGTH], count, frozenset(bad), name)
