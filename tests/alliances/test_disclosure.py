"""When a total would tell what one member reported."""

from decimal import Decimal

import pytest

from alliances.disclosure import Contribution, may_show_members, revealed_by_difference, revealed_by_overlaps, why_not


def parts(*amounts: int, shown: tuple[int, ...] = ()) -> list[Contribution]:
    return [Contribution(i, Decimal(amount), i in shown) for i, amount in enumerate(amounts)]


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ((), "Nobody's number is in this aggregate yet"),
        ((5,), "Only one member has reported"),
        ((5, 6), "Only two members have reported: an aggregate of two would let each work out the other's number."),
        ((81, 10, 9), "more than 80 % of the total"),
    ],
)
def test_refusal_says_why(amounts: tuple[int, ...], words: str) -> None:
    assert words in why_not(parts(*amounts))


@pytest.mark.parametrize("amounts", [(80, 10, 10), (0, 0, 0), (10, 20, 0)])
def test_three_contributors_none_above_the_share_may_be_published(amounts: tuple[int, ...]) -> None:
    assert why_not(parts(*amounts)) == ""


def test_contributors_that_all_show_their_number_may_be_published() -> None:
    assert why_not(parts(5, 6, shown=(0, 1))) == ""
    assert why_not(parts(5, 6, shown=(0,))) != ""
    assert why_not(parts(100, 1, 1, shown=(0, 1, 2))) == ""


def test_shown_numbers_stand_beside_the_total_only_if_the_rest_stays_hidden() -> None:
    assert may_show_members(parts(1, 2, 3, 4, shown=(0,)))
    assert may_show_members(parts(1, 2, shown=(0, 1)))
    assert not may_show_members(parts(1, 2, 3, shown=(0, 1)))
    assert not may_show_members(parts(1, 2, 3, 4))


def test_the_only_change_between_two_revisions_is_revealed() -> None:
    before, after = {1: Decimal(10), 2: Decimal(20)}, {1: Decimal(10), 2: Decimal(20), 3: Decimal(5)}
    assert revealed_by_difference(before, after, frozenset()) == {3}
    assert revealed_by_difference(before, after, frozenset({3})) == frozenset()
    assert revealed_by_difference(before, {**after, 1: Decimal(11)}, frozenset()) == frozenset()
    assert revealed_by_difference(before, before, frozenset()) == frozenset()


@pytest.mark.parametrize(
    ("taken", "shown", "revealed"),
    [
        ({(1, 2): 50}, set(), {1}),
        ({(1, 2): 50}, {2}, {1}),
        ({(1, 2): 50}, {1}, set()),
        ({(1, 2): 30}, set(), set()),
        ({(1, 2): 0}, set(), set()),
        ({(1, 2): 50, (1, 3): 0}, set(), {1}),
        ({(1, 2): 50, (2, 3): 40}, set(), set()),
        ({(1, 2): 50, (2, 3): 40}, {1}, {3}),
        ({(2, 4): 90}, {2}, {4}),
    ],
)
def test_the_overlaps_reveal_a_number_that_lies_wholly_inside_another(
    taken: dict[tuple[int, int], int], shown: set[int], revealed: set[int]
) -> None:
    amounts = {1: Decimal(50), 2: Decimal(90), 3: Decimal(40), 4: Decimal(90)}
    subtracted = {pair: Decimal(amount) for pair, amount in taken.items()}
    assert revealed_by_overlaps(subtracted, amounts, frozenset(shown)) == revealed
