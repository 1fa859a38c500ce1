"""A coaching session: its facts, and who attended for which areas."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.coached import Standing
from ssu.models import CoachingRecord, CoachingSession
from ssu.models.discretion import shown_worker_name
from ssu.pages.coaching import cell_words
from ssu.pages.parts import Fact, by_on
from ssu.queries.coaching import coaching_of
from ssu.queries.people import names_of


@dataclass(frozen=True)
class Attended:
    """A person with the titles of the areas."""

    name: str
    areas: list[str]


def attendance(seat: Seat, session: CoachingSession) -> list[Attended]:
    """Who is coached in what by a session, by name. One query."""
    records = CoachingRecord.objects.filter(session=session).annotate(person_name=shown_worker_name("worker", seat))
    found: dict[tuple[str, int], list[str]] = {}
    rows = records.order_by("person_name", "worker", "area__unit", "area__position", "area")
    for name, worker_id, title in rows.values_list("person_name", "worker_id", "area__title"):
        found.setdefault((name, worker_id), []).append(title)
    return [Attended(name, areas) for (name, _worker), areas in found.items()]


def session_facts(seat: Seat, session: Any) -> list[Fact]:
    """Coach, who wrote it down, what became of it."""
    names = names_of(seat, [session.written_by_id, session.withdrawn_by_id])
    withdrawer = names.get(session.withdrawn_by_id or 0, "")
    found = [
        Fact(_("Coach"), session.coach_name),
        Fact(_("Written down"), by_on(seat.agency, names.get(session.written_by_id or 0, ""), session.written_at)),
    ]
    if session.fulfills_id:
        plan = reverse("session", args=[seat.agency.slug, session.unit_id, session.fulfills_id])
        found.append(Fact(_("Was planned"), _("See the plan"), plan))
    if session.replaces_id:
        before = CoachingSession.objects.get(pk=session.replaces_id)
        found.append(Fact(_("Why it was corrected"), before.withdrawn_reason))
    elif session.withdrawn_at and CoachingSession.objects.filter(replaces=session).exists():
        found.append(Fact(_("Corrected"), by_on(seat.agency, withdrawer, session.withdrawn_at)))
        found.append(Fact(_("Why it was corrected"), session.withdrawn_reason))
        return found
    if session.withdrawn_at:
        found.append(Fact(_("Withdrawn"), by_on(seat.agency, withdrawer, session.withdrawn_at)))
        found.append(Fact(_("Why it is withdrawn"), session.withdrawn_reason))
    return found


def earlier_sessions(seat: Seat, session: CoachingSession) -> list[Fact]:
    """The versions before a correction, as links, the newest first. One query."""
    by_id = CoachingSession.objects.filter(unit=session.unit_id).exclude(withdrawn_at=None).in_bulk()
    found, at = [], by_id.get(session.replaces_id or 0)
    while at is not None:
        page = reverse("session", args=[seat.agency.slug, at.unit_id, at.pk])
        found.append(Fact(_("Version before"), day_in_words(seat.agency, at.date), page))
        at = by_id.get(at.replaces_id or 0)
    return found


@dataclass(frozen=True)
class AboutOne:
    """How far one person is: what is said of each area, by its id, and the ids of those that are left."""

    standings: dict[int, str]
    left: list[int]


def about_one(seat: Seat, unit: Any, worker_id: int) -> AboutOne | None:
    """How far somebody of a team is, None for who is not of it. Four queries."""
    coaching = coaching_of([unit.pk], seat)[unit.pk]
    if all(person.worker_id != worker_id for person in coaching.people):
        return None
    cells = {area.pk: coaching.cell(worker_id, area.pk) for area in coaching.areas}
    standings = {pk: cell_words(seat, cell) for pk, cell in cells.items() if cell.standing != Standing.LEFT}
    return AboutOne(standings, [area.pk for area in coaching.left_for(worker_id)])
