"""Where each person of a team stands in each area of coaching. Pure: what was planned, held and excused is folded here;
queries bring it, pages and the rule of step 4 read it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from ssu.models import CoachingArea


class Standing(models.TextChoices):
    """How far coaching of one person in one area is."""

    LEFT = "left", _("Left")
    PLANNED = "planned", _("Planned")
    EXCUSED = "excused", _("Excused")
    COACHED = "coached", _("Coached")


SETTLED: Final = frozenset({Standing.COACHED, Standing.EXCUSED})
WEIGHT: Final = {Standing.LEFT: 0, Standing.PLANNED: 1, Standing.EXCUSED: 2, Standing.COACHED: 3}
Place = tuple[int, int]
"""The ids of a worker and an area."""


@dataclass(frozen=True)
class Mark:
    """One thing that stands about a person in an area: a plan, an excuse, or coaching that was held, and its day."""

    place: Place
    standing: Standing
    on: date


@dataclass(frozen=True)
class Cell:
    """Where a person stands in an area, since or until which day."""

    standing: Standing = Standing.LEFT
    on: date | None = None


def fold(marks: Iterable[Mark]) -> dict[Place, Cell]:
    """The marks of each place as one: coaching goes before an excuse, an excuse before a plan; of several the last
    coaching or excuse, and the next plan. The order of the marks does not matter.
    """
    found: dict[Place, Cell] = {}
    for mark in marks:
        found[mark.place] = stronger(found.get(mark.place, Cell()), Cell(mark.standing, mark.on))
    return found


def stronger(one: Cell, other: Cell) -> Cell:
    """The one of two that tells where the person stands."""
    if one.standing != other.standing:
        return max(one, other, key=lambda cell: WEIGHT[cell.standing])
    days = [cell.on for cell in (one, other) if cell.on is not None]
    if not days:
        return one
    return Cell(one.standing, min(days) if one.standing == Standing.PLANNED else max(days))


@dataclass(frozen=True)
class Person:
    """Somebody who is to be coached: leads or serves in the unit today. `name` is as the asking seat may know it."""

    worker_id: int
    name: str
    joined_on: date


@dataclass(frozen=True)
class TeamCoaching:
    """A team and its areas, with where everybody stands."""

    people: Sequence[Person] = ()
    areas: Sequence[CoachingArea] = ()
    cells: Mapping[Place, Cell] = field(default_factory=dict)

    def cell(self, worker_id: int, area_id: int) -> Cell:
        return self.cells.get((worker_id, area_id), Cell())

    def left_for(self, worker_id: int) -> list[CoachingArea]:
        """The required areas in which the person is neither coached nor excused."""
        required = (area for area in self.areas if area.is_required)
        return [area for area in required if self.cell(worker_id, area.pk).standing not in SETTLED]

    def planned_for(self, worker_id: int) -> list[date]:
        """The days on which the person is to be coached in what is not settled."""
        cells = (self.cell(worker_id, area.pk) for area in self.areas)
        return [cell.on for cell in cells if cell.standing == Standing.PLANNED and cell.on is not None]

    def left(self) -> list[tuple[Person, list[CoachingArea]]]:
        """Everybody who is not through, with the areas that are left."""
        pairs = ((person, self.left_for(person.worker_id)) for person in self.people)
        return [(person, areas) for person, areas in pairs if areas]

    @property
    def has_areas(self) -> bool:
        """Whether anything is required of the team."""
        return any(area.is_required for area in self.areas)

    @property
    def is_complete(self) -> bool:
        """Whether there is a team, something is required of it, and nothing is left."""
        return bool(self.people) and self.has_areas and not self.left()
