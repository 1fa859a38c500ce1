"""The first table of an XLSX workbook as rows of text (ECMA-376 part 1, SpreadsheetML), read in the child process.

A workbook is a zip of XML: what it unpacks to is counted while it is unpacked, and no document type is accepted, so
that neither a zip bomb nor entities get anywhere (trust rule T11).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError, iterparse

from imports.reading.findings import FileRefused
from imports.reading.workbook_sheets import Sheet, sheets_of

WORKBOOK = b"xl/workbook.xml"
"""The name of a part that every workbook has, as its bytes show it."""
MAX_UNPACKED = 32 * 1024 * 1024
MAX_PARTS = 500
MAX_SHEET_ROWS = 20_000
MAX_SHEET_COLUMNS = 100
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FIGURES = 15
PEEK = 65_536
_FIGURES = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


Row = tuple[int, list[str]]


class Book(NamedTuple):
    """(Row of the sheet, cells) of every row with content. hidden: how many of them the spreadsheet hides. others: what
    the tabs of other sheets with content are called; they are not read.
    """

    rows: list[Row]
    hidden: int = 0
    others: tuple[str, ...] = ()


def read_workbook(data: bytes, *, most: int = MAX_SHEET_ROWS) -> list[Row]:
    """The rows of `read_book`."""
    return read_book(data, most=most).rows


def read_book(data: bytes, *, most: int = MAX_SHEET_ROWS) -> Book:
    """Read the first visible sheet with a table, at most so many rows. Days come as their serial number.

    Raises FileRefused binary, too_large, too_many_rows, doctype, not_well_formed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = Parts(book)
            shared = list(strings_of(parts.read("xl/sharedStrings.xml"))) if parts.has("xl/sharedStrings.xml") else []
            return _first_table(parts, shared, most)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, KeyError, EOFError, OSError) as error:
        raise FileRefused("binary", "The workbook cannot be opened. Save it again as XLSX or CSV (UTF-8).") from error
    except (ParseError, UnicodeDecodeError, ValueError) as error:
        raise FileRefused("not_well_formed", "The workbook is damaged. Save it again as XLSX or CSV.") from error


def _first_table(parts: "Parts", shared: list[str], most: int) -> Book:
    """The first sheet with two cells side by side: a cover has a column of words. Else the first with any."""
    sheets = parts.sheets()
    chosen: tuple[Sheet, Book] | None = None
    for sheet in sheets:
        rows, hidden = rows_and_hidden(parts.read(sheet.part), shared, most)
        is_table = any(len([cell for cell in cells if cell.strip()]) > 1 for _, cells in rows)
        if rows and (chosen is None or is_table):
            chosen = sheet, Book(rows, hidden)
        if is_table:
            break
    if chosen is None:
        return Book([])
    others = (sheet.name for sheet in sheets if sheet != chosen[0] and parts.has_cells(sheet.part))
    return chosen[1]._replace(others=tuple(others))


class Parts:
    """The files inside a workbook, read under one limit for all of them."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        if len(book.infolist()) > MAX_PARTS:
            raise FileRefused("too_large", "The workbook has too many parts. Copy the list into a new one.")
        self.book = book
        self.names = set(book.namelist())
        self.left = MAX_UNPACKED

    def has(self, name: str) -> bool:
        return name in self.names

    def sheets(self) -> list[Sheet]:
        """The visible sheets in the order of their tabs; where the workbook does not tell them, those there are."""
        book, relations = WORKBOOK.decode(), "xl/_rels/workbook.xml.rels"
        if self.has(book) and self.has(relations):
            told = sheets_of(self.read(book), self.read(relations))
            if found := [sheet for sheet in told if self.has(sheet.part) and "/worksheets/" in sheet.part]:
                return found
        names = [name for name in self.names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        return [Sheet("", name) for name in sorted(names, key=lambda name: (len(name), name))]

    def has_cells(self, name: str) -> bool:
        """Whether the beginning of a sheet shows a cell with a value."""
        with self.book.open(name) as part:
            head = part.read(PEEK)
        return b"<v>" in head or b"<is>" in head

    def read(self, name: str) -> bytes:
        """One part, unpacked as far as the limit allows."""
        with self.book.open(name) as part:
            content = part.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise FileRefused("too_large", "The workbook unpacks to more than 32 MB. Split it into smaller files.")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise FileRefused("doctype")
        return content


def elements(content: bytes, tag: str) -> Iterator[Any]:
    """The elements of one name as they end; each is emptied after its turn."""
    for _event, element in iterparse(io.BytesIO(content), ("end",)):  # noqa: S314 - no document type
        if element.tag == f"{SPACE}{tag}":
            yield element
            element.clear()


def strings_of(content: bytes) -> Iterator[str]:
    """The shared texts in their order, runs of a rich text joined, phonetic signs left out."""
    for item in elements(content, "si"):
        yield text_of(item)


def text_of(item: Any) -> str:
    """The text of a shared or inline string."""
    found = [*item.findall(f"{SPACE}t"), *item.findall(f"{SPACE}r/{SPACE}t")]
    return "".join(each.text or "" for each in found)


def rows_and_hidden(content: bytes, shared: list[str], most: int) -> tuple[list[Row], int]:
    """(Number, cells) of each row that holds anything, and how many of them are hidden."""
    rows: list[Row] = []
    count = hidden = 0
    for row in elements(content, "row"):
        cells: dict[int, str] = {}
        for place, cell in enumerate(row.findall(f"{SPACE}c")):
            column = column_of(cell.get("r", ""), place)
            if column < MAX_SHEET_COLUMNS:
                cells[column] = value_of(cell, shared)
        if any(text.strip() for text in cells.values()):
            count += 1
            if count > most:
                raise FileRefused("too_many_rows", f"The sheet has more than {most:,} rows. Split it.")
            number = int(row.get("r") or count)
            rows.append((number, [cells.get(column, "") for column in range(max(cells) + 1)]))
            hidden += row.get("hidden", "0") in {"1", "true"}
    return rows, hidden


def column_of(place: str, otherwise: int) -> int:
    """The column of a cell such as "AB12", from 0; cells without a place follow each other."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return otherwise
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def value_of(cell: Any, shared: list[str]) -> str:
    """The text of a cell: shared, inline or its value; numbers as the spreadsheet shows them, whole ones without a
    point.
    """
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{SPACE}is")
        return text_of(inline) if inline is not None else ""
    value = cell.findtext(f"{SPACE}v") or ""
    if kind == "s":
        return shared[int(value)] if value else ""
    return as_shown(value) if kind == "n" else value


def as_shown(number: str) -> str:
    """A number with the fifteen figures that a spreadsheet keeps: 0.30000000000000004 is 0.3."""
    if len(number) < FIGURES or not _FIGURES.fullmatch(number):
        return number.removesuffix(".0")
    short = f"{Decimal(number):.{FIGURES}g}"
    return f"{Decimal(short).normalize():f}"
