"""Where an action item stands after what was done to it. Pure: operations apply one act, the proof folds all."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from ssu.models import ItemEvent, State

Kind = ItemEvent.Kind


class Open(Enum):
    """A state that depends on the evidence: in progress with any, not started without."""

    OPEN = "open"


OPEN: Final = Open.OPEN
UNCLAIMED = (State.NOT_STARTED, State.IN_PROGRESS)

TRANSITIONS: Final[dict[tuple[State, Kind], State | Open]] = {
    (State.NOT_STARTED, Kind.CLAIMED): State.READY,
    (State.IN_PROGRESS, Kind.CLAIMED): State.READY,
    (State.READY, Kind.CONFIRMED): State.COMPLETED,
    (State.COMPLETED, Kind.UNDONE): State.READY,
    (State.READY, Kind.UNDONE): OPEN,
    (State.NOT_APPLICABLE, Kind.UNDONE): OPEN,
    (State.NOT_STARTED, Kind.NOT_APPLICABLE): State.NOT_APPLICABLE,
    (State.IN_PROGRESS, Kind.NOT_APPLICABLE): State.NOT_APPLICABLE,
    (State.READY, Kind.NOT_APPLICABLE): State.NOT_APPLICABLE,
    (State.READY, Kind.REOPENED): OPEN,
    (State.COMPLETED, Kind.REOPENED): OPEN,
    (State.NOT_STARTED, Kind.EVIDENCE_ADDED): OPEN,
    (State.IN_PROGRESS, Kind.EVIDENCE_ADDED): OPEN,
    (State.NOT_STARTED, Kind.EVIDENCE_REMOVED): OPEN,
    (State.IN_PROGRESS, Kind.EVIDENCE_REMOVED): OPEN,
}
RESTORED: Final = {State.READY: Kind.CLAIM_RESTORED, State.COMPLETED: Kind.CONFIRM_RESTORED}
"""What gives back a state that the removal of evidence took."""
CONFIRMING: Final = frozenset({Kind.CONFIRMED, Kind.CONFIRM_RESTORED})
"""The acts after which an item stands confirmed: a confirmation, and one given back with the evidence under it."""
EVIDENCE = {Kind.EVIDENCE_ADDED: 1, Kind.EVIDENCE_REMOVED: -1}


class NotPossible(Exception):
    """The act does not fit the state; callers refuse with a sentence before it comes to this."""


def after(state: State, act: Kind, pieces: int, taken: State | None = None) -> State:
    """The state after one act, `pieces` being the evidence that then stands; `taken` is the state that was taken just
    before by opening the item again: that one alone can be given back.

    Adding or removing evidence leaves a claimed, completed or not applicable item as it is: whether it opens again is
    an act of its own.
    """
    if taken is not None and act == RESTORED[taken]:
        return taken
    reached = TRANSITIONS.get((state, act))
    if reached is None and act in EVIDENCE:
        return state
    if reached is None:
        raise NotPossible(f"{act} in state {state}")
    if isinstance(reached, State):
        return reached
    return State.IN_PROGRESS if pieces else State.NOT_STARTED


def fold(acts: Iterable[str]) -> State:
    """The state that a whole history adds up to."""
    state, pieces = State.NOT_STARTED, 0
    taken: State | None = None
    for act in map(Kind, acts):
        pieces += EVIDENCE.get(act, 0)
        before, state = state, after(state, act, pieces, taken)
        taken = before if act == Kind.REOPENED else taken if act == Kind.EVIDENCE_ADDED else None
    return state
