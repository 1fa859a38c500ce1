"""The matrix of units and steps, on the screen and as a file, from the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from ssu import steps
from ssu.pages.rollout import TITLES
from ssu.queries.counts import Progress

Pairs = Sequence[tuple[Any, Progress]]


@dataclass(frozen=True)
class Column:
    """A head: its narrow label, and the whole title."""

    label: str
    title: str


@dataclass(frozen=True)
class Cell:
    """A step of a unit: "2/2", its tint, and the step's place on the roll-out page."""

    words: str
    tint: str
    url: str


@dataclass(frozen=True)
class MatrixRow:
    """A unit."""

    label: str
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """What `components/matrix.html` draws."""

    caption: str
    corner: str
    columns: list[Column]
    rows: list[MatrixRow]


def columns() -> list[Column]:
    """One head per step."""
    return [Column(f"{step.number} {_(step.short)}", _(TITLES[step.number - 1])) for step in steps.all_steps()]


def drawn(seat: Seat, pairs: Pairs) -> Matrix:
    """The matrix for the screen. Addresses are made once per unit, not once per cell."""
    rows = []
    for unit, progress in pairs:
        page = reverse("rollout", args=[seat.agency.slug, unit.pk])
        cells = [Cell(step.words, step.tint, f"{page}#step-{step.step}") for step in progress.steps]
        rows.append(MatrixRow(unit.shown_name, reverse("unit", args=[seat.agency.slug, unit.pk]), cells))
    caption = _("Action items settled of all, per step; the furthest behind first")
    return Matrix(caption, seat.agency.unit_word, columns(), rows)


def sheet(seat: Seat, pairs: Pairs) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the file: the words of the screen in the order of the screen, with the unit's code and address
    in front.
    """
    head = [_("Code"), seat.agency.unit_word, *(column.label for column in columns()), _("Address")]
    rows = [
        [
            unit.code,
            unit.shown_name,
            *(step.words for step in progress.steps),
            reverse("unit", args=[seat.agency.slug, unit.pk]),
        ]
        for unit, progress in pairs
    ]
    return head, rows
