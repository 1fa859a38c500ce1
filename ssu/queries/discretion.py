"""Open questions about a unit's level."""

from dataclasses import dataclass

from agencies.seats import Seat
from ssu.models import Lowering, Unit
from ssu.queries.people import names_of


@dataclass(frozen=True)
class Asked:
    """A level that somebody asked for; `is_own` when it was this person, who may withdraw but not agree."""

    lowering: Lowering
    level: str
    by: str
    is_own: bool


def open_lowering(seat: Seat, unit: Unit) -> Asked | None:
    """The question that waits for an answer, if any."""
    found = Lowering.objects.filter(unit=unit, answered_at=None).first()
    if found is None:
        return None
    name = names_of(seat, [found.asked_by_id]).get(found.asked_by_id, "")
    return Asked(found, found.get_level_display(), name, found.asked_by_id == seat.user_id)
