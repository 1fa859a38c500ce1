"""The public page of a unit, its text worked out before the template."""

from typing import Any

from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from budgets.public import Public
from budgets.showing import bar
from core.money import Money


def shown(agency: Agency, page: Public) -> dict[str, Any]:
    """What `budgets/_public_unit.html` draws."""
    return {
        "page": page,
        "agency_name": agency.name,
        "progress": progress(agency, page),
        "need": need(agency, page),
        "chart": bar("need", page.coverage, agency.locale) if page.coverage and page.coverage.goal else None,
    }


def progress(agency: Agency, page: Public) -> str:
    """How far the goal has come, in a sentence; "" before a goal is measured."""
    goal, reading = page.goal, page.reading
    if goal is None or not goal.is_measurable:
        return ""
    said = {
        "indicator": page.indicator,
        "baseline": number(goal.baseline),
        "target": number(goal.target),
        "measure": page.measure,
        "by": day_in_words(agency, goal.by_when),
    }
    if reading is None:
        return _("%(indicator)s: from %(baseline)s to %(target)s %(measure)s by %(by)s.") % said
    now = {"now": number(reading.value), "day": day_in_words(agency, reading.date)}
    words = _("%(indicator)s: %(now)s %(measure)s on %(day)s, from %(baseline)s to %(target)s by %(by)s.")
    return words % (said | now)


def number(value: Any) -> str:
    """A figure without needless zeros."""
    return f"{value.normalize():f}"


def need(agency: Agency, page: Public) -> str:
    """What the year asks for and what is still needed, in a sentence."""
    found = page.coverage
    if found is None or not found.goal:
        return ""

    def amount(minor: int) -> str:
        return Money(minor, found.currency).format(agency.locale)

    said = {"year": page.year, "goal": amount(found.goal), "open": amount(found.open)}
    if found.open:
        return _("The plan for %(year)s takes %(goal)s. %(open)s of it is still needed.") % said
    return _("The plan for %(year)s takes %(goal)s, and all of it is received or promised.") % said
