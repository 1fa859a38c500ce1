"""A short list that people keep in a spreadsheet: CSV or XLSX, read whole, in the child process."""

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from imports.reading.delimited import checked_columns, open_text, read_table
from imports.reading.findings import CELL_SENTENCES, FileRefused
from imports.reading.limits import read_limited
from imports.reading.workbook import read_workbook
from imports.reading.written_days import COUNTED_FROM

MAX_LIST_BYTES = 8 * 1024 * 1024
MAX_LIST_ROWS = 20_000
ZIP = b"PK\x03\x04"


class SheetRow(NamedTuple):
    """A row with the number that the spreadsheet shows, its cells as many as columns, and what cannot be read."""

    row: int
    cells: tuple[str, ...]
    troubles: tuple[tuple[str, str], ...] = ()


class SheetRead(NamedTuple):
    """The header as written, and the rows below it that hold anything."""

    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(path: Path) -> SheetRead:
    """Read a list of at most 8 MB and 20,000 rows; made for `run_in_child`. Raises FileRefused."""
    data = read_limited(path, limit=MAX_LIST_BYTES)
    return of_workbook(data) if data.startswith(ZIP) else of_text(data)


def counted_day(text: str) -> date | None:
    """The day that a cell of a workbook keeps as a number of five figures; None for any other text."""
    if text.isascii() and text.isdigit() and len(text) == 5:
        return COUNTED_FROM + timedelta(days=int(text))
    return None


def of_workbook(data: bytes) -> SheetRead:
    """The first sheet; its first row with content is the header."""
    rows = read_workbook(data)
    if not rows:
        raise FileRefused("empty")
    columns = checked_columns(rows[0][1])
    width = len(columns)
    fitted = (
        SheetRow(number, tuple(cell.strip() for cell in [*cells, *[""] * width][:width])) for number, cells in rows[1:]
    )
    return SheetRead(columns, tuple(row for row in fitted if any(row.cells)))


def of_text(data: bytes) -> SheetRead:
    """A table of delimited text; rows are counted as lines of the file."""
    table = read_table(open_text(data))
    rows: list[SheetRow] = []
    for record in table.records():
        if len(rows) >= MAX_LIST_ROWS:
            raise FileRefused("too_many_rows", f"The list has more than {MAX_LIST_ROWS:,} rows. Split it.")
        troubles = tuple(
            (table.columns[place] if 0 <= place < len(table.columns) else "", CELL_SENTENCES[code])
            for place, code in record.troubles
        )
        rows.append(SheetRow(record.line, record.cells[: len(table.columns)], troubles))
    return SheetRead(table.columns, tuple(rows))
