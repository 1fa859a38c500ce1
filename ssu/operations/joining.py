"""On which day somebody may have joined a team."""

from datetime import date

from core.errors import Refused
from core.periods import add_months

YEARS_BACK = 80
YEARS_AHEAD = 2


class JoinsTooEarly(Refused):
    """Nobody who is written down here has served longer than a life's work."""

    code = "joins_too_early"
    field = "joined_on"


class JoinsTooLate(Refused):
    """Service is written down when it is near."""

    code = "joins_too_late"
    field = "joined_on"


def check_joining(day: date, today: date) -> None:
    """Raise JoinsTooEarly or JoinsTooLate for a day that can only be a slip of the pen: more than eighty years back, or
    more than two years ahead.
    """
    if day < add_months(today, -12 * YEARS_BACK):
        raise JoinsTooEarly(f"Nobody serving today joined in {day.year}. Check the year.")
    if day > add_months(today, 12 * YEARS_AHEAD):
        raise JoinsTooLate(f"{day.year} is more than two years ahead. Check the year, or write it down nearer the day.")
