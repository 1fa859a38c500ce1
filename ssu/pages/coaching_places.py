"""One person in one area: the sessions that touched it, and the excuse."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from ssu.models import CoachingExcuse, CoachingSession
from ssu.pages.parts import Task, by_on
from ssu.queries.people import names_of


@dataclass(frozen=True)
class ExcuseRow:
    """The excuse that stands, with who wrote it."""

    reason: str
    since: str
    written: str
    withdraw_url: str


def history(seat: Seat, unit: Any, worker_id: int, area_id: int) -> list[Task]:
    """The sessions that touched it, the newest first, the withdrawn too. One query."""
    found = CoachingSession.objects.seen_by(seat).filter(unit=unit.pk, records__worker=worker_id, records__area=area_id)
    return [history_row(seat, session) for session in found.newest_first()]


def history_row(seat: Seat, session: Any) -> Task:
    withdrawn = session.withdrawn_at is not None
    planned = session.kind == CoachingSession.Kind.PLANNED
    return Task(
        title=day_in_words(seat.agency, session.date),
        url=reverse("session", args=[seat.agency.slug, session.unit_id, session.pk]),
        meta=_("by %(coach)s") % {"coach": session.coach_name},
        status=_("Withdrawn") if withdrawn else str(CoachingSession.Kind(session.kind).label),
        tone="none" if withdrawn else "prog" if planned else "done",
        note=session.withdrawn_reason,
        done=False,
        current=False,
        number=str(session.date.day),
    )


def excuse_row(seat: Seat, unit: Any, worker_id: int, area_id: int) -> ExcuseRow | None:
    """The excuse that stands. Three queries with one, else one."""
    found = CoachingExcuse.objects.filter(unit=unit.pk, worker=worker_id, area=area_id, withdrawn_at=None).first()
    if found is None:
        return None
    name = names_of(seat, [found.written_by_id]).get(found.written_by_id or 0, "")
    return ExcuseRow(
        reason=found.reason,
        since=day_in_words(seat.agency, found.date),
        written=by_on(seat.agency, name, found.written_at),
        withdraw_url=reverse("excuse_withdraw", args=[seat.agency.slug, unit.pk, found.pk]),
    )
