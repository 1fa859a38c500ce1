"""Lines of a draft as somebody wrote them, in a grid or in a file, and the refusal that tells all that is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgets.models import Line
from core.money import Money
from imports.reading.lists import ListWrong
from ssu.models import Worker

MOST_LINES = 300
"""Lines in one version: each is judged by the rules of its act, in one transaction."""
KINDS = (Line.Kind.EXPENSE, Line.Kind.INCOME)


class LinesWrong(ListWrong):
    """The lines cannot be written; `problems` are all that is wrong with them, each by its row and column."""

    code = "budget_lines_wrong"
    field = None  # type: ignore[assignment]


@dataclass(frozen=True)
class LineWords:
    """One line. `row` tells it from the others in a refusal; `line` is the id of the line that it changes, None for a
    new one. `months` are twelve amounts in minor units, None for evenly or in the proportions that stand.
    """

    row: int
    line: int | None
    impact: str
    category: str
    amount: Money
    kind: str = Line.Kind.EXPENSE
    priority: int = 1
    months: tuple[int, ...] | None = None
    owner: Worker | None = None

    @property
    def said(self) -> Mapping[str, Any]:
        """What the operations of a single line take."""
        names = ("impact", "category", "amount", "kind", "priority", "owner")
        return {name: getattr(self, name) for name in names} | {"months": self.months}

    def is_as(self, line: Line) -> bool:
        """Whether the line stands so already."""
        told = (self.impact, self.category, self.amount.minor, self.kind, self.priority)
        stands = (line.impact, line.category, line.amount, line.kind, line.priority)
        is_spread_so = self.months is None or list(self.months) == list(line.months)
        return told == stands and is_spread_so and line.owner_id == (self.owner.pk if self.owner else None)
