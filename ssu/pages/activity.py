"""The activity of one unit, by day, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.days import day_in_words, time_in_words
from agencies.seats import Seat
from ssu import activity
from ssu.activity import Act, Place
from ssu.pages.item import Day, Entry
from ssu.pages.parts import Chip, in_a_sentence, initials
from ssu.queries.people import names_in, names_of, unnamed_in
from ssu.unit_filters import Select, number_in, without

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what it does not understand is passed over."""

    kind: str = ""
    person: int | None = None
    before: Place | None = None


@dataclass(frozen=True)
class Log:
    """A page of acts. `names` calls their people as the reader may; `following` is where the next page begins."""

    acts: list[Act]
    names: dict[int, str]
    following: Place | None


def asked_of(query: QueryDict) -> Asked:
    """The filter and the place that an address holds."""
    kind = query.get("kind", "")
    return Asked(
        kind=kind if kind in activity.kinds() else "",
        person=number_in(query.get("person", "")),
        before=place_in(query.get("before", "")),
    )


def place_in(text: str) -> Place | None:
    """A place as `written` has it: "2026-11-03T09:05:00+00:00~steps~12"."""
    moment, _tilde, rest = text.partition("~")
    source, _tilde, pk = rest.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    number = number_in(pk)
    return Place(at, source, number) if at.tzinfo is not None and number is not None else None


def written(place: Place) -> str:
    """A place for an address."""
    return f"{place.at.isoformat()}~{place.source}~{place.pk}"


def log(seat: Seat, unit: Any, asked: Asked) -> Log:
    """One page of a unit `seen_by` the seat: a query per source, three for the names, and what the sources ask. Whom
    the seat may not name here it cannot pick out either.
    """
    if asked.person is not None and asked.person in unnamed_in(seat, unit.pk):
        return Log([], {}, None)
    found = activity.acts(seat, unit, limit=PAGE + 1, kind=asked.kind, person=asked.person, before=asked.before)
    shown = found[:PAGE]
    names = names_in(seat, unit.pk, {act.user_id for act in shown})
    return Log(shown, names, shown[-1].place if len(found) > PAGE else None)


def name_of(log: Log, act: Act) -> str:
    """Who did it; the system where nobody is named."""
    return log.names.get(act.user_id or 0, _("The system"))


def days(seat: Seat, log: Log) -> list[Day]:
    """The acts by day, as `components/timeline.html` takes them."""
    by_day = groupby(log.acts, key=lambda act: seat.agency.local(act.place.at).date())
    return [
        Day(day_in_words(seat.agency, day), [entry(seat, act, name_of(log, act)) for act in found])
        for day, found in by_day
    ]


def sentence(act: Act, name: str) -> str:
    """Who did what."""
    return in_a_sentence(act.told.sentence, name)


def entry(seat: Seat, act: Act, name: str) -> Entry:
    """One act in words."""
    told = act.told
    time = time_in_words(seat.agency, act.place.at)
    return Entry(initials(name), sentence(act, name), time, told.why, told.what, list(told.changes), told.undo_url)


def selects(seat: Seat, unit: Any, asked: Asked) -> list[Select]:
    """The filters: kinds, and everybody who ever did something here and may be named. Four queries."""
    named = activity.people(unit.pk) - unnamed_in(seat, unit.pk)
    names = sorted(names_of(seat, named).items(), key=lambda each: each[1])
    kinds = [(kind, label, kind == asked.kind) for kind, label in activity.kinds().items()]
    people = [(str(pk), name, pk == asked.person) for pk, name in names]
    return [
        Select("kind", _("Kind"), _("Everything"), kinds),
        Select("person", _("Person"), _("Everybody"), people),
    ]


def chips(query: QueryDict, boxes: Sequence[Select]) -> list[Chip]:
    """The filters in use."""
    return [Chip(label, without(query, box.name)) for box in boxes for _value, label, chosen in box.choices if chosen]
