"""The line of an indicator on paper: the same picture as on the page, in points, its colors written out. What makes
PDFs knows neither style sheets inside a picture nor lines that keep their width while they are stretched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.line_charts import LineChart

WIDTH, HEIGHT = 620, 186
LEFT, TOP, ACROSS, DOWN = 50, 8, 470, 150
"""The plot inside the picture, as `core.line_charts` has it: 8 and 76 percent of the width, 150 of the height."""


@dataclass(frozen=True, slots=True)
class PaperDot:
    """A reading in its place."""

    x: float
    y: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class PaperChart:
    """What `pdf/unit_report_chart.html` draws; `finding` is its alternative text."""

    finding: str
    accent: str
    right: int
    band: str
    runs: Sequence[str]
    dots: Sequence[PaperDot]
    levels: Sequence[tuple[int, int, str]]
    labels: Sequence[tuple[float, str]]
    last: tuple[float, int, str]


def on_paper(chart: LineChart, accent: str) -> PaperChart:
    """A chart of the page in points. `accent` is the color of the line."""
    return PaperChart(
        finding=chart.finding[:1].upper() + chart.finding[1:],
        accent=accent,
        right=LEFT + ACROSS,
        band=placed(chart.band),
        runs=[placed(run) for run in chart.runs],
        dots=[PaperDot(across(dot.x), dot.y, dot.provisional) for dot in chart.dots],
        levels=chart.levels,
        labels=[(across(x), words) for x, words in chart.labels],
        last=(across(chart.last[0]), chart.last[1], chart.last[2]),
    )


def across(percent: str) -> float:
    """A place in percent of the picture's width, which the page's plot fills from 8 to 84, in points."""
    return round(LEFT + (float(percent.removesuffix("%")) - 8) / 76 * ACROSS, 1)


def placed(points: str) -> str:
    """Points in a box of 100 by 100, in the plot."""
    pairs = (pair.split(",") for pair in points.split())
    return " ".join(f"{LEFT + float(x) * ACROSS / 100:.1f},{TOP + float(y) * DOWN / 100:.1f}" for x, y in pairs)
