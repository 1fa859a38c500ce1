"""The matrix of units and steps: which units, in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from agencies.seats import Seat
from ssu.models import State
from ssu.queries.counts import Progress, progress_of
from ssu.queries.quiet import Stillness, stillness
from ssu.queries.units import Filters, narrowed

LATE: Final = "late"
STRATEGY: Final = "strategy"


@dataclass(frozen=True)
class Line:
    """A unit `seen_by` the reader with its six steps and how quiet it is."""

    unit: Any
    progress: Progress
    quiet: Stillness

    @property
    def late(self) -> int:
        """Items that are late."""
        return sum(step.late for step in self.progress.steps)


Order = Callable[[Line], Any]
ORDERS: Final[dict[str, Order]] = {
    "behind": lambda line: (line.progress.settled, line.progress.ready),
    "ahead": lambda line: (-line.progress.settled, -line.progress.ready),
    "late": lambda line: -line.late,
    "quiet": lambda line: (not line.quiet.counts, -line.quiet.days),
    "name": lambda line: 0,
    STRATEGY: lambda line: line.unit.strategy.name,
}
"""How the matrix may be sorted; units that are equal stand by shown name, which is the order they come in."""
FURTHEST_BEHIND: Final = "behind"


def matrix(seat: Seat, filters: Filters) -> list[Line]:
    """Units and their six steps, sorted. Four queries for any number of units."""
    units = narrowed(seat, filters)
    reached = seat.unit_ids("rollout.view")
    found = list(units if reached is None else units.filter(pk__in=reached))
    progress = progress_of([unit.pk for unit in found], seat.agency.today())
    quiet = stillness(seat.agency, found)
    lines = [Line(unit, progress[unit.pk], quiet[unit.pk]) for unit in found]
    kept = [line for line in lines if fits(line, filters)]
    return sorted(kept, key=ORDERS[filters.sort or FURTHEST_BEHIND])


def fits(line: Line, filters: Filters) -> bool:
    """Whether a unit is as quiet as asked for, and has a step that stands as asked for."""
    if filters.activity and line.quiet.level != filters.activity:
        return False
    if not filters.state:
        return True
    steps = [step for step in line.progress.steps if filters.step in (None, step.step)]
    if filters.state == LATE:
        return any(step.late for step in steps)
    if filters.state == State.READY:
        return any(step.ready for step in steps)
    return any(step.state == filters.state for step in steps)
