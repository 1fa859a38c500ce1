"""The coverage bar, worked out before the template draws it: percentages as text, the finding as a sentence.

Widths are percentages with a point, whatever the locale, because SVG reads them so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class CoverageBar:
    """What `components/coverage_bar.html` draws. Amounts are text for people; widths are "52.00%"."""

    name: str
    percent: str
    of_goal: str
    in_hand: str
    finding: str
    received: str
    committed: str
    open: str
    over: str
    received_width: str
    committed_width: str
    tick: str
    tick_words: str
    tick_anchor: str


def coverage_bar(
    name: str,
    *,
    received: int,
    committed: int,
    goal: int,
    show: Callable[[int], str],
    elapsed: Fraction | float | None = None,
) -> CoverageBar:
    """Work out a coverage bar from minor units of one currency; `committed` is what is promised and not yet received.

    Percentages are rounded down, so that 100% is never said too early. Above the goal the bar is full and the rest is
    told in words. `elapsed` is the part of the year that is gone, 0 to 1. `show` writes an amount for people; `name`
    is unique on the page.
    """
    shown_received = min(max(received, 0), max(goal, 0))
    shown_committed = min(max(committed, 0), max(goal, 0) - shown_received)
    covered = received + committed
    left = max(goal - covered, 0)
    return CoverageBar(
        name=name,
        percent=_whole_percent(covered, goal),
        of_goal=_goal_words(goal, show),
        in_hand=_("%(percent)s is in hand.") % {"percent": _whole_percent(received, goal)} if goal > 0 else "",
        finding=_("%(received)s received, %(committed)s committed, %(open)s still open of %(goal)s.")
        % {"received": show(received), "committed": show(committed), "open": show(left), "goal": show(goal)},
        received=show(received),
        committed=show(committed),
        open=show(left),
        over=_("+ %(amount)s over") % {"amount": show(covered - goal)} if covered > goal > 0 else "",
        received_width=_width(shown_received, goal),
        committed_width=_width(shown_committed, goal),
        tick="" if elapsed is None else _width(Fraction(elapsed).limit_denominator(10_000), 1),
        tick_words="" if elapsed is None else _("%(percent)s of the year") % {"percent": _whole_percent_of(elapsed)},
        tick_anchor="start" if elapsed is not None and elapsed < 0.5 else "end",
    )


def _goal_words(goal: int, show: Callable[[int], str]) -> str:
    return _("of %(goal)s received or committed.") % {"goal": show(goal)} if goal > 0 else _("No goal is set yet.")


def _width(part: int | Fraction, whole: int) -> str:
    return f"{float(Fraction(part) * 100 / whole):.2f}%" if whole > 0 else "0.00%"


def _whole_percent(part: int, whole: int) -> str:
    return f"{part * 100 // whole}%" if whole > 0 else "–"


def _whole_percent_of(share: Fraction | float) -> str:
    return f"{round(share * 100)}%"
