"""A coaching session: its facts, and who attended for which areas."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.models import CoachingRecord, CoachingSession
from ssu.models.discretion import shown_worker_name
from ssu.pages.parts import Fact
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
    found = [
        Fact(_("Coach"), session.coach_name),
        Fact(_("Written down"), by_on(seat, names, session.written_by_id, session.written_at)),
    ]
    if session.fulfills_id:
        plan = reverse("session", args=[seat.agency.slug, session.unit_id, session.fulfills_id])
        found.append(Fact(_("Was planned"), _("See the plan"), plan))
    if session.withdrawn_at:
        found.append(Fact(_("Withdrawn"), by_on(seat, names, session.withdrawn_by_id, session.withdrawn_at)))
        found.append(Fact(_("Why it is withdrawn"), session.withdrawn_reason))
    return found


def by_on(seat: Seat, names: dict[int, str], user_id: int | None, moment: Any) -> str:
    """Who, and on which day."""
    return _("%(name)s, %(day)s") % {"name": names.get(user_id or 0, ""), "day": day_in_words(seat.agency, moment)}
