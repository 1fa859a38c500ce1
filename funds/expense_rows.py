"""The rows of a file of expenses, checked and typed, and what is wrong with a file: what `funds.imports.expenses` makes
and `funds.operations.bring_expenses` takes.
"""

from dataclasses import dataclass
from datetime import date

from core.money import Money
from imports.reading.lists import ListWrong

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


class ExpensesWrong(ListWrong):
    """The file cannot be brought in; `problems` are all that is wrong with it."""

    code = "expenses_wrong"


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
