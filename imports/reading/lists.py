"""What is wrong with a short list that people keep in a spreadsheet, and the refusal that tells all of it at once."""

from collections.abc import Sequence
from typing import NamedTuple

from core.errors import Refused
from imports.reading.delimited import column_key
from imports.reading.sheets import SheetRead


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
