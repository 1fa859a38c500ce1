"""The lines of a budget as a file that leaves, is worked on in a spreadsheet, and comes back."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from agencies.downloads import Sheet
from budgets.models import Budget, Line
from core.export import Cell
from core.money import Money

TOLD: Final = ("line", "kind", "impact", "category", "priority", "owner", "amount")
"""The columns before the months."""
NEEDED: Final = ("impact", "category", "amount")
REMOVE: Final = "remove"
YES: Final = "yes"


def month_columns(months: Sequence[date]) -> list[str]:
    """A column for each month; a word stands first, so that no spreadsheet takes the name for a day."""
    return [f"month_{first:%Y_%m}" for first in months]


def columns_of(months: Sequence[date]) -> list[str]:
    """All columns of the file, in the order in which it leaves."""
    return [*TOLD, *month_columns(months), REMOVE]


def line_sheet(
    budget: Budget, lines: Sequence[Line], months: Sequence[date], owners: dict[int | None, str], *, withheld: bool
) -> Sheet:
    """Every line with its months, in exact decimals; the words are left out while the unit is closed to the reader."""

    def exact(minor: int) -> Cell:
        return Money(minor, budget.currency).decimal

    rows: list[tuple[Cell, ...]] = [
        (
            line.pk,
            str(line.kind),
            "" if withheld else line.impact,
            "" if withheld else line.category,
            line.priority,
            "" if withheld else owners.get(line.owner_id, ""),
            exact(line.amount),
            *(exact(minor) for minor in line.months),
            "",
        )
        for line in lines
    ]
    return Sheet(f"budget-{budget.pk}-lines", columns_of(months), rows)
