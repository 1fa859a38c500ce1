"""Budgets that are well behind the part of the year that is over."""

from typing import Any, Final

from agencies.models import Agency
from budgets.gaps import Span, gaps_of
from budgets.models import Budget
from budgets.months import months_of
from budgets.queries import with_goals
from ssu.models import Unit

BEHIND: Final = 75
"""Percent of what is planned until now: who has less, received and promised, is told so."""
FEWEST_MONTHS: Final = 2
"""So many months of the fiscal year must be over."""


def behind(agency: Agency) -> list[Any]:
    """The budgets in force of this fiscal year, of units that are not archived, that cover less than BEHIND percent of
    what is planned for the months that are over: the rows of the page of budgets until the end of last month. None
    before the agency is live, since what came in until then is history, and none in the first FEWEST_MONTHS of the
    year, which say little. Seven queries at most.
    """
    today = agency.today()
    year = agency.fiscal_year(today)
    over = months_of(agency, year).index(today.replace(day=1))
    if not agency.is_live() or over < FEWEST_MONTHS:
        return []
    at_work = Budget.objects.approved().filter(fiscal_year=year, unit__status=Unit.Status.ACTIVE)
    found = list(with_goals(at_work.select_related("unit")).order_by("pk"))
    return [row.budget for row in gaps_of(agency, found, span=Span(0, over - 1), below=BEHIND)]
