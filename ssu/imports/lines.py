"""Rows of a table as they came: cells by column, able to say what is wrong with them."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from imports.reading.delimited import column_key, open_text, read_table
from imports.reading.findings import CELL_SENTENCES, FileRefused
from imports.reading.limits import read_limited
from ssu.setup_problems import Problems

Parsed = TypeVar("Parsed")
WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")


@dataclass(frozen=True)
class Line:
    """A row of a file with its number, able to say what is wrong with a cell."""

    file: str
    row: int
    cells: dict[str, str]
    problems: Problems

    def text(self, column: str, *, most: int = 120) -> str:
        """A cell that must not be empty."""
        if not self.cells[column]:
            self.wrong(column, "is empty. Fill it in.")
        return self.short(column, most=most)

    def short(self, column: str, *, most: int = 120) -> str:
        """A cell that may be empty."""
        value = self.cells[column]
        if len(value) > most:
            self.wrong(column, f"is longer than {most} characters. Shorten it.")
        return value

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """A cell that holds one of these words, whatever its letter case and blanks: "People Group" is people_group."""
        value, words = self.cells[column], list(allowed)
        word = "_".join(value.casefold().replace("-", " ").split())
        if word not in words:
            self.wrong(column, f"“{value}” is not known. Use one of: {', '.join(words)}.")
        return word

    def day(self, column: str) -> date | None:
        """A day as YYYY-MM-DD, or nothing."""
        value = self.cells[column]
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.wrong(column, f"“{value}” is no day. Write it as YYYY-MM-DD, such as 2025-07-01.")
            return None

    def wrong(self, column: str, said: str) -> None:
        self.problems.add(self.file, self.row, column, said)


def read_rows(
    folder: Path, file: str, columns: tuple[str, ...], parse: Callable[[Line], Parsed], problems: Problems
) -> list[Parsed]:
    """The rows of one file, each checked; none when the file as a whole is no good."""
    try:
        return [parse(line) for line in lines_of(folder / file, columns, problems)]
    except OSError as error:
        problems.add(file, 0, "", unreadable(folder / file, error))
    except FileRefused as refusal:
        workbook = " A workbook is saved as CSV (UTF-8), sheet by sheet." if refusal.code == "compressed" else ""
        problems.add(file, 0, "", f"{refusal}{workbook}")
    problems.unread.add(file)
    return []


def unreadable(path: Path, error: OSError) -> str:
    """Why a file cannot be opened, and what to do."""
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"cannot be opened ({error.strerror}). Put a file there that may be read."
    workbook = next((path.with_suffix(end) for end in WORKBOOKS if path.with_suffix(end).exists()), None)
    if workbook:
        return f"is missing. Open {workbook.name}, save it as CSV (UTF-8) and name it {path.name}."
    return "is missing. Add it to the folder."


def lines_of(path: Path, columns: tuple[str, ...], problems: Problems) -> Iterator[Line]:
    """The rows that can be read, with their cells by column; the others are named as problems."""
    table = read_table(open_text(read_limited(path)))
    places = {column_key(name): place for place, name in enumerate(table.columns)}
    missing = [name for name in columns if column_key(name) not in places]
    if missing:
        word = "column" if len(missing) == 1 else "columns"
        said = f"the {word} {', '.join(missing)} cannot be found. Add to the first line what is missing there."
        problems.add(path.name, 0, "", said)
        problems.unread.add(path.name)
        return
    for record in table.records():
        for place, code in record.troubles:
            name = table.columns[place] if 0 <= place < len(table.columns) else ""
            problems.add(path.name, record.row, name, CELL_SENTENCES[code])
        if record.troubles:
            problems.unread.add(path.name)
            continue
        cells = {name: unicodedata.normalize("NFC", record.cells[places[column_key(name)]]) for name in columns}
        yield Line(path.name, record.row, cells, problems)
