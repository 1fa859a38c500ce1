"""Tables of delimited text: comma, semicolon, tab or pipe; any line end; a header line; records below it."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from core.quoting import quoted
from imports.reading.cells import BLANK, bad_cells, legible
from imports.reading.findings import FileRefused
from imports.reading.letters import Letters, letters_of, line_ends_of, lines_of
from imports.reading.limits import MAX_CELL, MAX_COLUMNS, MAX_QUOTED, MAX_ROWS
from imports.reading.sniffing import refuse_noise, refuse_unreadable

DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?[ \t]*[\r\n]*', re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True, slots=True)
class Record:
    """One data record: row from 1 without empty records, line where it begins, cells trimmed and as many as columns.

    `troubles` are (position, code) of cells that cannot be taken; a wrong number of cells is (-1, "cell_count"). Cells
    beyond the columns are kept, since the row is kept as it came. `kept`: the row as it came, where `cells` are more.
    """

    row: int
    line: int
    cells: tuple[str, ...]
    troubles: tuple[tuple[int, str], ...] = ()
    kept: tuple[str, ...] | None = None

    @property
    def as_it_came(self) -> tuple[str, ...]:
        """The cells of the file alone."""
        return self.cells if self.kept is None else self.kept


@dataclass(frozen=True)
class Table:
    """A header and the records below it. `records()` reads from the start each time, so memory stays small."""

    columns: tuple[str, ...]
    line: int
    records: Callable[[], Iterator[Record]] = field(repr=False)
    delimiter: str = ","


@dataclass(frozen=True)
class TextFile:
    """The text of a file that is fit to be read: its letters and line ends, and its lines as often as wanted."""

    letters: Letters
    line_ends: str
    lines: Callable[[], Iterator[str]] = field(repr=False)


def open_text(data: bytes) -> TextFile:
    """Look at the whole file and say how its text is read. Raises FileRefused for every whole-file trouble of bytes."""
    refuse_unreadable(data)
    letters = letters_of(data)
    if not letters.encoding.startswith("utf-16"):
        refuse_noise(data)
    return TextFile(letters, _line_ends(data, letters), lambda: lines_of(data, letters))


def _line_ends(data: bytes, letters: Letters) -> str:
    """Name the line ends; those inside quoted cells are named apart, where all others are CRLF."""
    ends = line_ends_of(data)
    if ends != "mixed":
        return ends
    inside = False
    for line in lines_of(data, letters):
        inside ^= line.count('"') % 2 == 1
        if not inside and not line.endswith("\r\n") and line.endswith(("\r", "\n")):
            return ends
    return "CRLF (LF inside cells)"


def read_table(text: TextFile, above: int = 0) -> Table:
    """Read a file that is one table, below `above` lines of something else.

    Raises FileRefused quote, duplicate_column, too_many_columns, empty.
    """
    lines = islice(text.lines(), above, None)
    first, delimiter, skipped = _first_line(lines)
    skipped += above
    columns, line = read_header(_chain(first, lines), delimiter, skipped)

    def records() -> Iterator[Record]:
        return number_records(_skip_to_records(text.lines(), skipped, delimiter), columns, line)

    return Table(columns, line, records, delimiter)


def rows_of(lines: Iterator[str], delimiter: str, line: int = 0, ahead: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield (line where it begins, cells) of each record that is not a blank line; `line` lines were read before.
    So many lines are read `ahead` to see how quotes are written.

    Strict: a quote that never closes and letters behind a closing quote raise FileRefused quote. A single line with a
    cell over MAX_QUOTED raises FileRefused too_long.
    """
    csv.field_size_limit(MAX_QUOTED)  # of the whole process; the cap per cell is a finding of the record
    latest, first = [""], list(islice(lines, ahead))
    # Some write a blank behind each comma. Read as it stands, the quote behind it would be a letter.
    spaced = any(re.search(rf'{re.escape(delimiter)} "[^"]*"\s*({re.escape(delimiter)}|$)', each) for each in first)
    source = _remembered(chain(first, lines), latest)
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=spaced)
    start = 0
    try:
        for cells in reader:
            if cells:
                yield line + start + 1, cells
            start = reader.line_num
    except csv.Error as error:
        begun = line + start + 1
        if reader.line_num == start + 1 and len(latest[0]) > MAX_QUOTED and _is_closed(latest[0]):
            sentence = f"Line {begun}: a cell is longer than {MAX_CELL:,} characters. Shorten it."
            raise FileRefused("too_long", sentence, line=begun) from error
        raise FileRefused(
            "quote",
            f"Line {begun}: a quotation mark is not closed, or text follows a closing one. Close it or double it.",
            line=begun,
        ) from error


def _remembered(lines: Iterator[str], latest: list[str]) -> Iterator[str]:
    for line in lines:
        latest[0] = line
        yield line


def _is_closed(line: str) -> bool:
    return line.count('"') % 2 == 0


def read_header(lines: Iterator[str], delimiter: str, line: int = 0) -> tuple[tuple[str, ...], int]:
    """Return the column names as written (without blank ones at the end) and the line they stand on."""
    for number, cells in rows_of(lines, delimiter, line):
        if any(cell.strip(BLANK) for cell in cells):
            return checked_columns(cells), number
    raise FileRefused("empty")


def checked_columns(cells: list[str]) -> tuple[str, ...]:
    """Return the names of a header row. Raises FileRefused too_many_columns, duplicate_column."""
    names = [legible(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise FileRefused("too_many_columns", f"The file has {len(names)} columns; {MAX_COLUMNS} can be read.")
    seen: dict[str, str] = {}
    for name in filter(None, names):
        if (key := column_key(name)) in seen:
            raise FileRefused("duplicate_column", f"Two columns have the name {quoted(name)}. Rename or remove one.")
        seen[key] = name
    return tuple(names)


def number_records(
    rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], header_line: int
) -> Iterator[Record]:
    """Number the records below the header, leave out empty ones, and find their troubles. Raises too_many_rows."""
    width, row = len(columns), 0
    for line, raw in rows:
        if line <= header_line:
            continue
        raw[0] = raw[0].removeprefix("\ufeff")  # where somebody put one file behind the other
        cells = tuple([cell.strip(BLANK) for cell in raw])
        if not any(cells):
            continue
        row += 1
        if row > MAX_ROWS:
            raise FileRefused("too_many_rows", f"The file has more than {MAX_ROWS:,} rows. Split it.")
        if len(cells) < width or any(cells[width:]):
            yield Record(row, line, _fitted(cells, width), ((-1, "cell_count"), *bad_cells(cells[:width])))
        else:
            cells = cells[:width]
            yield Record(row, line, cells, tuple(bad_cells(cells)))


@lru_cache(maxsize=4096)
def column_key(name: str) -> str:
    """Return what makes two column names the same: letter case, blanks, `_` and `-` do not count."""
    return "".join(name.split()).replace("_", "").replace("-", "").casefold()


def delimiter_of(line: str) -> str:
    """Say what separates the cells of a header line: the sign that occurs most outside quotes, a comma in doubt."""
    bare = _QUOTED.sub("", line)
    return max(DELIMITERS, key=bare.count)


def _first_line(lines: Iterator[str]) -> tuple[str, str, int]:
    """Return the first line with content, the delimiter, and how many lines stand before it."""
    stated = ""
    for skipped, line in enumerate(lines):
        if not stated and (found := _SEPARATOR_LINE.fullmatch(line)):
            stated = found[1]
        elif line.strip():
            return line, stated or delimiter_of(line), skipped
    raise FileRefused("empty")


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _skip_to_records(lines: Iterator[str], skipped: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    for _ in range(skipped):
        next(lines)
    return rows_of(lines, delimiter, skipped, ahead=2)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))
