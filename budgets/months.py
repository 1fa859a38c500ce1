"""A budget by line and month: planned, received, committed, open; and what a further gift would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from budgets.allocation import Want, allocate, fill_in_order
from budgets.models import Line
from budgets.queries import LineCoverage, bounds


@dataclass(frozen=True)
class Month:
    """One line in one month, in minor units: what a line has covers its months in their order, received money first."""

    first: date
    planned: int
    received: int
    committed: int

    @property
    def open(self) -> int:
        return self.planned - self.received - self.committed


@dataclass(frozen=True)
class Would:
    """What a further gift would do for a line: `before` and `after` are what the line has, of what it wants."""

    line: Line
    part: int
    before: int

    @property
    def after(self) -> int:
        return self.before + self.part

    @property
    def fills(self) -> bool:
        return self.after == self.line.amount


def months_of(agency: Agency, fiscal_year: int) -> list[date]:
    """The first days of the months of a fiscal year, in order."""
    first, _ = bounds(agency, fiscal_year)
    started = first.year * 12 + first.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(started, started + 12)]


def by_month(covered: LineCoverage, months: Sequence[date]) -> list[Month]:
    """A line over the twelve months of its year, as its amount is spread over them. Planned, received and committed add
    up to those of the year.
    """
    planned = covered.line.months
    received = fill_in_order(covered.received, planned)
    left = [amount - got for amount, got in zip(planned, received, strict=True)]
    committed = fill_in_order(covered.committed, left)
    return [Month(*each) for each in zip(months, planned, received, committed, strict=True)]


def together(rows: Sequence[Sequence[Month]]) -> list[Month]:
    """Several lines by month."""
    return [
        Month(
            each[0].first,
            sum(month.planned for month in each),
            sum(month.received for month in each),
            sum(month.committed for month in each),
        )
        for each in zip(*rows, strict=True)
    ]


def would_do(amount: int, covered: Sequence[LineCoverage]) -> tuple[list[Would], int]:
    """Which lines a gift of so many minor units would cover after all that is received and committed, by the rule that
    covers them today, and what of it no line wants. Parts and rest add up to the gift.
    """
    parts = allocate(amount, [Want(each.open, each.line.priority) for each in covered])
    found = [
        Would(each.line, part, each.line.amount - each.open) for each, part in zip(covered, parts, strict=True) if part
    ]
    return found, max(amount, 0) - sum(parts)
