"""The pool is shared out exactly, for every input."""

from fractions import Fraction
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from budgets.allocation import Want, allocate, allocate_preferred
from budgets.models import Line
from budgets.queries import Coverage, lines_covered
from funds.shares import in_proportion

WANTS = st.lists(st.builds(Want, amount=st.integers(1, 10**9), priority=st.integers(1, 4)), max_size=12)


@given(pool=st.integers(-(10**6), 10**10), wants=WANTS)
def test_shares_and_rest_sum_to_the_pool(pool: int, wants: list[Want]) -> None:
    shares = allocate(pool, wants)
    assert sum(shares) == min(max(pool, 0), sum(want.amount for want in wants))
    assert all(0 <= share <= want.amount for share, want in zip(shares, wants, strict=True))


@given(pool=st.integers(0, 10**10), wants=WANTS)
def test_a_later_priority_gets_nothing_while_an_earlier_is_open(pool: int, wants: list[Want]) -> None:
    shares = allocate(pool, wants)
    open_first = min((w.priority for w, s in zip(wants, shares, strict=True) if s < w.amount), default=99)
    assert all(share == 0 for want, share in zip(wants, shares, strict=True) if want.priority > open_first)


@given(pool=st.integers(-(10**6), 10**10), data=st.data())
def test_preferred_shares_and_rest_sum_to_the_pool(pool: int, data: st.DataObject) -> None:
    wants = data.draw(WANTS)
    preferred = data.draw(st.lists(st.integers(-(10**6), 10**9), min_size=len(wants), max_size=len(wants)))
    shares = allocate_preferred(pool, preferred, wants)
    assert sum(shares) == min(max(pool, 0), sum(want.amount for want in wants))
    assert all(0 <= share <= want.amount for share, want in zip(shares, wants, strict=True))
    first = [min(max(own, 0), want.amount) for own, want in zip(preferred, wants, strict=True)]
    if sum(first) <= max(pool, 0):
        assert all(share >= own for share, own in zip(shares, first, strict=True))


@given(pool=st.integers(0, 10**10), wants=WANTS)
def test_without_a_preference_nothing_changes(pool: int, wants: list[Want]) -> None:
    assert allocate_preferred(pool, [0] * len(wants), wants) == allocate(pool, wants)


def test_odd_cents_go_to_the_largest_remainders() -> None:
    assert in_proportion(100, [1, 1, 1]) == [34, 33, 33]
    assert in_proportion(10, [5, 2, 3]) == [5, 2, 3]
    assert in_proportion(1, [1, 2]) == [0, 1]


@given(received=st.integers(-(10**6), 10**10), committed=st.integers(0, 10**10), wants=WANTS)
def test_the_gaps_of_lines_add_up_to_the_gap_of_their_unit(received: int, committed: int, wants: list[Want]) -> None:
    """Also where more was refunded this year than given."""
    lines = [Line(kind="expense", amount=each.amount, priority=each.priority, root=uuid4()) for each in wants]
    goal = sum(each.amount for each in wants)
    unit = Coverage(goal, received, committed, 0, "USD", Fraction(1, 2))
    assert sum(each.open for each in lines_covered(lines, unit, {})) == min(unit.open, goal)
