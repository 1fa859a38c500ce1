"""Everything that moves money, or says whom it belongs to, in any order: after each step the books are the model's."""

from collections import Counter

import pytest

from accounts.models import User
from agencies.models import Agency
from tests.partners.machine.giving import INTO_ANOTHER
from tests.partners.machine.whole import RUNS, STEPS, TAKEN, run_in
from tests.partners.machine.world import make_world

DONE = {
    *("record_gift", "correct_gift", "refund_gift", "assign_line", "take_back_assignment"),
    *("transfer", "record_expense", "record_opening", "add_rule", "assess_month", "reverse_posting"),
    *("close_months", "export_journal", "receive_file", "apply_import", "correct_rows", "undo_import"),
    *("merge_partners", "undo_merge", "add_commitment", "end_commitment"),
}
REFUSED = {
    *("month_closed", "more_than_given", "more_than_free", "opened_before"),
    *("reversed_already", "nothing_to_assess", "rests_on_import", "nothing_to_undo", "merged_already"),
    *("later_merge", INTO_ANOTHER),
}
ENOUGH = 5_000
"""In so many steps what is rare comes about ten times; but by chance a part of the steps has no use for it."""


@pytest.mark.django_db
def test_the_books_of_any_order(inside: Agency, alice: User) -> None:
    """And in so many steps everything was done, and the rules that one step makes for another refused something. What
    never came is waited for once more.
    """
    world = make_world(inside, alice)
    came = run_in(world)
    assert came[TAKEN] >= RUNS * STEPS
    print("TALLY", {k: v for k, v in came.items() if v < 40}, never(came))
    if came[TAKEN] >= ENOUGH:
        if never(came):
            came += run_in(world)
        assert never(came) == set()


def never(came: Counter[tuple[str, str]]) -> set[str]:
    """What was never done, and which rules never refused."""
    done = {name for name, refusal in came if not refusal}
    refused = {refusal for _name, refusal in came}
    return (DONE - done) | (REFUSED - refused)
