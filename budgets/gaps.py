"""Coverage of all budgets of a year: what each unit, or each line, has and is short of in the months asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from agencies.models import Agency
from agencies.seats import Seat
from budgets import queries
from budgets.models import Budget, Line
from budgets.preferred import gifts_preferring, gifts_preferring_each
from budgets.queries import Coverage, LineCoverage


@dataclass(frozen=True)
class Span:
    """Months of a fiscal year, from `first` to `last`, both included; 0 is its first month."""

    first: int = 0
    last: int = 11

    @property
    def is_whole(self) -> bool:
        return self == Span()


@dataclass(frozen=True)
class Gap:
    """A budget in force, or a line of it, in minor units of the budget's currency: what is planned for the months asked
    for, and what of it is received and promised. Over the whole year a unit may have more than it plans.
    """

    budget: Any
    line: Line | None
    planned: int
    received: int
    committed: int

    @property
    def open(self) -> int:
        return max(self.planned - self.received - self.committed, 0)

    @property
    def over(self) -> int:
        return max(self.received + self.committed - self.planned, 0)

    def is_below(self, percent: int) -> bool:
        """Whether less than so many percent of the plan is received or promised. A plan of nothing is never short."""
        return (self.received + self.committed) * 100 < self.planned * percent


def gaps(
    seat: Seat, year: int, *, units: Any, span: Span = Span(), by_line: bool = False, below: int | None = None
) -> list[Gap]:
    """The budgets in force of these units, or their expense lines, that the seat may see: by currency, the base
    currency first, and in each the biggest gap first. Never more than one currency is compared or added.

    Five queries over the year, and two more for lines and months, however many units there are.
    """
    found = queries.budgets_in_force(seat, year).filter(unit__in=units)
    return gaps_of(seat.agency, list(found), span=span, by_line=by_line, below=below)


def gaps_of(
    agency: Agency, found: list[Any], *, span: Span, by_line: bool = False, below: int | None = None
) -> list[Gap]:
    """The same of these budgets of one fiscal year, each with its `goal`."""
    coverage = queries.coverage_of(agency, found)
    if span.is_whole and not by_line:
        rows = [of_unit(each, coverage[each.pk]) for each in found]
    else:
        rows = in_months(agency, found, coverage, span, by_line=by_line)
    wanted = [each for each in rows if below is None or each.is_below(below)]
    return sorted(wanted, key=lambda row: in_order(agency, row))


def in_order(agency: Agency, row: Gap) -> tuple[Any, ...]:
    """By currency, the base currency first; then the biggest gap first; equal ones by number, so that pages agree."""
    code = row.budget.currency
    return code != agency.base_currency, code, -row.open, row.budget.pk, row.line.pk if row.line else 0


def of_unit(budget: Any, coverage: Coverage) -> Gap:
    """The whole year of a unit."""
    return Gap(budget, None, coverage.goal, coverage.received, coverage.committed)


def in_months(
    agency: Agency, found: list[Any], coverage: Mapping[int, Coverage], span: Span, *, by_line: bool
) -> list[Gap]:
    """Each expense line in the months of the span, or all of a budget together."""
    lines, preferred = expense_lines(found), gifts_preferring_each(agency, found)
    rows = []
    for budget in found:
        covered = queries.lines_covered(lines[budget.pk], coverage[budget.pk], preferred[budget.pk])
        parts = [of_line(budget, each, span) for each in covered]
        rows += parts if by_line else [together(budget, parts)]
    return rows


@dataclass(frozen=True)
class Basis:
    """What the coverage of one budget rests on: its expense lines, what its unit has, what came in for which line."""

    lines: list[Line]
    coverage: Coverage
    preferred: Mapping[UUID, int]

    def covered(self, less: int = 0) -> list[LineCoverage]:
        """The lines as what the unit has covers them; `less` minor units of what is promised are not counted."""
        counted = replace(self.coverage, committed=self.coverage.committed - less)
        return queries.lines_covered(self.lines, counted, self.preferred)


def basis_of(agency: Agency, budget: Any) -> Basis:
    """That of one version. Seven queries at most."""
    lines = expense_lines([budget]).get(budget.pk, [])
    budget.goal = sum(each.amount for each in lines)
    coverage = queries.coverage_of(agency, [budget])[budget.pk]
    return Basis(lines, coverage, gifts_preferring(agency, budget))


def expense_lines(budgets: Iterable[Budget]) -> Mapping[int, list[Line]]:
    """Their expense lines, in the order in which they are covered, by budget. One query."""
    found: defaultdict[int, list[Line]] = defaultdict(list)
    wanted = Line.objects.filter(budget__in=[each.pk for each in budgets], kind=Line.Kind.EXPENSE)
    for line in wanted.order_by("priority", "pk"):
        found[line.budget_id].append(line)
    return found


def of_line(budget: Any, covered: LineCoverage, span: Span) -> Gap:
    """A line in the months of a span, as `months.by_month` fills them: what is received covers the earliest months,
    what is promised those after them.
    """
    upto, before = (sum(covered.line.months[:month]) for month in (span.last + 1, span.first))
    received = min(covered.received, upto) - min(covered.received, before)
    both = covered.received + covered.committed
    return Gap(budget, covered.line, upto - before, received, min(both, upto) - min(both, before) - received)


def together(budget: Any, parts: Iterable[Gap]) -> Gap:
    """The lines of a budget as one."""
    sums = [sum(each) for each in zip(*((part.planned, part.received, part.committed) for part in parts), strict=True)]
    return Gap(budget, None, *(sums or (0, 0, 0)))


@dataclass
class Total:
    """The rows of one currency added up: what is `over` in one unit covers nothing in another, so received and promised
    count up to what their row plans, and planned = received + committed + open.
    """

    currency: str
    planned: int = 0
    received: int = 0
    committed: int = 0
    over: int = 0
    count: int = 0

    @property
    def open(self) -> int:
        return self.planned - self.received - self.committed


def totals(rows: Iterable[Gap]) -> list[Total]:
    """A sum per currency, in the order of the rows."""
    found: dict[str, Total] = {}
    for row in rows:
        total = found.setdefault(row.budget.currency, Total(row.budget.currency))
        received = min(row.received, row.planned)
        total.planned += row.planned
        total.received += received
        total.committed += row.planned - received - row.open
        total.over += row.over
        total.count += 1
    return list(found.values())
