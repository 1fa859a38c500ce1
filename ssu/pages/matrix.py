"""The matrix of units and steps, on the screen and as a file, from the same lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from core.site import site
from ssu import steps
from ssu.pages.rollout import TITLES
from ssu.queries.matrix import FURTHEST_BEHIND, Line

FRACTION = re.compile(r"(\d+)/(\d+)")
MOST_UNGROUPED = 200
"""From more units on the rows stand under their strategies, or nobody finds one."""


@dataclass(frozen=True)
class Column:
    """A head: its narrow label, and the whole title."""

    label: str
    title: str


@dataclass(frozen=True)
class Cell:
    """A step of a unit: "2/2", its tint, and the step's place on the roll-out page. `label` heads it on a phone."""

    words: str
    tint: str
    url: str
    label: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A unit; `badge` says that it is quiet."""

    label: str
    url: str
    cells: list[Cell]
    badge: str = ""
    tone: str = "none"


@dataclass(frozen=True)
class Group:
    """Rows under a head of their own."""

    label: str
    rows: list[MatrixRow]


@dataclass(frozen=True)
class Matrix:
    """What `components/matrix.html` draws: `rows` under one head, or `groups` of rows."""

    caption: str
    corner: str
    columns: list[Column]
    rows: list[MatrixRow]
    groups: list[Group] = field(default_factory=list)


def columns() -> list[Column]:
    """One head per step."""
    return [Column(f"{step.number} {_(step.short)}", _(TITLES[step.number - 1])) for step in steps.all_steps()]


def drawn(seat: Seat, lines: Sequence[Line], *, sort: str = "", grouped: bool = False) -> Matrix:
    """The matrix for the screen and for paper."""
    heads = columns()
    rows = [row_of(seat, line, heads) for line in lines]
    groups = groups_of(lines, rows) if is_grouped(lines, grouped) else []
    said = _("Action items confirmed or not applicable, of all, per step")
    caption = _("%(what)s; the furthest behind first") % {"what": said} if sort in ("", FURTHEST_BEHIND) else said
    return Matrix(caption, seat.agency.unit_word, heads, rows, groups)


def row_of(seat: Seat, line: Line, heads: Sequence[Column]) -> MatrixRow:
    """A unit. Addresses are made once per unit, not once per cell."""
    here = [seat.agency.slug, line.unit.pk]
    page = reverse("rollout", args=here)
    cells = [
        Cell(step.words, step.tint, f"{page}#step-{step.step}", head.label)
        for step, head in zip(line.progress.steps, heads, strict=True)
    ]
    return MatrixRow(line.unit.shown_name, reverse("unit", args=here), cells, line.quiet.words, line.quiet.tone)


def is_grouped(lines: Sequence[Line], asked: bool) -> bool:
    """Whether the rows stand under their strategies: because the reader asks, or because there are so many."""
    return asked or len(lines) > MOST_UNGROUPED


def by_strategy(lines: Sequence[Line]) -> list[Line]:
    """The lines by the name of their strategy, inside each in the order they have."""
    return sorted(lines, key=lambda line: (line.unit.strategy.name, line.unit.strategy_id))


def groups_of(lines: Sequence[Line], rows: Sequence[MatrixRow]) -> list[Group]:
    """The rows under their strategies; `lines` stand `by_strategy` already."""
    pairs = groupby(zip(lines, rows, strict=True), key=lambda pair: pair[0].unit.strategy)
    return [Group(strategy.name, [row for _line, row in found]) for strategy, found in pairs]


def in_a_file(words: str) -> str:
    """The words of a cell where a spreadsheet reads them: "1/2" would become the first of February."""
    return FRACTION.sub(_("%(done)s of %(all)s") % {"done": r"\1", "all": r"\2"}, words)


def sheet(seat: Seat, lines: Sequence[Line]) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the file: the words of the screen in the order of the screen, with the unit's code and strategy
    in front and its whole address behind.
    """
    steps_heads = [head.label for head in columns()]
    head = [_("Code"), _("Strategy"), seat.agency.unit_word, *steps_heads, _("Activity"), _("Address")]
    rows = [
        [
            line.unit.code,
            line.unit.strategy.name,
            line.unit.shown_name,
            *(in_a_file(step.words) for step in line.progress.steps),
            line.quiet.words,
            site() + reverse("unit", args=[seat.agency.slug, line.unit.pk]),
        ]
        for line in lines
    ]
    return head, rows
