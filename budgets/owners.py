"""Who may look after a line, by the name that the reader knows."""

from collections.abc import Iterable
from typing import Any

from agencies.seats import Seat
from budgets.models import Line
from ssu.models import Worker
from ssu.queries.people import members_to_assign


def owners_offered(seat: Seat, unit: Any, lines: Iterable[Line] = ()) -> dict[int, Worker]:
    """Who serves in the unit today, and who looks after one of these lines though they have left, by id, each with
    `shown_name`. Two queries; nobody while the unit is closed to the seat.
    """
    if unit.is_withheld:
        return {}
    found = {each.pk: each for each in members_to_assign(seat, unit)}
    gone = {line.owner_id for line in lines if line.owner_id} - found.keys()
    return found | {each.pk: each for each in (Worker.objects.seen_by(seat).filter(pk__in=gone) if gone else ())}
