"""How many units each of several filters leaves: the numbers on the tabs of saved views."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Value

from agencies.seats import Seat
from ssu.models import Unit
from ssu.queries.counts import progress_of
from ssu.queries.matrix import Line, fits
from ssu.queries.quiet import stillness
from ssu.queries.units import Filters, narrowed


def register_counts(seat: Seat, many: Sequence[Filters]) -> list[int]:
    """How many units the register lists under each of these filters. One query for any number of filters."""
    return [len(ids) for ids in ids_left(seat, many)]


def matrix_counts(seat: Seat, many: Sequence[Filters]) -> list[int]:
    """How many rows the matrix has under each of these filters. One query; five where one asks how a unit stands."""
    reached = seat.unit_ids("rollout.view")
    left = [ids if reached is None else ids & reached for ids in ids_left(seat, many)]
    asked = [ids for ids, filters in zip(left, many, strict=True) if asks_how_it_stands(filters)]
    lines = lines_of(seat, set().union(*asked)) if asked else {}
    return [
        sum(fits(lines[pk], filters) for pk in ids) if asks_how_it_stands(filters) else len(ids)
        for ids, filters in zip(left, many, strict=True)
    ]


def asks_how_it_stands(filters: Filters) -> bool:
    """Whether a filter looks at more than the unit's own row."""
    return bool(filters.activity or filters.state)


def ids_left(seat: Seat, many: Sequence[Filters]) -> list[set[int]]:
    """The ids of the units that each filter leaves."""
    parts = [
        narrowed(seat, filters).order_by().annotate(which=Value(which)).values_list("which", "pk")
        for which, filters in enumerate(many)
    ]
    left: list[set[int]] = [set() for _ in many]
    for which, pk in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        left[which].add(pk)
    return left


def lines_of(seat: Seat, unit_ids: Collection[int]) -> dict[int, Any]:
    """How these units stand, by id."""
    units = list(Unit.objects.filter(pk__in=unit_ids))
    progress, quiet = progress_of(list(unit_ids), seat.agency.today()), stillness(seat.agency, units)
    return {unit.pk: Line(unit, progress[unit.pk], quiet[unit.pk]) for unit in units}
