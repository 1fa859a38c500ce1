"""The line of an indicator with its target band, worked out before the template draws it.

Places are percentages with a point, whatever the locale, because SVG reads them so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Reading:
    """One point in time of an indicator: no value where nothing was reported; low and high are the agreed path.

    `across`, 0 to 1, is its place in time; without it the points stand at equal distances. `mark` is what the table
    says in the place of a value: the point is an end of the agreed path, and nobody was to report then.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    provisional: bool = False
    across: Fraction | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A reading in its place: x in percent of the chart's width, y in pixels."""

    x: str
    y: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """What `components/line_chart.html` draws. `runs` are the unbroken stretches of the line; gaps stay gaps."""

    name: str
    finding: str
    readings: Sequence[Reading]
    band: str
    runs: Sequence[str]
    dots: Sequence[Dot]
    levels: Sequence[tuple[int, int, str]]
    labels: Sequence[tuple[str, str]]
    last: tuple[str, int, str]


TOP, HEIGHT = 8, 150
LEFT, WIDTH = Fraction(8), Fraction(76)
"""The plot inside the picture: pixels down, percent across; the rest is for labels, which do not scale."""
MIDDLE, NEAR, BESIDE = 50, 17, 2
"""Percent of the plot: a label farther than this from its middle would touch one at an end; how far the last value
stands behind its dot.
"""


def line_chart(name: str, *, finding: str, readings: Sequence[Reading]) -> LineChart:
    """Work out an indicator's line with its target band; y starts at 0. At least one reading needs a value."""
    values = [value for r in readings for value in (r.value, r.low, r.high) if value is not None]
    step = _step(max(values))
    top = step * max(1, -(-max(values) // step))
    even = max(len(readings) - 1, 1)
    spots = [(Fraction(100 * i, even) if r.across is None else 100 * r.across, r) for i, r in enumerate(readings)]
    end, last = [spot for spot in spots if spot[1].value is not None][-1]
    return LineChart(
        name=name,
        finding=finding,
        readings=readings,
        band=_band(spots, top),
        runs=_runs(spots, top),
        dots=[Dot(_place(x), _down(r.value, top), r.provisional) for x, r in spots if r.value is not None],
        levels=[(_down(level, top), _down(level, top) + 4, f"{level:g}") for level in _levels(top, step)],
        labels=[(_place(x), r.label) for x, r in _few(spots)],
        last=(_place(end + BESIDE), _down(last.value or 0, top) + 4, f"{last.value:g}"),
    )


def _band(spots: Sequence[tuple[Fraction, Reading]], top: float) -> str:
    """The outline of the target band: its upper edge forth, its lower edge back, in a box of 100 by 100."""
    upper = [f"{float(x):.2f},{_in_box(r.high, top)}" for x, r in spots if r.high is not None]
    lower = [f"{float(x):.2f},{_in_box(r.low, top)}" for x, r in spots if r.low is not None]
    return " ".join(upper + lower[::-1])


def _runs(spots: Sequence[tuple[Fraction, Reading]], top: float) -> list[str]:
    runs: list[list[str]] = [[]]
    for x, reading in spots:
        if reading.value is not None:
            runs[-1].append(f"{float(x):.2f},{_in_box(reading.value, top)}")
        elif not reading.mark:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) > 1]


def _few(spots: Sequence[tuple[Fraction, Reading]]) -> list[tuple[Fraction, Reading]]:
    """The first, the one nearest to the middle and the last: more labels than that run into each other on a phone."""
    if len(spots) < 3:
        return list(spots)
    middle = min(spots[1:-1], key=lambda spot: abs(spot[0] - MIDDLE))
    return [spots[0], *([middle] if abs(middle[0] - MIDDLE) <= NEAR else []), spots[-1]]


def _step(highest: float) -> float:
    """A round distance between grid lines (1, 2 or 5 times a power of ten) that gives two to five of them."""
    step = 10.0 ** (len(str(int(highest))) - 2) if highest >= 1 else 0.1
    for factor in (1, 2, 5, 10, 20, 50):
        if highest <= step * factor * 4:
            return step * factor
    return step * 100


def _levels(top: float, step: float) -> list[float]:
    return [step * i for i in range(round(top / step) + 1)]


def _in_box(value: float | None, top: float) -> str:
    return f"{100 - 100 * (value or 0) / top:.2f}"


def _down(value: float | None, top: float) -> int:
    return TOP + round(HEIGHT - HEIGHT * (value or 0) / top)


def _place(x: Fraction) -> str:
    return f"{float(LEFT + WIDTH * x / 100):.2f}%"
