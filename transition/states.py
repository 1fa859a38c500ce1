"""How far a shift is, and what may happen next. A table."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from partners.models import Commitment
from transition.models import Kind, ShiftAct

LISTED: Final = "listed"
"""Nothing has happened yet."""

BEFORE: Final[dict[str, frozenset[str]]] = {
    Kind.NOTICED: frozenset(
        {LISTED, Kind.NOTICED, Kind.SILENT, Kind.DECLINED, Kind.LEFT, Kind.ROLLED_BACK, Kind.STOPPED}
    ),
    Kind.AGREED: frozenset({Kind.NOTICED, Kind.SILENT, Kind.DECLINED}),
    Kind.SILENT: frozenset({Kind.NOTICED}),
    Kind.DECLINED: frozenset({Kind.NOTICED, Kind.SILENT, Kind.AGREED}),
    Kind.STOPPED: frozenset({Kind.NOTICED, Kind.SILENT, Kind.AGREED, Kind.DECLINED, Kind.MOVED}),
    Kind.MOVED: frozenset({Kind.AGREED}),
    Kind.ROLLED_BACK: frozenset({Kind.MOVED}),
    Kind.LEFT: frozenset({LISTED, Kind.NOTICED, Kind.SILENT, Kind.AGREED}),
}
"""What must have happened last for this to happen now."""

STAYS: Final = frozenset({Kind.SILENT, Kind.DECLINED, Kind.STOPPED, Kind.ROLLED_BACK, Kind.LEFT})
"""With these a commitment stays where it is as long as it runs. Silence never moves anything."""

ANSWERED: Final = STAYS | {Kind.MOVED}
"""With these a wave may close."""


def acts_in_order(acts: Iterable[ShiftAct]) -> list[ShiftAct]:
    """The acts that stand, as they happened."""
    return sorted((each for each in acts if each.taken_back_at is None), key=lambda act: (act.on, act.pk))


def state_on(acts: Iterable[ShiftAct], day: date) -> str:
    """How far a shift was at the end of a day: the kind of the last act until then, or `LISTED`."""
    until = [each.kind for each in acts_in_order(acts) if each.on <= day]
    return until[-1] if until else LISTED


def told_on(acts: Iterable[ShiftAct], day: date) -> date | None:
    """When the giver was first told in the round that runs on a day: since the last way back."""
    first = None
    for act in acts_in_order(acts):
        if act.on > day:
            break
        if act.kind == Kind.ROLLED_BACK:
            first = None
        elif act.kind == Kind.NOTICED and first is None:
            first = act.on
    return first


def runs_on(commitment: Commitment, day: date) -> bool:
    """Whether a promise holds on a day."""
    return commitment.starts_on <= day and (commitment.ends_on is None or commitment.ends_on >= day)
