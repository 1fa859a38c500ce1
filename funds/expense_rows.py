"""The rows of a file of expenses, checked and typed, and what is wrong with a file: what `funds.imports.expenses` makes
and `funds.operations.bring_expenses` takes.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.errors import Refused
from core.money import Money

COLUMNS = (
    "id",
    "date",
    "designation",
    "category",
    "amount",
    "currency",
    "paid_from",
    "payee",
    "description",
    "reference",
)
"""The columns of the file, in the order of the template."""
NEEDED = ("date", "designation", "category", "amount")
LENGTHS = {"id": 70, "payee": 120, "description": 250, "reference": 80}
FILE = "file"
"""The source of expenses that a file brought."""


class Problem(NamedTuple):
    """One thing that is wrong: the row as the spreadsheet counts it (0: the file), its column, and what to do."""

    row: int
    column: str
    message: str


class ExpensesWrong(Refused):
    """The file cannot be brought in; `problems` are all that is wrong with it."""

    code = "expenses_wrong"
    status = 422
    field = "file"

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        place = f"Row {first.row}: " if first.row else ""
        super().__init__(f"{place}{first.message}{more}")
        self.problems = problems


@dataclass(frozen=True)
class ExpenseRow:
    """An expense: ids of designation, category and deposit account, an amount above zero, and its number in the file.
    `is_there` says that it was brought in before.
    """

    row: int
    external_id: str
    on: date
    designation: int
    category: int
    paid_from: int
    amount: Money
    payee: str = ""
    description: str = ""
    reference: str = ""
    is_there: bool = False
