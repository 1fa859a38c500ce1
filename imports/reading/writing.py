"""How a file writes its table: letters, delimiter, where the header stands; and the table read in that way.

What is not said is found out. Headers that stand twice are told apart, empty ones have a number, lines above the header
are passed over, and a line of totals may be shorter than the others.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from imports.reading.cells import BLANK, legible
from imports.reading.delimited import DELIMITERS, Record, Table, TextFile, column_key, number_records, rows_of
from imports.reading.findings import FileRefused
from imports.reading.letters import Letters, letters_of, line_ends_of, lines_of
from imports.reading.limits import MAX_COLUMNS, refuse_oversize
from imports.reading.sniffing import refuse_noise, refuse_unreadable
from imports.reading.workbook import read_book
from imports.reading.written_days import orders_of

ZIP = b"PK\x03\x04"
MAX_WORKBOOK_ROWS = 100_000
HEAD = 60
"""So many lines are looked at to find the header."""
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16)",
    "cp1252": "Western (Windows-1252)",
    "iso-8859-1": "Western (ISO 8859-1)",
    "iso-8859-15": "Western with € (ISO 8859-15)",
    "cp1250": "Central European (Windows-1250)",
    "iso-8859-2": "Central European (ISO 8859-2)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1255": "Hebrew (Windows-1255)",
    "cp1256": "Arabic (Windows-1256)",
    "mac-roman": "Western (Mac)",
    "shift_jis": "Japanese (Shift JIS)",
    "euc-kr": "Korean (EUC-KR)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big5)",
}
"""What files may be written in -> what people call it."""
TOTALS = re.compile(
    r"(?:(?:grand |sub)?totals?|sum|summe|gesamt(?:summe)?|somme|total général|totaal|totale|suma|soma|итого|всего|"
    r"合計|합계|المجموع|الإجمالي|مجموع)(?!\w)",
    re.IGNORECASE,
)
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ].*)?")
_NUMBER = re.compile(r"[\d\s.,/:+()'$€£-]+")
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Writing:
    """What is said of a file: "" and 0 stand for what is to be found out. header_line counts lines of the file."""

    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0


class Opened(NamedTuple):
    """A table as it was read, how the file writes it, and its first lines. others, hidden: sheets of a workbook that
    are not read, and rows that it hides, which are.
    """

    table: Table
    writing: Writing
    text: TextFile
    is_workbook: bool
    head: tuple[Row, ...]
    others: tuple[str, ...] = ()
    hidden: int = 0


@dataclass(frozen=True)
class _Rows:
    """The rows of a file from some line on, as often as wanted."""

    text: TextFile
    delimiter: str = ","
    sheet: tuple[Row, ...] = field(default=(), repr=False)

    def since(self, line: int) -> Iterator[Row]:
        if self.sheet:
            return (row for row in self.sheet if row[0] >= line)
        return rows_of(islice(self.text.lines(), line - 1, None), self.delimiter, line - 1, ahead=2)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are an XLSX workbook, by the part that every one has."""
    if not data.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return "xl/workbook.xml" in book.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def open_written(data: bytes, writing: Writing) -> Opened:
    """Read a file as it is said to be written. Raises FileRefused for what is no table."""
    if is_workbook(data):
        refuse_oversize(data)
        book = read_book(data, most=MAX_WORKBOOK_ROWS)
        rows = _Rows(TextFile(Letters("xlsx"), "", lambda: iter(())), sheet=tuple(book.rows))
        opened = _opened(rows, replace_delimiter(writing, ""), workbook=True)
        return opened._replace(others=book.others, hidden=book.hidden)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        raise FileRefused("not_recognised", "This is XML and no table, so it has no columns to map.")
    text = _text(data, writing.encoding)
    stated, first = _separator_line(text)
    delimiter = writing.delimiter or stated or delimiter_in(text, first)
    return _opened(_Rows(text, delimiter), replace_delimiter(writing, delimiter), first)


def replace_delimiter(writing: Writing, delimiter: str) -> Writing:
    return Writing(writing.encoding, delimiter, writing.header_line)


def _text(data: bytes, encoding: str) -> TextFile:
    refuse_unreadable(data)
    found = letters_of(data) if not encoding or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) else None
    letters = found or Letters(encoding)
    if not letters.encoding.startswith("utf-16"):
        refuse_noise(data)
    return TextFile(letters, line_ends_of(data), lambda: lines_of(data, letters))


def _separator_line(text: TextFile) -> tuple[str, int]:
    """The delimiter that the first line states, and the first line that may be of the table."""
    found = _SEPARATOR_LINE.fullmatch(next(text.lines(), ""))
    return (found[1], 2) if found else ("", 1)


def delimiter_in(text: TextFile, first: int = 1) -> str:
    """What parts the cells: the sign by which the most lines have the same number of cells, and many."""

    def score(delimiter: str) -> int:
        widths = Counter(len(cells) for _, cells in _until_quote(_Rows(text, delimiter).since(first)))
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=score)


def _until_quote(rows: Iterator[Row]) -> Iterator[Row]:
    """The first rows, as far as they can be read."""
    try:
        yield from islice(rows, HEAD)
    except FileRefused:
        return


def _opened(rows: _Rows, writing: Writing, first: int = 1, *, workbook: bool = False) -> Opened:
    head = tuple(_until_quote(rows.since(first)))
    line = writing.header_line or header_in(head)
    begin = next(rows.since(line), None)
    if begin is None:
        raise FileRefused("empty")
    width = max((len(cells) for number, cells in head if number >= line), default=0)
    if not writing.header_line and has_days(begin[1]):
        line = next(number for number, cells in head if has_days(cells))
        begin = (line - 1, [""] * width)  # no line names the columns: the first with a day is a row like all others
    columns = named(begin[1], width if workbook else len(begin[1]))

    def records() -> Iterator[Record]:
        fitted = (_padded(row, len(columns), workbook) for row in rows.since(line))
        return number_records(fitted, columns, begin[0])

    table = Table(columns, begin[0], records, writing.delimiter)
    return Opened(table, Writing(rows.text.letters.encoding, writing.delimiter, begin[0]), rows.text, workbook, head)


def header_in(head: tuple[Row, ...]) -> int:
    """The line of the header: the first with words alone that fills nearly as many cells as any; else the fullest."""
    filled = [(line, [cell for cell in cells if cell.strip(BLANK)]) for line, cells in head]
    filled = [(line, cells) for line, cells in filled if cells]
    if not filled:
        raise FileRefused("empty")
    most = max(len(cells) for _, cells in filled)
    for line, cells in filled:
        if len(cells) * 5 >= most * 3 and not any(_NUMBER.fullmatch(cell.strip(BLANK)) for cell in cells):
            return line
    return next(line for line, cells in filled if len(cells) == most)


def has_days(cells: list[str]) -> bool:
    """Whether a line tells a day, as no header does."""
    return any(
        orders_of(cell.strip(BLANK), latest_year=9999) or _ISO_DAY.fullmatch(cell.strip(BLANK)) for cell in cells
    )


def named(cells: list[str], width: int) -> tuple[str, ...]:
    """A name for each column: as written; "Amount (2)" for the second of a name, "#7" where the seventh has none."""
    names = [legible(cell) for cell in cells] + [""] * (width - len(cells))
    while names and not names[-1] and len(names) > width:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise FileRefused("too_many_columns", f"The file has {len(names)} columns; {MAX_COLUMNS} can be read.")
    seen: Counter[str] = Counter()
    found = []
    for place, name in enumerate(names, start=1):
        called = name or f"#{place}"
        seen[column_key(called)] += 1
        count = seen[column_key(called)]
        found.append(called if count == 1 else f"{called} ({count})")
    return tuple(found)


def _padded(row: Row, width: int, workbook: bool) -> Row:
    """Sheets leave out empty cells at the end of a row; files do so in lines of totals."""
    line, cells = row
    if len(cells) < width and (workbook or is_total(cells)):
        return line, [*cells, *[""] * (width - len(cells))]
    return row


def is_total(cells: list[str] | tuple[str, ...]) -> bool:
    """Whether the first cell that holds anything begins with a word for a sum."""
    first = next((cell.strip(BLANK) for cell in cells if cell.strip(BLANK)), "")
    return TOTALS.match(first) is not None
