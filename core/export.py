"""Lists as files: the rows of the screen, in cells that no spreadsheet program takes for a formula (trust rule T12)."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import get_valid_filename

from core.formulas import guarded

Cell = str | int | Decimal | date | None
BOM = "\ufeff"
"""Tells spreadsheet programs that the file is UTF-8."""


def cell(value: Cell) -> str:
    """A value as text for a cell. Text that would start a formula gets an apostrophe in front; numbers, negative ones
    too, stay.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    return guarded(value)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Head and rows as CSV (RFC 4180: commas, quotes doubled, CRLF)."""
    out = io.StringIO()
    write_rows(out, header, rows)
    return out.getvalue()


def write_csv(out: IO[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The same to an open file, row by row, with the byte order mark."""
    out.write(BOM)
    write_rows(out, header, rows)


def write_rows(out: IO[str], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Head and rows."""
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in header])
    writer.writerows([cell(value) for value in row] for row in rows)


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = True) -> HttpResponse:
    """A CSV file to download, in UTF-8; the byte order mark is for spreadsheet programs, scripts may leave it out."""
    body = (BOM if bom else "") + csv_text(header, rows)
    response = HttpResponse(body.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}.csv"'
    return response


def xlsx_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Head and rows as a workbook of one sheet: numbers as numbers, days as days, every text as text."""
    out = io.BytesIO()
    write_book(out, header, rows, {"in_memory": True})
    return out.getvalue()


def write_xlsx(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The same to a file on disk, row by row: a list of any length takes the memory of one row."""
    write_book(str(path), header, rows, {"constant_memory": True, "tmpdir": str(path.parent)})


def write_book(out: Any, header: Sequence[str], rows: Iterable[Sequence[Cell]], how: dict[str, Any]) -> None:
    """A workbook of one sheet."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, plain | how) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [cell(name) for name in header], bold)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                write_cell(sheet, number, place, value, day)


def write_cell(sheet: Any, row: int, place: int, value: Cell, day: Any) -> None:
    """One cell by the type of its value."""
    if isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day has no zone
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, cell(value))


def xlsx_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """An XLSX file to download."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(xlsx_bytes(header, rows), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}.xlsx"'
    return response
