"""What happens by the clock. An entry fires once per period, however many beats are ticking, and late rather than
never.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from celery.schedules import crontab
from django.db import transaction
from django.utils import timezone

from jobs.fan_out import for_each_agency
from jobs.models import ScheduledRun
from jobs.operations import start

CATCH_UP = timedelta(hours=12)


@dataclass(frozen=True)
class Entry:
    """A job that is started by the clock (UTC): nobody's, or one in each agency."""

    name: str
    cron: str
    kind: str
    title: str
    per_agency: bool = False


_entries: dict[str, Entry] = {}


def register(name: str, cron: str, kind: str, *, title: str = "", per_agency: bool = False) -> None:
    """Start a job of `kind` at the times of `cron` (minute hour day month weekday, UTC): one in nobody's scope, or
    one in each agency.

    A server that was down at the time starts it when it comes back, up to 12 hours late.
    """
    _entries[name] = Entry(name, cron, kind, title or name, per_agency)


def last_due(cron: str, now: datetime) -> datetime | None:
    """The newest moment of the schedule that is not after `now`; None when there was none within a year."""
    when: Any = crontab.from_string(cron)
    times = sorted(((hour, minute) for hour in when.hour for minute in when.minute), reverse=True)
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for back in range(367):
        day = today - timedelta(days=back)
        if not falls_on(when, day):
            continue
        for hour, minute in times:
            moment = day.replace(hour=hour, minute=minute)
            if moment <= now:
                return moment
    return None


def falls_on(when: Any, day: datetime) -> bool:
    """Whether a schedule has times on a day."""
    return day.month in when.month_of_year and day.day in when.day_of_month and day.isoweekday() % 7 in when.day_of_week


def fire_due(now: datetime | None = None) -> list[str]:
    """Start what has become due since it last fired; return the names."""
    moment = now or timezone.now()
    return [entry.name for entry in list(_entries.values()) if fire(entry, moment)]


@transaction.atomic
def fire(entry: Entry, now: datetime) -> bool:
    """Start an entry's job for its newest period, unless that was done: the row of the period is taken in the same
    transaction.
    """
    period = last_due(entry.cron, now)
    if period is None or now - period > CATCH_UP:
        return False
    made = ScheduledRun.objects.get_or_create(name=entry.name, period=period)[1]
    if made and entry.per_agency:
        for_each_agency(lambda agency: start(kind=entry.kind, actor=None, title=entry.title))
    elif made:
        start(kind=entry.kind, actor=None, title=entry.title)
    return made
