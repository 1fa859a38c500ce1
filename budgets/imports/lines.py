"""A file of budget lines, judged as a whole: every problem at once, with row, column and remedy. Writes nothing; what
the rules of a line say is told by `budgets.operations.write_lines`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budgets import phasing
from budgets.line_file import NEEDED, REMOVE, YES, columns_of, month_columns
from budgets.line_words import KINDS, MOST_LINES, LineWords
from core.formulas import without_guard
from core.money import Money
from imports.reading.lists import ListLine, Problem, places_of, wrong_columns
from imports.reading.sheets import SheetRead, SheetRow
from ssu.models import Worker

LONGEST = {"impact": 250, "category": 80}
MOST_PRIORITY = 32_767


@dataclass(frozen=True)
class Draft:
    """The draft that a file is for: its lines by id, its currency, its months, and who may look after a line by the
    name that the reader knows.
    """

    lines: frozenset[int]
    currency: str
    months: Sequence[date]
    owners: Mapping[str, Sequence[Worker]]


@dataclass(frozen=True)
class FileRead:
    """What a file says: the lines to write, and those to take out."""

    rows: list[LineWords]
    removed: list[int]


def judge_lines(sheet: SheetRead, draft: Draft) -> tuple[FileRead, list[Problem]]:
    """The lines of a file and everything that is wrong with it."""
    nothing = FileRead([], [])
    problems = wrong_columns(sheet, columns_of(draft.months), NEEDED)
    if problems:
        return nothing, problems
    if not sheet.rows:
        return nothing, [Problem(0, "", "The file has no rows. Write one line in each row below the header.")]
    if len(sheet.rows) > MOST_LINES:
        return nothing, [Problem(0, "", f"The file has more than {MOST_LINES} rows. Put small lines together.")]
    lines = [BudgetLine(row, places_of(sheet), draft) for row in sheet.rows]
    seen: dict[int, int] = {}
    rows = [words for line in lines if (words := line.words(seen))]
    removed = [line.number for line in lines if line.is_removed and line.number]
    return FileRead(rows, removed), [problem for line in lines for problem in line.problems]


class BudgetLine(ListLine):
    """One row of the file."""

    def __init__(self, row: SheetRow, places: Mapping[str, int], draft: Draft) -> None:
        super().__init__(row, places, columns_of(draft.months))
        self.draft = draft
        self.number: int | None = None
        self.is_removed = self.removal()

    def removal(self) -> bool:
        said = self.cells[REMOVE].casefold()
        if said not in ("", YES):
            self.wrong(REMOVE, f"Write “{YES}” to take the line out, or leave the cell empty.")
        return said == YES

    def words(self, seen: dict[int, int]) -> LineWords | None:
        """The row as a line; None where it takes one out, or with what is wrong noted."""
        self.number = self.line(seen)
        if self.is_removed:
            if not self.number and not self.problems:
                self.wrong(REMOVE, "A line without a number is not in the budget. Delete the row instead.")
            return None
        impact, category = self.text_of("impact"), self.text_of("category")
        kind, priority, owner = self.kind(), self.priority(), self.owner()
        months, amount = self.months(), self.amount()
        if self.problems or amount is None:
            return None
        if months is not None and not phasing.adds_up(amount.minor, months):
            whole = Money(sum(months), amount.currency).decimal_string()
            self.wrong("amount", f"The months add up to {whole}. Correct one of them, or the amount.")
            return None
        return LineWords(
            self.row, self.number, impact, category, amount, kind, priority, tuple(months) if months else None, owner
        )

    def line(self, seen: dict[int, int]) -> int | None:
        """The line that the row changes; None for a new one."""
        said = self.cells["line"]
        if not said:
            return None
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
        if number not in self.draft.lines:
            self.wrong("line", f"“{said}” is no line of this version. Empty the cell to add the line anew.")
        elif number in seen:
            self.wrong("line", f"{number} stands on row {seen[number]} too. Keep one of them.")
        else:
            seen[number] = self.row
            return number
        return None

    def text_of(self, column: str) -> str:
        said = without_guard(self.cells[column])
        if not said:
            self.wrong(column, "This is empty. Write it in a few words.")
        elif len(said) > LONGEST[column]:
            self.wrong(column, f"This is longer than {LONGEST[column]} characters. Shorten it.")
        return said

    def kind(self) -> str:
        said = self.cells["kind"].casefold() or KINDS[0]
        if said not in KINDS:
            self.wrong("kind", f"Write one of {', '.join(KINDS)}, or leave the cell empty for {KINDS[0]}.")
        return said

    def priority(self) -> int:
        said = self.cells["priority"] or "1"
        if said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= MOST_PRIORITY:
            return int(said)
        self.wrong("priority", "Write a whole number, 1 for what is covered first.")
        return 1

    def owner(self) -> Worker | None:
        """Who looks after the line, by name."""
        said = without_guard(self.cells["owner"])
        found = self.draft.owners.get(said.casefold(), ()) if said else ()
        if said and len(found) != 1:
            how = "Two people of the team have this name" if found else "Nobody of the team has this name"
            self.wrong("owner", f"{how}: “{said}”. Empty the cell and choose on the page of the line.")
            return None
        return found[0] if found else None

    def months(self) -> list[int] | None:
        """The months in minor units, what is empty as nothing; None where all are empty."""
        columns = month_columns(self.draft.months)
        if not any(self.cells[column] for column in columns):
            return None
        found = []
        for column in columns:
            money = self.money_in(column, self.draft.currency)
            found.append(money.minor if money else 0)
            if found[-1] < 0:
                self.wrong(column, "Write an amount that is not below zero.")
        return found

    def amount(self) -> Money | None:
        if not self.cells["amount"]:
            self.wrong("amount", "The amount is empty. Write what the line needs in the whole year.")
            return None
        money = self.money_in("amount", self.draft.currency)
        if money is not None and money.minor <= 0:
            self.wrong("amount", "Write an amount above zero.")
        return money
