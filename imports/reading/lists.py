"""What is wrong with a short list that people keep in a spreadsheet, and the refusal that tells all of it at once."""

import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from core.errors import Refused
from core.money import Money, WrongAmount, parse_amount
from imports.reading.child import run_in_child
from imports.reading.delimited import column_key
from imports.reading.sheets import SheetRead, SheetRow, read_sheet


class Problem(NamedTuple):
    """One thing that is wrong: the row as the spreadsheet counts it (0: the file), its column, and what to do."""

    row: int
    column: str
    message: str


class ListWrong(Refused):
    """A list that cannot be brought in; `problems` are all that is wrong with it."""

    code = "list_wrong"
    status = 422
    field = "file"

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        place = f"Row {first.row}: " if first.row else ""
        super().__init__(f"{place}{first.message}{more}")
        self.problems = list(problems)


def wrong_columns(sheet: SheetRead, columns: Sequence[str], needed: Sequence[str]) -> list[Problem]:
    """Columns that nobody knows, since a slip would lose what stands in them, and needed ones that are missing."""
    known = {column_key(name) for name in columns}
    written = {column_key(name) for name in sheet.columns if name}
    problems = [
        Problem(0, name, f"The column “{name}” is not known. Use one of: {', '.join(columns)}.")
        for name in sheet.columns
        if name and column_key(name) not in known
    ]
    said = "The column “{}” is missing. Take the template and keep its first line."
    return problems + [Problem(0, name, said.format(name)) for name in needed if column_key(name) not in written]


def read_list(content: bytes) -> SheetRead:
    """A short list, read in the child process; nothing of it is kept. Raises FileRefused."""
    with tempfile.NamedTemporaryFile(suffix=".list") as kept:
        kept.write(content)
        kept.flush()
        found: SheetRead = run_in_child(read_sheet, Path(kept.name))
    return found


def places_of(sheet: SheetRead) -> dict[str, int]:
    """Where each column stands, by its key."""
    return {column_key(name): place for place, name in enumerate(sheet.columns) if name}


class ListLine:
    """One row of a list, able to say what is wrong with its cells. `cells` has a text for each of `columns`, empty
    where the list has no such column.
    """

    def __init__(self, row: SheetRow, places: Mapping[str, int], columns: Sequence[str]) -> None:
        self.row = row.row
        self.problems = [Problem(row.row, column, said) for column, said in row.troubles]
        self.cells = {name: self.text(row, places.get(column_key(name))) for name in columns}

    @staticmethod
    def text(row: SheetRow, place: int | None) -> str:
        return "" if place is None else unicodedata.normalize("NFC", row.cells[place]).strip()

    def wrong(self, column: str, said: str) -> None:
        self.problems.append(Problem(self.row, column, said))

    def money_in(self, column: str, currency: str) -> Money | None:
        """The amount in a cell; None where it is empty or wrong."""
        if not self.cells[column]:
            return None
        try:
            return parse_amount(self.cells[column], currency)
        except WrongAmount as refusal:
            self.wrong(column, str(refusal))
            return None
