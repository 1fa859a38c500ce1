"""Open questions about the level of a unit or a person."""

from dataclasses import dataclass

from agencies.seats import Seat
from ssu.models import Lowering, PersonLowering, Unit, Worker
from ssu.queries.people import names_of
from ssu.queries.second_person import is_another_person


@dataclass(frozen=True)
class Asked:
    """A level that somebody asked for; `is_own` when it was this person, who may withdraw but not agree. Nor may who is
    married to them.
    """

    lowering: Lowering | PersonLowering
    level: str
    by: str
    is_own: bool
    may_agree: bool


def open_lowering(seat: Seat, unit: Unit) -> Asked | None:
    """The question about a unit that waits for an answer, if any."""
    return asked(seat, Lowering.objects.filter(unit=unit, answered_at=None).first())


def open_person_lowering(seat: Seat, worker: Worker) -> Asked | None:
    """The question about a person that waits for an answer, if any."""
    return asked(seat, PersonLowering.objects.filter(worker=worker, answered_at=None).first())


def asked(seat: Seat, found: Lowering | PersonLowering | None) -> Asked | None:
    """A question as this seat reads it."""
    if found is None:
        return None
    name = names_of(seat, [found.asked_by_id]).get(found.asked_by_id, "")
    own = found.asked_by_id == seat.user_id
    return Asked(found, found.get_level_display(), name, own, is_another_person(seat.user_id, found.asked_by_id))
