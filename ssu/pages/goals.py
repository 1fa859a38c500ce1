"""The impact goal, its readings and their line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.line_charts import LineChart, line_chart
from core.line_charts import Reading as Point
from ssu.models import ImpactGoal
from ssu.pages.parts import Fact, by_on
from ssu.queries.goals import GoalPage, Path, path_of
from ssu.queries.people import names_of


@dataclass(frozen=True)
class VersionRow:
    """A version of the goal."""

    number: int
    statement: str
    written: str
    approved: str
    became: str
    reason: str


@dataclass(frozen=True)
class ReadingRow:
    """A reading, with the address that withdraws it."""

    day: str
    value: str
    note: str
    story: str
    withdraw_url: str


def figure(value: Decimal | None) -> str:
    """A number without needless decimals: 14, 14.5."""
    return "" if value is None else number_format(value.normalize() if value % 1 else int(value))


def measured(value: Decimal | None, goal: ImpactGoal) -> str:
    """A number with its unit of measure."""
    return f"{figure(value)} {goal.unit_of_measure}".strip()


def goal_facts(seat: Seat, goal: ImpactGoal) -> list[Fact]:
    """What the goal says beside its sentence; what is missing for a measurable goal is named."""
    missing = _("not said yet")
    by_when = day_in_words(seat.agency, goal.by_when) if goal.by_when else missing
    found = [
        Fact(_("Indicator"), goal.indicator or missing),
        Fact(_("Baseline"), measured(goal.baseline, goal) if goal.baseline is not None else missing),
        Fact(_("Target"), measured(goal.target, goal) if goal.target is not None else missing),
        Fact(_("By when"), by_when),
    ]
    if goal.reinforces:
        found.append(Fact(_("Reinforces the overall goal"), goal.reinforces))
    return found


def impact_words(seat: Seat, page: GoalPage) -> str:
    """Where the indicator of the goal that counts stands: the last reading, the target and its day."""
    goal = page.current
    if goal is None:
        return _("Nobody has written the impact goal yet.")
    last = page.readings[-1] if page.readings else None
    parts = [_("no reading yet")]
    if last is not None:
        said = {"value": measured(last.value, goal), "day": day_in_words(seat.agency, last.date)}
        parts = [_("%(value)s on %(day)s") % said]
    if goal.target is not None:
        parts.append(_("target %(target)s") % {"target": measured(goal.target, goal)})
    if goal.by_when is not None:
        parts[-1] += " " + _("by %(day)s") % {"day": day_in_words(seat.agency, goal.by_when)}
    if goal.approved_at is None:
        parts.append(_("not approved yet"))
    return ", ".join(parts)


ACTED = ("written", "approved", "returned", "dropped")


def version_rows(seat: Seat, page: GoalPage) -> list[VersionRow]:
    """All versions, the newest first."""
    names = names_of(seat, {getattr(goal, f"{act}_by_id") for goal in page.versions for act in ACTED})

    def acted(goal: ImpactGoal, act: str) -> str:
        """Who did it and when, "" for nobody."""
        moment, by = getattr(goal, f"{act}_at"), getattr(goal, f"{act}_by_id")
        return by_on(seat.agency, names.get(by or 0, ""), moment) if moment else ""

    return [
        VersionRow(
            number=goal.version,
            statement=goal.statement,
            written=acted(goal, "written"),
            approved=acted(goal, "approved"),
            became=became(goal, {act: acted(goal, act) for act in ACTED}),
            reason=goal.return_reason,
        )
        for goal in page.versions
    ]


def became(goal: ImpactGoal, by: Mapping[str, str]) -> str:
    """What became of a version, "" while nothing did."""
    if goal.approved_at:
        return _("Approved by %(who)s") % {"who": by["approved"]}
    if goal.returned_at:
        return _("Sent back by %(who)s") % {"who": by["returned"]}
    return _("Thrown away by %(who)s") % {"who": by["dropped"]} if goal.dropped_at else ""


def reading_rows(seat: Seat, page: GoalPage) -> list[ReadingRow]:
    """All readings, the newest first."""
    goal = page.current
    if goal is None:
        return []
    return [
        ReadingRow(
            day=day_in_words(seat.agency, reading.date),
            value=measured(reading.value, goal),
            note=reading.note,
            story=reading.story,
            withdraw_url=reverse("reading_withdraw", args=[seat.agency.slug, goal.unit_id, reading.pk]),
        )
        for reading in reversed(page.readings)
    ]


def reading_chart(seat: Seat, page: GoalPage) -> LineChart | None:
    """The line of readings in time, with the band between the agreed path and the target; None without readings."""
    goal, readings = page.current, page.readings
    if goal is None or not readings:
        return None
    last = readings[-1]
    day = day_in_words(seat.agency, last.date)
    said = {"indicator": goal.indicator, "value": measured(last.value, goal), "day": day}
    finding = _("%(indicator)s: %(value)s on %(day)s") % said
    path = path_of(seat.agency, page)
    if goal.target is not None:
        finding += _(", target %(target)s") % {"target": measured(goal.target, goal)}
    if path and path.begins <= last.date:
        finding += _(", ahead of the agreed path") if path.is_kept(last) else _(", behind the agreed path")
    return line_chart("readings", finding=finding, readings=points(seat, page, path))


def points(seat: Seat, page: GoalPage, path: Path | None) -> list[Point]:
    """The readings, and the two ends of the agreed path where there is one."""
    days = [each.date for each in page.readings]
    first, last = (min(path.begins, days[0]), max(path.ends, days[-1])) if path else (days[0], days[-1])

    def point(day: date, value: Decimal | None, mark: str = "") -> Point:
        """A point at its place in time, with the band of that day."""
        low, high = path.band(day) if path else (None, None)
        across = Fraction((day - first).days, max((last - first).days, 1))
        shown = None if value is None else float(value)
        return Point(day_in_words(seat.agency, day), shown, low, high, across=across, mark=mark)

    found = [(each.date, point(each.date, each.value)) for each in page.readings]
    goal = page.current
    if path and goal:
        for day, words, value in (
            (path.begins, _("baseline %(value)s"), goal.baseline),
            (path.ends, _("target %(value)s"), goal.target),
        ):
            if day not in days:
                found.append((day, point(day, None, words % {"value": figure(value)})))
    return [each for _day, each in sorted(found, key=lambda pair: pair[0])]
