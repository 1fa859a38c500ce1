"""The audit trail of the agency in scope, for people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words, time_in_words
from agencies.models import Agency, AuditEntry, Membership
from agencies.seats import Seat
from agencies.verbs import said
from core.bidi import isolated


@dataclass(frozen=True)
class Change:
    """One field of an act; `before` is empty where only a fact was kept."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """One entry as the timeline shows it."""

    initials: str
    sentence: str
    time: str
    why: str
    changes: list[Change] = field(default_factory=list)
    undo_url: str = ""
    through: str = ""
    """The program that did it for the person, by the name of its key."""


@dataclass(frozen=True)
class Day:
    """The acts of one day on the agency's calendar."""

    label: str
    entries: list[Act]


_kept_back: list[Callable[[Seat], Q]] = []


def keep_back(find: Callable[[Seat], Q]) -> None:
    """An app tells here which acts a seat may not know of yet."""
    _kept_back.append(find)


def acts(
    seat: Seat, *, person: int | None = None, first: date | None = None, last: date | None = None
) -> QuerySet[AuditEntry]:
    """What was done as far as the seat may know, the newest first; days are those of the agency's clock, both ends
    included.
    """
    agency = seat.agency
    entries = cast("QuerySet[AuditEntry]", AuditEntry.objects.named())
    found = entries.select_related("actor").order_by("-at", "-pk")
    for find in _kept_back:
        found = found.exclude(find(seat))
    if person is not None:
        found = found.filter(actor_id=person)
    if first is not None:
        found = found.filter(at__gte=midnight(agency, first))
    if last is not None:
        found = found.filter(at__lt=midnight(agency, last + timedelta(days=1)))
    return found


def midnight(agency: Agency, day: date) -> datetime:
    """When a day begins for the agency."""
    return datetime.combine(day, time.min, tzinfo=agency.zone)


def people_who_acted() -> QuerySet[User]:
    """Everybody who serves or served here, by name: those that the page can be filtered by."""
    return User.objects.filter(pk__in=Membership.objects.values("user")).order_by("name", "pk")


def timeline(seat: Seat, entries: Iterable[AuditEntry]) -> list[Day]:
    """Entries by day, as `components/timeline.html` takes them."""
    agency = seat.agency
    by_day = groupby(entries, key=lambda entry: agency.local(entry.at).date())
    return [Day(day_in_words(agency, day), [act(seat, entry) for entry in of_day]) for day, of_day in by_day]


def act(seat: Seat, entry: AuditEntry) -> Act:
    """One entry in words."""
    name = seat.name_of(entry.actor, _("The system"))
    done = f"{isolated(name)} {said(entry.verb)}"
    return Act(
        initials="".join(part[:1] for part in name.split()[:2]).upper(),
        sentence=f"{done}: {isolated(entry.label)}" if entry.label else done,
        time=time_in_words(seat.agency, entry.at),
        why=entry.reason,
        through=entry.through,
        changes=[change(name, value) for name, value in entry.changes.items()],
    )


def change(name: str, value: Any) -> Change:
    """A kept change: [before, after], or a fact."""
    pair = value if isinstance(value, list) and len(value) == 2 else ["", value]
    return Change(name.replace("_", " "), words(pair[0]), words(pair[1]))


def words(value: Any) -> str:
    """A kept value as text."""
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        return ", ".join(words(each) for each in value)
    return str(value)
