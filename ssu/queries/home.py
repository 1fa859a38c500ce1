"""What the landing pages ask: my units, what waits for my confirmation, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.models import Role
from agencies.seats import Seat
from ssu.models import ActionItem, State, Unit
from ssu.queries.counts import Progress, progress_of


@dataclass(frozen=True)
class MyUnit:
    """A unit in which the person serves, with the roles held there and its six steps."""

    unit: Any
    roles: tuple[str, ...]
    progress: Progress


def my_units(seat: Seat) -> list[MyUnit]:
    """The active units in which this person serves today, those they lead first. Two queries."""
    mine = seat.unit_roles
    units = list(Unit.objects.seen_by(seat).active().filter(pk__in=mine))
    progress = progress_of([unit.pk for unit in units], seat.agency.today())
    found = [MyUnit(unit, tuple(sorted(mine[unit.pk])), progress[unit.pk]) for unit in units]
    return sorted(found, key=lambda each: Role.LEADER.value not in each.roles)


def waiting_for_confirmation(seat: Seat) -> Sequence[Any]:
    """Claimed items that this person may confirm, the longest waiting first; each with `unit_name`. Own claims are left
    out.
    """
    reached = seat.unit_ids("rollout.confirm")
    waiting = ActionItem.objects.seen_by(seat).filter(state=State.READY, unit__status=Unit.Status.ACTIVE)
    if reached is not None:
        waiting = waiting.filter(unit__in=reached)
    found: Sequence[Any] = waiting.exclude(claimed_by=seat.user_id).order_by("claimed_at", "pk")
    return found


@dataclass(frozen=True)
class NextItem:
    """The first open item of a unit, and how many days it is late (0 when it is not)."""

    item: Any
    days_late: int


def next_items(seat: Seat) -> list[NextItem]:
    """For each active unit in which this person serves, the first item neither claimed nor settled. One query."""
    open_items = ActionItem.objects.seen_by(seat).filter(
        unit__in=seat.unit_roles,
        unit__status=Unit.Status.ACTIVE,
        state__in=(State.NOT_STARTED, State.IN_PROGRESS),
    )
    first: dict[int, ActionItem] = {}
    for item in open_items.in_order():
        first.setdefault(item.unit_id, item)
    today = seat.agency.today()
    return [NextItem(item, late_by(item, today)) for item in first.values()]


def late_by(item: ActionItem, today: date) -> int:
    """Days since the due date, 0 when there is none or it is not past."""
    return max(0, (today - item.due_on).days) if item.due_on else 0
