"""The arithmetic: no currency meets another, nothing is lost, and a small example by hand for each."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from handover.sums import Support, bus_factor, giving_shares, lost_without, outcome, percent, ranked, totals

SUMS = st.dictionaries(st.sampled_from(["USD", "EUR", "JPY"]), st.integers(-500, 10_000), max_size=3)
GIVEN = st.dictionaries(st.integers(1, 9), SUMS, min_size=1, max_size=9)
SUPPORTS = st.lists(st.builds(Support, st.integers(1, 1000), st.frozensets(st.integers(1, 5), max_size=3)), max_size=12)


@given(GIVEN, st.integers(2, 50))
def test_the_order_knows_no_rate_between_currencies(sums: dict[int, dict[str, int]], rate: int) -> None:
    depth = dict.fromkeys(sums, 0)
    dearer = {key: {c: v * rate if c == "EUR" else v for c, v in own.items()} for key, own in sums.items()}
    assert ranked(sums, depth) == ranked(dearer, depth)


@given(GIVEN)
def test_shares_of_a_currency_add_up_to_one(sums: dict[int, dict[str, int]]) -> None:
    dollars = {key: {"USD": own.get("USD", 0)} for key, own in sums.items()}
    whole = totals(dollars.values()).get("USD", 0)
    assert sum(giving_shares(dollars).values()) == (1 if whole else 0)


def test_who_gives_more_and_is_nearer_comes_first() -> None:
    given_sums = {1: {"USD": 100}, 2: {"USD": 300}, 3: {"EUR": 50}, 4: {}}
    assert giving_shares(given_sums) == {1: Fraction(1, 4), 2: Fraction(3, 4), 3: Fraction(1), 4: Fraction(0)}
    assert ranked(given_sums, {1: 9, 2: 5, 3: 0, 4: 7}) == {1: 1, 2: 3, 3: 2, 4: 4}


def test_depth_alone_decides_between_equals() -> None:
    assert ranked({1: {}, 2: {}}, {1: 2, 2: 5}) == {1: 2, 2: 1}


@given(SUPPORTS)
def test_so_many_lose_half_and_one_fewer_never(supports: list[Support]) -> None:
    whole = sum(each.amount for each in supports)
    names = sorted({name for each in supports for name in each.holders})
    enough = [
        number
        for number in range(1, len(names) + 1)
        if any(2 * lost_without(supports, frozenset(group)) >= whole for group in combinations(names, number))
    ]
    assert bus_factor(supports) == (min(enough) if enough and whole else None)


def test_a_second_holder_makes_it_two() -> None:
    assert bus_factor([Support(100, frozenset({1}))]) == 1
    assert bus_factor([Support(100, frozenset({1, 2}))]) == 2
    assert bus_factor([Support(100, frozenset()), Support(99, frozenset({1}))]) is None


@given(SUMS, SUMS)
def test_another_currency_never_makes_up_for_what_is_missing(due: dict[str, int], came: dict[str, int]) -> None:
    asked = {c for c, v in due.items() if v > 0}
    only = {c: v for c, v in came.items() if c in asked}
    assert outcome(due, came) == outcome(due, only)
    assert (outcome(due, came) == "not_due") == (not asked)
    assert (outcome(due, came) == "kept") == (bool(asked) and all(came.get(c, 0) >= due[c] for c in asked))


def test_what_became_of_giving() -> None:
    due = {"USD": 100, "EUR": 50}
    assert [outcome(due, came) for came in ({"USD": 100, "EUR": 60}, {"USD": 100}, {"JPY": 900}, {"USD": -5})] == [
        "kept",
        "smaller",
        "stopped",
        "stopped",
    ]


def test_a_percent_is_never_rounded_up_to_all() -> None:
    assert (percent(999, 1000), percent(0, 0), percent(5, 5)) == (99, 0, 100)
