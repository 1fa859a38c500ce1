"""Lists of units for one seat: what they may be narrowed to, and the register."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from agencies.models import Role
from agencies.seats import Seat
from ssu.models import Strategy, TeamMember, Unit, Worker
from ssu.models.discretion import public_unit_name
from ssu.queries.counts import Progress, progress_of
from ssu.queries.people import leaders_of
from ssu.queries.quiet import Stillness, stillness


@dataclass(frozen=True)
class Filters:
    """What a list of units is narrowed to; "" or None means all. A URL holds them, so a view can be kept.

    `leader` is a worker's id. The matrix alone knows `activity` (a level of `queries.quiet`), `step` with `state` (one
    of State, or "late"), `sort` and `group`.
    """

    words: str = ""
    strategy: int | None = None
    leader: int | None = None
    kind: str = ""
    archived: bool = False
    activity: str = ""
    step: int | None = None
    state: str = ""
    sort: str = ""
    group: str = ""


@dataclass(frozen=True)
class Row:
    """A unit in a list. `progress` and `quiet` are None where this seat may not see its roll-out."""

    unit: Any
    leaders: tuple[str, ...]
    progress: Progress | None
    quiet: Stillness | None


def narrowed(seat: Seat, filters: Filters) -> Any:
    """The units at work, or the archived, that the seat may see and the filters leave."""
    status = Unit.Status.ARCHIVED if filters.archived else Unit.Status.ACTIVE
    return fitting(seat, filters).filter(status=status)


def fitting(seat: Seat, filters: Filters) -> Any:
    """The same, at work or archived; words are looked for in what the seat is shown, only."""
    found = Unit.objects.seen_by(seat).select_related("strategy")
    if filters.strategy:
        found = found.filter(strategy=filters.strategy)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.leader:
        found = found.filter(pk__in=leading(seat).filter(worker=filters.leader).values("unit"))
    return found.naming(filters.words) if filters.words else found


def rows(seat: Seat, units: list[Any]) -> list[Row]:
    """Leaders, progress and quietness beside units `seen_by` this seat. Four queries."""
    open_to_seat = seat.unit_ids("rollout.view")
    visible = [unit.pk for unit in units if open_to_seat is None or unit.pk in open_to_seat]
    progress = progress_of(visible, seat.agency.today())
    leaders = leaders_of(seat, [unit.pk for unit in units])
    quiet = stillness(seat.agency, [unit for unit in units if unit.pk in progress])
    return [Row(unit, tuple(leaders.get(unit.pk, ())), progress.get(unit.pk), quiet.get(unit.pk)) for unit in units]


def leading(seat: Seat) -> Any:
    """The service of everybody who leads a unit today, without units that are closed to the seat: a filter by leader
    would tell who leads them.
    """
    return TeamMember.objects.serving().open_to(seat).filter(role=Role.LEADER)


def unit_leaders(seat: Seat) -> dict[int, str]:
    """Everybody who leads a unit today, by worker id, named as this seat may name them and sorted so. One query."""
    found = Worker.objects.seen_by(seat).filter(pk__in=leading(seat).values("worker"))
    return dict(found.values_list("pk", "shown_name"))


def strategies() -> list[Strategy]:
    """All strategies by name."""
    return list(Strategy.objects.order_by("name", "pk"))


def strategies_with_a_unit() -> list[Strategy]:
    """Strategies at work by name, then the archived that still have units, which are archived too. One query."""
    used = Exists(Unit.objects.filter(strategy=OuterRef("pk")))
    found = Strategy.objects.filter(Q(status=Strategy.Status.ACTIVE) | used)
    return list(found.order_by("status", "name", "pk"))


def strategies_with_units(seat: Seat) -> list[tuple[Strategy, int]]:
    """All strategies by name, each with the number of active units of it that the seat may see. Two queries."""
    numbers: dict[int, int] = {}
    for strategy_id in Unit.objects.seen_by(seat).active().values_list("strategy_id", flat=True):
        numbers[strategy_id] = numbers.get(strategy_id, 0) + 1
    return [(strategy, numbers.get(strategy.pk, 0)) for strategy in strategies()]


def shown_names(seat: Seat, unit_ids: Collection[int]) -> dict[int, str]:
    """What a seat calls those of these units whose steps are open to it, by id. One query."""
    reached = seat.unit_ids("rollout.view")
    found = Unit.objects.seen_by(seat).filter(pk__in=unit_ids)
    found = found if reached is None else found.filter(pk__in=reached)
    return dict(found.values_list("pk", "shown_name"))


def public_names(unit_ids: Collection[int]) -> dict[int, str]:
    """What anybody may call these units, by id. One query."""
    named = Unit.objects.filter(pk__in=unit_ids).annotate(public=public_unit_name(""))
    return dict(named.values_list("pk", "public"))


def names_seen(seat: Seat, unit_ids: Collection[int]) -> dict[int, str]:
    """What a seat calls those of these units that it may see and that are not closed to it, by id: beside what somebody
    began for a unit stands who it was. One query.
    """
    mine = Unit.objects.seen_by(seat).filter(pk__in=unit_ids, is_withheld=False)
    return dict(mine.values_list("pk", "shown_name"))
