"""Whether a public appeal for a unit may open, and what blocks it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from ssu import steps
from ssu.models import ActionItem, EmergencyAppeal, State, Unit

RESTS_ON: Final = ("2.1", "4.1", "4.2", "5.1", "5.2", "5.3")
"""What an appeal rests on: the goal, the coaching of the team, the messages, the budget, the guidelines."""


@dataclass(frozen=True)
class Blocker:
    """An item of the eleven that is not confirmed; `key` leads to its page, where it is settled."""

    key: str
    wording: str
    state: State


@dataclass(frozen=True)
class Gate:
    """What an appeal for one unit waits for. `emergency` is the one that holds today, if any."""

    unit_id: int
    blockers: tuple[Blocker, ...]
    emergency: EmergencyAppeal | None = None

    @property
    def is_open(self) -> bool:
        """Whether an appeal may go out now."""
        return not self.blockers or self.emergency is not None


def gate_of(unit: Unit, today: date) -> Gate:
    """The gate of one unit on a day of its agency. Two queries."""
    return gates_of([unit.pk], today)[unit.pk]


def gates_of(unit_ids: Collection[int], today: date) -> dict[int, Gate]:
    """The gates of several units. An item that is missing, or set as not applicable, blocks too: the gate asks for what
    two people confirmed. Two queries, whatever their number.
    """
    found = ActionItem.objects.filter(unit__in=unit_ids, key__in=RESTS_ON).values_list("unit_id", "key", "state")
    states = {(unit_id, key): State(state) for unit_id, key, state in found}
    holding = {
        each.unit_id: each
        for each in EmergencyAppeal.objects.filter(
            unit__in=unit_ids, approved_at__isnull=False, ended_at=None, ends_on__gte=today
        ).order_by("ends_on", "pk")
    }
    return {pk: Gate(pk, blockers(pk, states), holding.get(pk)) for pk in unit_ids}


def blockers(unit_id: int, states: dict[tuple[int, str], State]) -> tuple[Blocker, ...]:
    """The items of one unit that are not confirmed, in order."""
    asked = ((key, states.get((unit_id, key), State.NOT_STARTED)) for key in RESTS_ON)
    return tuple(Blocker(key, steps.wording(key), state) for key, state in asked if state != State.COMPLETED)


def emergencies_of(unit: Unit) -> list[EmergencyAppeal]:
    """Every emergency that was asked for in a unit, the newest first. One query."""
    return list(EmergencyAppeal.objects.filter(unit=unit.pk).order_by("-pk"))
