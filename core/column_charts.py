"""Columns by month, each beside that of a year before, worked out before the template draws them.

Places are percentages with a point, whatever the locale, because SVG reads them so. Labels do not scale.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

TOP, HEIGHT = 20, 140
FOOT = TOP + HEIGHT
SHOWN_LABELS = 4
"""More labels than that run into each other on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A column and the one it is compared with, in one unit of measure."""

    label: str
    value: int
    before: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two columns in their place: x and width in percent of the chart, y and height in pixels; `words` tell both."""

    words: str
    x: str
    width: str
    y: int
    height: int
    before_x: str
    before_y: int
    before_height: int
    label: str
    middle: str


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """What `components/column_chart.html` draws. `top` is the amount at the upper line."""

    name: str
    finding: str
    top: str
    bars: Sequence[Drawn]


def column_chart(name: str, *, finding: str, bars: Sequence[Bar], show: Callable[[int], str]) -> ColumnChart:
    """Work out the columns; they stand on 0, and what is below 0 (more went back than came) has no height: its figure
    stands in the table. `show` writes an amount for people; `name` is unique on the page.
    """
    highest = max(1, *(max(bar.value, bar.before) for bar in bars))
    room = 100 / len(bars)
    every = -(-len(bars) // SHOWN_LABELS)
    drawn = [placed(bar, place, room, highest, show, labelled=place % every == 0) for place, bar in enumerate(bars)]
    return ColumnChart(name, finding, show(highest), drawn)


def placed(bar: Bar, place: int, room: float, highest: int, show: Callable[[int], str], *, labelled: bool) -> Drawn:
    """One month: the year before behind, to the left, this one before it."""
    height, before = (max(0, round(value * HEIGHT / highest)) for value in (bar.value, bar.before))
    return Drawn(
        words=f"{bar.label}: {show(bar.value)} ({show(bar.before)})",
        x=f"{(place + 0.34) * room:.2f}%",
        width=f"{room * 0.48:.2f}%",
        y=FOOT - height,
        height=height,
        before_x=f"{(place + 0.12) * room:.2f}%",
        before_y=FOOT - before,
        before_height=before,
        label=bar.label if labelled else "",
        middle=f"{(place + 0.12) * room:.2f}%",
    )
