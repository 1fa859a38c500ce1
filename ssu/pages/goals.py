"""The impact goal, its readings and their line."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.line_charts import LineChart, line_chart
from core.line_charts import Reading as Point
from ssu.models import ImpactGoal
from ssu.pages.parts import Fact
from ssu.queries.goals import GoalPage
from ssu.queries.people import names_of


@dataclass(frozen=True)
class VersionRow:
    """A version of the goal."""

    number: int
    statement: str
    written: str
    approved: str


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


def version_rows(seat: Seat, page: GoalPage) -> list[VersionRow]:
    """All versions, the newest first."""
    names = names_of(seat, {user for goal in page.versions for user in (goal.written_by_id, goal.approved_by_id)})
    return [
        VersionRow(
            number=goal.version,
            statement=goal.statement,
            written=f"{names.get(goal.written_by_id or 0, '')}, {day_in_words(seat.agency, goal.written_at)}",
            approved=f"{names.get(goal.approved_by_id or 0, '')}, {day_in_words(seat.agency, goal.approved_at)}"
            if goal.approved_at
            else "",
        )
        for goal in page.versions
    ]


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
    """The line of readings, with the way from baseline to target as the band's edge; None without readings."""
    goal, readings = page.current, page.readings
    if goal is None or not readings:
        return None
    points = [Point(day_in_words(seat.agency, each.date), float(each.value)) for each in readings]
    last = readings[-1]
    said = {"indicator": goal.indicator, "value": measured(last.value, goal), "day": points[-1].label}
    finding = _("%(indicator)s: %(value)s on %(day)s") % said
    if goal.target is not None:
        finding += _(", target %(target)s") % {"target": measured(goal.target, goal)}
    return line_chart("readings", finding=finding, readings=points)
