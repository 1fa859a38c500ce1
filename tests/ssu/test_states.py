"""The table of states, and a random walk through the operations that must always agree with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssu import states
from ssu.models import ItemEvent, State

Kind = ItemEvent.Kind
WITHOUT_EVIDENCE = [kind for kind in Kind if kind not in states.EVIDENCE]
ALLOWED = {
    State.NOT_STARTED: {Kind.CLAIMED, Kind.NOT_APPLICABLE},
    State.IN_PROGRESS: {Kind.CLAIMED, Kind.NOT_APPLICABLE},
    State.READY: {Kind.CONFIRMED, Kind.UNDONE, Kind.NOT_APPLICABLE, Kind.REOPENED},
    State.COMPLETED: {Kind.UNDONE, Kind.REOPENED},
    State.NOT_APPLICABLE: {Kind.UNDONE},
}


@pytest.mark.parametrize("state", list(State))
def test_only_these_acts_fit_a_state(state: State) -> None:
    fitting = {kind for kind in WITHOUT_EVIDENCE if (state, kind) in states.TRANSITIONS}
    assert fitting == ALLOWED[state]


@pytest.mark.parametrize("act", [Kind.CONFIRMED, Kind.UNDONE, Kind.REOPENED])
def test_acts_that_do_not_fit_are_refused(act: ItemEvent.Kind) -> None:
    with pytest.raises(states.NotPossible):
        states.after(State.NOT_STARTED, act, 0)


def test_history_folds() -> None:
    acts = ["evidence_added", "claimed", "confirmed", "undone", "undone"]
    assert [states.fold(acts[:length]) for length in range(6)] == [
        State.NOT_STARTED,
        State.IN_PROGRESS,
        State.READY,
        State.COMPLETED,
        State.READY,
        State.IN_PROGRESS,
    ]


@given(st.lists(st.sampled_from(list(Kind)), max_size=30))
def test_no_history_completes_an_item_without_claim_and_confirmation(acts: list[ItemEvent.Kind]) -> None:
    state, pieces, done = State.NOT_STARTED, 0, []
    for act in acts:
        count = max(0, pieces + states.EVIDENCE.get(act, 0))
        try:
            state = states.after(state, act, count)
        except states.NotPossible:
            continue
        pieces = count
        done.append(act)
    if state == State.COMPLETED:
        assert done.index(Kind.CLAIMED) < done.index(Kind.CONFIRMED)
    if state in (State.NOT_STARTED, State.IN_PROGRESS):
        assert (state == State.IN_PROGRESS) == (pieces > 0) or Kind.EVIDENCE_REMOVED in done


def test_only_what_was_taken_just_before_is_given_back() -> None:
    claimed = ["evidence_added", "claimed"]
    opened = ["evidence_removed", "reopened", "evidence_added"]
    assert states.fold([*claimed, *opened, "claim_restored"]) == State.READY
    assert states.fold([*claimed, "confirmed", *opened, "confirm_restored"]) == State.COMPLETED
    for history in (
        ["confirm_restored"],
        [*claimed, *opened, "confirm_restored"],
        [*claimed, "confirmed", *opened, "claim_restored"],
        [*claimed, *opened, "not_applicable", "undone", "claim_restored"],
    ):
        with pytest.raises(states.NotPossible):
            states.fold(history)
