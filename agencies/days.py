"""Writing the days and times of an agency, on its own clock and in its own way."""

from datetime import UTC, date, datetime, time
from functools import lru_cache

from babel.dates import format_date, format_time

from agencies.models import Agency
from core.errors import Refused


class NoSuchTime(Refused):
    """An hour that the clocks leave out."""

    code = "no_such_time"
    field = "clock"
    message = "The clocks go forward on {day}, so there is no {clock} on that day. Choose another time."


def moment_of(agency: Agency, day: date, clock: time) -> datetime:
    """The moment of a day and a time on the agency's clock; of an hour that comes twice the first. Raises
    NoSuchTime.
    """
    moment = datetime.combine(day, clock, tzinfo=agency.zone)
    if agency.local(moment.astimezone(UTC)).replace(tzinfo=None) != datetime.combine(day, clock):
        raise NoSuchTime(NoSuchTime.message.format(day=day_in_words(agency, day), clock=f"{clock:%H:%M}"))
    return moment


def day_in_words(agency: Agency, day: date | datetime) -> str:
    """A day, or the day of a moment on the agency's clock: "3 Mar 2026" in every English, which nobody can misread."""
    on_clock = agency.local(day).date() if isinstance(day, datetime) else day
    return _shown(on_clock, agency.locale)


@lru_cache(maxsize=4096)
def _shown(day: date, locale: str) -> str:
    """Lists repeat few days, and Babel takes 40 microseconds for one."""
    style = "d MMM y" if locale.startswith("en") else "medium"
    return str(format_date(day, style, locale=locale))


def time_in_words(agency: Agency, moment: datetime) -> str:
    """The time of a moment on the agency's clock: "2:05 PM" in American English."""
    return str(format_time(agency.local(moment).time(), "short", locale=agency.locale))


def moment_in_words(agency: Agency, moment: datetime) -> str:
    """Day and time on the agency's clock: "3 Mar 2026, 2:05 PM"."""
    return f"{day_in_words(agency, moment)}, {time_in_words(agency, moment)}"
