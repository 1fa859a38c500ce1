"""The gate of public appeals as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.bidi import isolated
from ssu.models import EmergencyAppeal
from ssu.pages.parts import TONES, by_on
from ssu.queries.gate import Gate, emergencies_of
from ssu.queries.people import names_in
from ssu.queries.second_person import is_another_person


@dataclass(frozen=True)
class BlockerRow:
    """An item that is not confirmed, with the page on which it is settled."""

    number: str
    title: str
    status: str
    tone: str
    url: str


@dataclass(frozen=True)
class EmergencyRow:
    """An emergency as a seat reads it, and what the seat may do with it."""

    pk: int
    status: str
    reason: str
    last_day: str
    acts: tuple[str, ...]
    may_approve: bool
    may_end: bool


def blocker_rows(seat: Seat, gate: Gate) -> list[BlockerRow]:
    """What blocks an appeal, in the order of the steps."""
    return [
        BlockerRow(
            each.key,
            each.wording,
            str(each.state.label),
            TONES[each.state],
            reverse("item", args=[seat.agency.slug, gate.unit_id, each.key]),
        )
        for each in gate.blockers
    ]


def emergency_rows(seat: Seat, unit: Any) -> list[EmergencyRow]:
    """The emergencies of a unit whose words the seat may read, the newest first."""
    found = emergencies_of(unit)
    people = [pk for each in found for pk in (each.asked_by_id, each.approved_by_id, each.ended_by_id) if pk]
    names = names_in(seat, unit.pk, people)
    return [emergency_row(seat, unit, each, names) for each in found]


def emergency_row(seat: Seat, unit: Any, row: EmergencyAppeal, names: dict[int, str]) -> EmergencyRow:
    """One emergency."""
    open_to = row.ended_at is None and row.ends_on >= seat.agency.today() and unit.is_at_work
    rights = open_to and seat.can("appeals.approve", unit.pk)
    waits = rights and row.approved_at is None
    return EmergencyRow(
        row.pk,
        status_of(row, seat),
        isolated(row.reason),
        day_in_words(seat.agency, row.ends_on),
        tuple(acts(seat, row, names)),
        waits and is_another_person(seat.user_id, row.asked_by_id),
        rights,
    )


def status_of(row: EmergencyAppeal, seat: Seat) -> str:
    """Where an emergency stands, in words."""
    if row.ended_at is not None:
        return _("Taken back")
    if row.ends_on < seat.agency.today():
        return _("Over")
    return _("In force") if row.approved_at else _("Waits for a second person")


def acts(seat: Seat, row: EmergencyAppeal, names: dict[int, str]) -> list[str]:
    """Who did what, on which day."""
    said = [by_on(seat.agency, names.get(row.asked_by_id, ""), row.asked_at, _("First approval: %(name)s, %(day)s"))]
    if row.approved_at and row.approved_by_id:
        words = _("Second approval: %(name)s, %(day)s")
        said.append(by_on(seat.agency, names.get(row.approved_by_id, ""), row.approved_at, words))
    if row.ended_at and row.ended_by_id:
        words = _("Taken back: %(name)s, %(day)s")
        said.append(by_on(seat.agency, names.get(row.ended_by_id, ""), row.ended_at, words))
    return said
