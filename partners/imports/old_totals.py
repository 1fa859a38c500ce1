"""The totals of the old system in a file, judged as a whole: every problem at once, with row, column and remedy."""

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from core.money import Money, UnknownCurrency, WrongAmount, parse_amount
from imports.reading.delimited import column_key
from imports.reading.sheets import SheetRead, SheetRow
from partners.keys import short_key

COLUMNS: Final = ("designation", "month", "currency", "amount", "count")
"""The columns of the file, in the order of the template."""
NEEDED: Final = ("designation", "month", "currency", "amount")
OPENING: Final = "opening"
"""What stands in the place of the month in a row that tells an opening balance."""
MONTH: Final = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])")
MOST_GIFTS: Final = 10_000_000
Row = list[Any]
Key = tuple[str, str, str, str]


class Problem(NamedTuple):
    """One thing that is wrong: the row as the spreadsheet counts it (0: the file), its column, and what to do."""

    row: int
    column: str
    message: str


def judge_old_totals(sheet: SheetRead) -> tuple[list[Row], list[Problem]]:
    """The rows as `OldTotals` keeps them, and everything that is wrong. With a problem nothing of it may be kept."""
    places = {column_key(name): place for place, name in enumerate(sheet.columns) if name}
    problems = [
        Problem(0, name, f"The column “{name}” is missing. The first line is: {', '.join(COLUMNS)}.")
        for name in NEEDED
        if name not in places
    ]
    if problems:
        return [], problems
    if not sheet.rows:
        return [], [Problem(0, "", "The file has a header and no totals. Add a row for each designation and month.")]
    rows, seen = [], dict[Key, int]()
    for line in sheet.rows:
        made, wrong = judged(line, places, seen)
        problems += wrong
        rows.append(made)
    return ([] if problems else [row for row in rows if row]), problems


def judged(line: SheetRow, places: dict[str, int], seen: dict[Key, int]) -> tuple[Row, list[Problem]]:
    """One row, and what is wrong with it."""
    cells = {name: line.cells[place].strip() if (place := places.get(name)) is not None else "" for name in COLUMNS}
    problems = [Problem(line.row, column, message) for column, message in line.troubles]
    code, month, currency = short_key(cells["designation"]), cells["month"].lower(), cells["currency"].upper()
    if not code:
        problems.append(Problem(line.row, "designation", "Write the code that the old system has."))
    if month != OPENING and not MONTH.fullmatch(month):
        problems.append(Problem(line.row, "month", "Write it like 2025-03, or “opening” for what was held before."))
    amount, wrong = money_of(line.row, cells["amount"], currency)
    problems += wrong
    count, wrong = count_of(line.row, cells["count"])
    problems += wrong
    kind = OPENING if month == OPENING else "gifts"
    key = (kind, code, "" if kind == OPENING else month, currency)
    if not problems and seen.setdefault(key, line.row) != line.row:
        problems.append(Problem(line.row, "designation", f"This stands in row {seen[key]} too. Keep one row of each."))
    return ([*key, amount.minor, count] if amount and not problems else []), problems


def money_of(row: int, text: str, currency: str) -> tuple[Money | None, list[Problem]]:
    """The amount, exact."""
    try:
        return parse_amount(text, currency), []
    except UnknownCurrency as refusal:
        return None, [Problem(row, "currency", str(refusal))]
    except WrongAmount as refusal:
        return None, [Problem(row, "amount", str(refusal))]


def count_of(row: int, text: str) -> tuple[int | None, list[Problem]]:
    """How many gifts; where the old system does not tell, the cell is empty."""
    if not text:
        return None, []
    if text.isascii() and text.isdigit() and int(text[:12]) <= MOST_GIFTS:
        return int(text[:12]), []
    return None, [Problem(row, "count", "Write how many gifts there were, like 12, or leave it empty.")]


def as_sheet(rows: Sequence[dict[str, str]]) -> SheetRead:
    """What a program sends, in the shape of a file; its rows count from 1."""
    lines = [SheetRow(number, tuple(row.get(name, "") for name in COLUMNS)) for number, row in enumerate(rows, 1)]
    return SheetRead(COLUMNS, tuple(lines))
