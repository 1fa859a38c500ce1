"""The keys of programs, for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import ApiKey
from agencies.rights_in_words import AREAS
from agencies.seats import Seat

SOON = 14
"""So many days before its last one a key is marked."""


@dataclass(frozen=True)
class ShownKey:
    """A key as its row shows it; of its text only the beginning."""

    id: int
    name: str
    begins: str
    person: str
    areas: str
    kind: str
    used: str
    state: str
    tone: str
    works: bool


def api_keys() -> QuerySet[ApiKey]:
    """Every key, the newest first."""
    found: QuerySet[ApiKey] = ApiKey.objects.select_related("membership__user").order_by("-pk")
    return found


def shown_keys(seat: Seat, keys: Iterable[ApiKey]) -> list[ShownKey]:
    """Rows of the list."""
    today = seat.agency.today()
    return [shown(seat, key, today) for key in keys]


def shown(seat: Seat, key: ApiKey, today: date) -> ShownKey:
    """One row."""
    state, tone = state_of(seat, key, today)
    return ShownKey(
        id=key.pk,
        name=key.name,
        begins=f"yk_{key.sign}…",
        person=seat.name_of(key.membership.user),
        areas=", ".join(str(AREAS[area]) for area in key.areas),
        kind=_("reads and writes") if key.writes else _("only reads"),
        used=day_in_words(seat.agency, key.used_on) if key.used_on else _("never"),
        state=state,
        tone=tone,
        works=tone != "none",
    )


def state_of(seat: Seat, key: ApiKey, today: date) -> tuple[str, str]:
    """(words, tone): whether a key works, and until when."""
    if key.ended_at is not None:
        return _("ended"), "none"
    if key.membership.left_at is not None:
        return _("ended: the person left"), "none"
    last = day_in_words(seat.agency, key.last_day)
    if key.last_day < today:
        return _("out of date since %(day)s") % {"day": last}, "none"
    soon = (key.last_day - today).days < SOON
    return _("works until %(day)s") % {"day": last}, "warn" if soon else "done"
