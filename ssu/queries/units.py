"""Lists of units for one seat: the register and the matrix."""

from dataclasses import dataclass
from typing import Any

from agencies.seats import Seat
from ssu.models import Strategy, Unit
from ssu.queries.counts import Progress, progress_of
from ssu.queries.people import leaders_of


@dataclass(frozen=True)
class Filters:
    """What a list of units is narrowed to; "" or None means all. A URL holds them, so a view can be kept."""

    words: str = ""
    strategy: int | None = None
    kind: str = ""
    archived: bool = False


@dataclass(frozen=True)
class Row:
    """A unit in a list. `progress` is None where this seat may not see its roll-out."""

    unit: Any
    leaders: tuple[str, ...]
    progress: Progress | None


def narrowed(seat: Seat, filters: Filters) -> Any:
    """The units that the seat may see and the filters leave; words are looked for in what the seat is shown, only."""
    found = Unit.objects.seen_by(seat).select_related("strategy")
    status = Unit.Status.ARCHIVED if filters.archived else Unit.Status.ACTIVE
    found = found.filter(status=status)
    if filters.strategy:
        found = found.filter(strategy=filters.strategy)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    return found.naming(filters.words) if filters.words else found


def rows(seat: Seat, units: list[Any]) -> list[Row]:
    """Leaders and progress beside units `seen_by` this seat. Two queries."""
    open_to_seat = seat.unit_ids("rollout.view")
    visible = [unit.pk for unit in units if open_to_seat is None or unit.pk in open_to_seat]
    progress = progress_of(visible, seat.agency.today())
    leaders = leaders_of(seat, [unit.pk for unit in units])
    return [Row(unit, tuple(leaders.get(unit.pk, ())), progress.get(unit.pk)) for unit in units]


def matrix(seat: Seat, filters: Filters) -> list[tuple[Any, Progress]]:
    """Units and their six steps, the furthest behind first, then by shown name. Two queries for any number."""
    units = narrowed(seat, filters)
    open_to_seat = seat.unit_ids("rollout.view")
    if open_to_seat is not None:
        units = units.filter(pk__in=open_to_seat)
    found = list(units)
    progress = progress_of([unit.pk for unit in found], seat.agency.today())
    pairs = [(unit, progress[unit.pk]) for unit in found]
    return sorted(pairs, key=lambda pair: (pair[1].settled, pair[1].ready))


def strategies() -> list[Strategy]:
    """All strategies by name."""
    return list(Strategy.objects.order_by("name", "pk"))


def strategies_with_units(seat: Seat) -> list[tuple[Strategy, int]]:
    """All strategies by name, each with the number of active units of it that the seat may see. Two queries."""
    numbers: dict[int, int] = {}
    for strategy_id in Unit.objects.seen_by(seat).active().values_list("strategy_id", flat=True):
        numbers[strategy_id] = numbers.get(strategy_id, 0) + 1
    return [(strategy, numbers.get(strategy.pk, 0)) for strategy in strategies()]
