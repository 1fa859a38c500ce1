"""The legal arithmetic, kind by kind: nothing illegal can be asked for (acceptance scenarios 1 to 4 and 11)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.arithmetic import (
    COUNTS,
    DoesNotFit,
    Figure,
    Kind,
    NotAdditive,
    Overlap,
    Resolution,
    across_members,
    over_time,
)


def count(number: int) -> Figure:
    return Figure(amount=Decimal(number))


def quotient(top: str, base: int) -> Figure:
    return Figure(amount=Decimal(top), base=Decimal(base))


def test_flow_adds_periods_and_members() -> None:
    assert over_time(Kind.FLOW, [count(10), count(20)]) == count(30)
    total = across_members(Kind.FLOW, {1: count(10), 2: count(20)})
    assert (total.gross, total.net) == (30, 30)


def test_a_reported_zero_is_added_and_a_missing_report_is_not_there() -> None:
    assert across_members(Kind.FLOW, {1: count(0)}).net == 0
    assert across_members(Kind.FLOW, {1: count(0), 2: count(7)}).net == 7


@pytest.mark.parametrize("kind", [Kind.STOCK, Kind.RUNNING_TOTAL])
def test_a_stock_is_its_latest_and_never_a_sum_over_time(kind: Kind) -> None:
    assert over_time(kind, [count(5), count(7)]) == count(7)
    assert over_time(kind, [count(40), count(40)]) == count(40)
    assert across_members(kind, {1: count(5), 2: count(7)}).net == 12


def test_unique_people_are_not_additive_over_time() -> None:
    assert over_time(Kind.UNIQUE_PEOPLE, [count(5)]) == count(5)
    with pytest.raises(NotAdditive):
        over_time(Kind.UNIQUE_PEOPLE, [count(5), count(5)])


def test_unique_people_are_a_range_until_the_overlap_is_agreed() -> None:
    people = {1: count(50), 2: count(90)}
    total = across_members(Kind.UNIQUE_PEOPLE, people, overlap_agreed=False)
    assert (total.low, total.high, total.net) == (90, 140, None)
    both = [Overlap(1, 2, Resolution.MAX)]
    assert across_members(Kind.UNIQUE_PEOPLE, people, both).net == 90


def test_an_overlap_settled_by_a_joint_number_shows_what_is_taken_off() -> None:
    total = across_members(Kind.FLOW, {1: count(50), 2: count(90)}, [Overlap(1, 2, Resolution.CUSTOM, Decimal(110))])
    assert (total.gross, total.overlaps, total.net) == (140, (Decimal(30),), 110)


def test_an_overlap_settled_as_none_takes_nothing_off() -> None:
    total = across_members(Kind.FLOW, {1: count(50), 2: count(90)}, [Overlap(1, 2, Resolution.SUM)])
    assert (total.gross, total.net) == (140, 140)


def test_an_overlap_with_a_member_that_is_not_in_the_total_takes_nothing_off() -> None:
    assert across_members(Kind.FLOW, {1: count(50)}, [Overlap(1, 2, Resolution.MAX)]).net == 50


@pytest.mark.parametrize("joint", [89, 141])
def test_a_joint_number_that_two_reports_cannot_make_does_not_fit(joint: int) -> None:
    with pytest.raises(DoesNotFit):
        across_members(Kind.FLOW, {1: count(50), 2: count(90)}, [Overlap(1, 2, Resolution.CUSTOM, Decimal(joint))])


def test_overlaps_that_take_more_than_there_is_do_not_fit() -> None:
    alike = {1: count(10), 2: count(10), 3: count(10)}
    pairs = [Overlap(1, 2, Resolution.MAX), Overlap(1, 3, Resolution.MAX), Overlap(2, 3, Resolution.MAX)]
    with pytest.raises(DoesNotFit):
        across_members(Kind.FLOW, alike, pairs)


def test_ratios_pool_numerators_and_denominators() -> None:
    total = across_members(Kind.RATIO, {1: quotient("1", 10), 2: quotient("90", 100)})
    assert total.net == Fraction(91, 110)
    assert round(float(Fraction(91, 110)) * 100, 1) == 82.7
    assert over_time(Kind.RATIO, [quotient("1", 10), quotient("90", 100)]) == quotient("91", 110)


def test_a_ratio_of_nothing_is_not_zero() -> None:
    assert across_members(Kind.RATIO, {1: quotient("0", 0)}).net is None


def test_means_weigh_by_the_number_of_answers() -> None:
    assert across_members(Kind.MEAN, {1: quotient("4", 1), 2: quotient("2", 3)}).net == Fraction(10, 4)
    assert over_time(Kind.MEAN, [quotient("4", 1), quotient("2", 3)]) == quotient("2.5", 4)


def test_entity_sets_unite_and_cannot_count_twice() -> None:
    one, other = Figure(entities=frozenset({"aaa", "bbb"})), Figure(entities=frozenset({"bbb", "ccc"}))
    assert across_members(Kind.ENTITY_SET, {1: one, 2: other}).net == 3
    assert over_time(Kind.ENTITY_SET, [one, other]).entities == {"aaa", "bbb", "ccc"}


@pytest.mark.parametrize("kind", [Kind.ORDINAL, Kind.TEXT])
def test_answers_are_distributed_and_never_added(kind: Kind) -> None:
    total = across_members(kind, {1: Figure(answer="often"), 2: Figure(answer="often"), 3: Figure(answer="never")})
    assert (total.distribution, total.net) == ({"often": 2, "never": 1}, None)
    assert over_time(kind, [Figure(answer="never"), Figure(answer="often")]).answer == "often"


"""A loaded machine is slow, not wrong."""
counts = st.dictionaries(st.integers(1, 6), st.integers(0, 10**9).map(count), min_size=1)
settled = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from([Resolution.SUM, Resolution.MAX])))


@given(st.sampled_from(sorted(COUNTS)), counts, settled)
def test_gross_less_overlaps_is_net(
    kind: Kind, figures: dict[int, Figure], pairs: list[tuple[int, int, Resolution]]
) -> None:
    overlaps = [Overlap(one, other, resolution) for one, other, resolution in pairs if one != other]
    try:
        total = across_members(kind, figures, overlaps)
    except DoesNotFit:
        return
    assert total.gross is not None
    assert total.net == total.gross - sum(Fraction(taken) for taken in total.overlaps)
    assert total.net >= max(figure.amount for figure in figures.values())


@given(st.dictionaries(st.integers(1, 6), st.frozensets(st.text(max_size=3)).map(lambda s: Figure(entities=s))))
def test_a_union_never_exceeds_the_sum(figures: dict[int, Figure]) -> None:
    total = across_members(Kind.ENTITY_SET, figures)
    assert total.net is not None
    assert total.net <= sum(len(figure.entities) for figure in figures.values())


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1))
def test_a_pooled_ratio_stays_between_its_parts(parts: list[tuple[int, int]]) -> None:
    figures = {i: quotient(str(min(top, base)), base) for i, (top, base) in enumerate(parts)}
    total = across_members(Kind.RATIO, figures).net
    ratios = [Fraction(figure.amount) / Fraction(figure.base) for figure in figures.values()]
    assert total is not None
    assert min(ratios) <= total <= max(ratios)
