"""What a card of a landing page is made of."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from agencies.seats import Seat

SHORT = 4
"""Digits of a number that has room in half a phone's width."""


@dataclass(frozen=True)
class Row:
    """Who or what, why, since when; the title is the link."""

    title: str
    why: str
    url: str
    since: str = ""
    status: str = ""
    tone: str = "none"


@dataclass(frozen=True)
class Tile:
    """One figure, drilling down to what it counts."""

    label: str
    value: str
    meta: str = ""
    url: str = ""


@dataclass(frozen=True)
class Card:
    """One part of a landing page. `quiet` is the sentence shown when there is nothing to do; `form` asks for another
    part of the same (by GET).
    """

    id: str
    title: str
    rows: list[Row] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    tasks: list[Any] = field(default_factory=list)
    chart: Any = None
    matrix: Any = None
    coverage: list[Any] = field(default_factory=list)
    meta: str = ""
    quiet: str = ""
    action_label: str = ""
    action_url: str = ""
    form: Any = None

    @property
    def has_counts(self) -> bool:
        """Whether the figures are small numbers, of which two stand beside each other on a phone."""
        return all(len(tile.value) <= SHORT for tile in self.tiles)


def url(seat: Seat, name: str, *args: object) -> str:
    """The address of a page of the seat's agency."""
    return reverse(name, args=[seat.agency.slug, *args])
