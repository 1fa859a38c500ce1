"""What people wrote over cells of a file, laid over the rows as they came."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from imports.reading.cells import BLANK, bad_cells
from imports.reading.delimited import Record, Table
from imports.reading.findings import KeptOut
from partners.imports.context import Context
from partners.imports.judged import cell_names
from partners.imports.row_notes import Notes

MAX_HELD = 20_000
"""So many rows can be corrected here, page by page: where more are wrong, they have one cause, which is set right in
the file.
"""


def corrected(table: Table, context: Context) -> Table:
    """The table with the corrections of its rows; each keeps its cells as they came."""
    if not context.corrections:
        return table
    names = cell_names(table.columns, len(table.columns))
    places = {name: place for place, name in enumerate(names)}

    def records() -> Iterator[Record]:
        for record in table.records():
            said = context.corrections.get(record.line)
            yield written_over(record, said, places) if said else record

    return replace(table, records=records)


def written_over(record: Record, said: Mapping[str, str], places: Mapping[str, int]) -> Record:
    """A row with as many cells as there are columns. Whoever corrects a torn one has seen where its cells stand."""
    cells = list(record.cells[: len(places)])
    for name, text in said.items():
        if name in places:
            cells[places[name]] = text.strip(BLANK)
    fitted = tuple(cells)
    return Record(record.row, record.line, fitted, tuple(bad_cells(fitted)), record.as_it_came)


def rows_of(tables: tuple[tuple[str, Table], ...]) -> Iterator[KeptOut]:
    """Every row of these tables as it came, by what they hold."""
    for section, table in tables:
        for record in table.records():
            cells = record.as_it_came
            yield KeptOut(section, record.row, record.line, table.columns, cells)


def kept_out(rows: Iterator[KeptOut], notes: Notes) -> Iterator[KeptOut]:
    """Those with an error or a conflict, at most MAX_HELD, in the order of the file, with a name for every cell."""
    lines = {note.line for kind in ("errors", "conflicts") for note in notes.of(kind) if note.row}
    if lines:
        held = islice((row for row in rows if row.line in lines), MAX_HELD)
        yield from (row._replace(columns=cell_names(row.columns, len(row.cells))) for row in held)
