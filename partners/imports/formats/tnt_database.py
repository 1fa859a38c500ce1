"""TntConnect's XML export read into tables of rows: Database/Tables/{Contact, Gift, …}/row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.parsers import expat

from imports.reading.cells import BLANK, bad_cells
from imports.reading.delimited import Record, Table
from imports.reading.findings import FileRefused, NoTable
from imports.reading.letters import letters_of
from imports.reading.limits import MAX_COLUMNS, MAX_ROWS
from imports.reading.markup import refuse_bad_xml, undeclared
from partners.imports.formats.tnt_secrets import find_secrets, without

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));")
_DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_NEVER = frozenset({"login", "picture"})
ID = "id"


@dataclass(frozen=True, slots=True)
class TntRow:
    """One row: its id and fields by tag, and the line where it begins."""

    line: int
    fields: dict[str, str]


@dataclass
class TntDatabase:
    """The tables by lower-case name. stripped: control characters were taken out; guessed: the encoding was."""

    tables: dict[str, list[TntRow]] = field(default_factory=dict)
    encoding: str = ""
    stripped: bool = False
    guessed: bool = False

    def rows(self, name: str) -> list[TntRow]:
        """The rows of a table, none where it is not there."""
        return self.tables.get(name, [])

    def by_id(self, name: str, tag: str) -> dict[str, str]:
        """Id -> one field, of a table that others point to."""
        return {row.fields.get(ID, ""): row.fields.get(tag, "") for row in self.rows(name)}

    def table(self, name: str) -> Table:
        """A table as the rules of rows read it."""
        rows = self.rows(name)
        columns = tuple(dict.fromkeys(tag for row in rows for tag in row.fields)) or (ID,)
        if len(columns) > MAX_COLUMNS:
            raise FileRefused("too_many_columns", f"The table {name} has {len(columns)} columns.")
        return Table(columns, rows[0].line if rows else 0, partial(_records, rows, columns))


def _records(rows: list[TntRow], columns: tuple[str, ...]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        cells = tuple([row.fields.get(column, "") for column in columns])
        yield Record(number, row.line, cells, tuple(bad_cells(cells)))


def read_database(data: bytes) -> TntDatabase:
    """Read the tables, never logins and pictures. Raises FileRefused doctype, not_well_formed, not_recognised …"""
    data = without(data, find_secrets(data))
    text, database = text_of(data)
    refuse_bad_xml(text.encode("utf-8", "replace"))
    reader = _Reader(database)
    reader.read(text)
    if not reader.has_tables:
        raise NoTable("not_recognised", "There is no Database/Tables in this XML.")
    return database


def text_of(data: bytes) -> tuple[str, TntDatabase]:
    """The text without the control characters that XML does not allow; UTF-8, what it declares, or Windows-1251."""
    database = TntDatabase(encoding=letters_of(data).name)
    declared = _DECLARED.search(data[:200])
    mark = letters_of(data)
    if mark.mark:
        text = undeclared(data[mark.mark :].decode(mark.encoding, "replace"))
    else:
        text, database.encoding, database.guessed = _decoded(data, declared[1].decode() if declared else "utf-8")
    bare = _CONTROL.sub("", _REFERENCE.sub(_allowed, text))
    database.stripped = bare != text
    return bare, database


def _decoded(data: bytes, declared: str) -> tuple[str, str, bool]:
    """(Text, encoding, whether it had to be guessed)."""
    try:
        return data.decode(declared), declared.lower(), False
    except (UnicodeDecodeError, LookupError):
        return data.decode("windows-1251", "replace"), "windows-1251", True


def _allowed(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    allowed = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return found[0] if allowed else ""


class _Reader:
    """Goes through the XML; what stands below a table's row becomes its fields."""

    def __init__(self, database: TntDatabase) -> None:
        self._database, self._path, self._text = database, [""], list[str]()
        self._row: TntRow | None = None
        self._count = 0
        self.has_tables = False
        self._parser = expat.ParserCreate()

    def read(self, text: str) -> None:
        """Raises FileRefused not_well_formed, too_many_rows."""
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        try:
            self._parser.Parse(text, True)
        except (expat.ExpatError, ValueError) as error:
            raise FileRefused("not_well_formed") from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition(":")[2])
        self._text.clear()
        if [each.casefold() for each in self._path[1:3]] == ["database", "tables"]:
            self.has_tables = True
        if len(self._path) == 5 and self._path[4].casefold() == "row" and self._path[3].casefold() not in _NEVER:
            self._row = TntRow(self._parser.CurrentLineNumber, dict(attributes))
            self._count += 1
            if self._count > MAX_ROWS:
                raise FileRefused("too_many_rows", f"The file has more than {MAX_ROWS:,} rows. Split it.")

    def _end(self, name: str) -> None:
        depth = len(self._path)
        if depth == 6 and self._row is not None:
            self._row.fields.setdefault(self._path[5], "".join(self._text).strip(BLANK))
        elif depth == 5 and self._row is not None:
            self._database.tables.setdefault(self._path[3].casefold(), []).append(self._row)
            self._row = None
        self._text.clear()
        self._path.pop()
