"""Lists as files: the rows of the screen, in cells that no spreadsheet program takes for a formula (trust rule T12)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils.text import get_valid_filename

Cell = str | int | Decimal | date | None
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
STARTS_A_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
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
    if NUMBER.fullmatch(value) or not STARTS_A_FORMULA.match(value):
        return value
    return f"'{value}"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Head and rows as CSV (RFC 4180: commas, quotes doubled, CRLF)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = True) -> HttpResponse:
    """A CSV file to download, in UTF-8; the byte order mark is for spreadsheet programs, scripts may leave it out."""
    body = (BOM if bom else "") + csv_text(header, rows)
    response = HttpResponse(body.encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}.csv"'
    return response
