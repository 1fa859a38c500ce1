"""Coverage of all budgets of the big agency, against the sums that one would write by hand."""

from datetime import date, timedelta
from typing import Any

from benchmarks.registry import benchmark
from benchmarks.replay import Statement, caught, enter, replay
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World, inside

GOAL = Goal(2)
# One row per budget: what it plans, and what came in by the summary.
SUMS = """
SELECT b.id, b.unit_id, b.currency, l.goal, r.received
FROM budgets_budget b
JOIN (SELECT budget_id, sum(amount) AS goal FROM budgets_line WHERE kind = 'expense' GROUP BY 1) l ON l.budget_id = b.id
LEFT JOIN (
  SELECT d.unit_id, m.currency, -sum(m.debit + m.credit) AS received
  FROM funds_accountmonth m JOIN funds_account a ON a.agency_id = m.agency_id AND a.id = m.account_id
  JOIN funds_designation d ON d.agency_id = a.agency_id AND d.id = a.designation_id AND d.kind = 'unit'
  WHERE m.kind = 'gift' AND m.month BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
  GROUP BY 1, 2
) r ON r.unit_id = b.unit_id AND r.currency = b.currency
WHERE b.state = 'approved' AND b.fiscal_year = %(year)s ORDER BY l.goal - coalesce(r.received, 0) DESC
"""
LINES = """
SELECT id, budget_id, amount, priority, months, root, impact, category FROM budgets_line
WHERE kind = 'expense' ORDER BY budget_id, priority, id
"""


@benchmark("coverage")
def coverage(world: World) -> list[Result]:
    """All units of the year, all their lines, and all units until the end of March."""
    from budgets.gaps import Span

    sums: list[Statement] = [(SUMS, {"year": year_of(world)}), *promised(world)]
    lines: list[Statement] = [*sums, (LINES, None)]
    return [
        row(world, "coverage: units", sums),
        row(world, "coverage: lines", lines, by_line=True),
        row(world, "coverage: months", lines, span=Span(0, 2)),
    ]


def row(world: World, name: str, by_hand: list[Statement], **asked: Any) -> Result:
    """What the page works out, from the question to the sorted rows."""

    def found() -> int:
        from budgets.gaps import gaps
        from ssu.models import Unit

        return len(gaps(world.big.seat, year_of(world), units=Unit.objects.values("pk"), **asked))

    web = world.connected_as("web")
    enter(web, world.big.agency.pk)
    with inside(world.big):
        statements = len(caught(found))
        ours, theirs = in_turn(found, lambda: replay(web, by_hand), rounds=world.scale.rounds)
        remark = f"{found():,} rows, {statements} statements"
    return Result(name, "rows of the page", "hand-written sums and rows, fetched raw", ours, theirs, GOAL, remark)


def year_of(world: World) -> int:
    """The year of the budgets."""
    return world.big.agency.today().year


def promised(world: World) -> list[Statement]:
    """What is promised, which no summary holds: the one statement by which every page asks it, and its settings."""
    from budgets.queries import committed_by_unit
    from ssu.models import Unit

    agency = world.big.agency
    with inside(world.big):
        units = list(Unit.objects.values_list("pk", flat=True))
        first, last = agency.today() + timedelta(days=1), date(year_of(world), 12, 31)
        return caught(lambda: committed_by_unit(agency, units, first, last))
