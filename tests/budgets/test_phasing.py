"""Months of a line, its identity over versions, who looks after it."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency, Role
from budgets import operations, phasing
from budgets.models import Budget, Line
from budgets.operations.lines import MonthsDoNotAddUp, OwnerNotOnTheTeam
from core.money import Money
from ssu import operations as ssu
from ssu.models import Unit
from tests.budgets.test_budgets import add, approved

AMOUNTS = st.integers(0, 10**12)


@given(AMOUNTS)
def test_evenly_adds_up_and_no_month_differs_by_more_than_a_cent(amount: int) -> None:
    months = phasing.evenly(amount)
    assert phasing.adds_up(amount, months)
    assert max(months) - min(months) <= 1


@given(st.lists(AMOUNTS, min_size=4, max_size=4))
def test_quarters_keep_their_amounts(quarters: list[int]) -> None:
    months = phasing.by_quarters(quarters)
    assert [sum(months[at : at + 3]) for at in range(0, 12, 3)] == quarters


@given(AMOUNTS, st.lists(AMOUNTS, min_size=12, max_size=12))
def test_another_amount_in_the_same_proportions_adds_up(amount: int, months: list[int]) -> None:
    assert phasing.adds_up(amount, phasing.scaled(amount, months))


@pytest.mark.parametrize("months", [[1] * 11, [1] * 13, [13, -1, *[0] * 10], [1] * 11 + [2]])
def test_what_does_not_add_up_is_told(months: list[int]) -> None:
    assert not phasing.adds_up(12, months)


def test_a_line_is_spread_evenly_unless_months_are_given(inside: Agency, alice: User, budget: Budget) -> None:
    line = add(inside, alice, budget, 1205)
    assert line.months == [101] * 5 + [100] * 7
    by_hand = [600, *[0] * 10, 600]
    changed = operations.change_line(agency=inside, actor=alice, line=line, amount=Money(1200, "USD"), months=by_hand)
    assert changed.months == by_hand
    doubled = operations.change_line(agency=inside, actor=alice, line=line, amount=Money(2400, "USD"))
    doubled.refresh_from_db()
    assert doubled.months == [1200, *[0] * 10, 1200]


def test_months_that_do_not_add_up_change_nothing(inside: Agency, alice: User, budget: Budget) -> None:
    line = add(inside, alice, budget, 1200)
    with pytest.raises(MonthsDoNotAddUp):
        operations.change_line(agency=inside, actor=alice, line=line, amount=Money(1200, "USD"), months=[100] * 11)
    line.refresh_from_db()
    assert (line.amount, line.months) == (1200, [100] * 12)


@pytest.mark.parametrize("months", [[100] * 11, [100] * 11 + [101], [-100, *[100] * 10, 300], [None, *[100] * 11], []])
def test_the_database_holds_the_sum(inside: Agency, alice: User, budget: Budget, months: list[int]) -> None:
    line = add(inside, alice, budget, 1200)
    with pytest.raises(DatabaseError, match="budget_line_months_add_up"), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(months=months)
    Line.objects.filter(pk=line.pk).update(months=[50, 150, *[100] * 10])


def test_a_line_keeps_its_identity_in_the_next_version_and_year(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    line = add(inside, alice, budget)
    assert budget.copied_from is None
    approved(inside, alice, bob_in_finance, budget)
    for year in (2026, 2027):
        made = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=year)
        copy = made.lines.get()
        assert (copy.root, copy.months, made.copied_from.lines.get().root) == (line.root, line.months, line.root)


def test_the_owner_serves_in_the_unit(inside: Agency, alice: User, unit: Unit, budget: Budget) -> None:
    worker = ssu.add_worker(agency=inside, actor=alice, name="Lea Gray")
    line = add(inside, alice, budget)
    with pytest.raises(OwnerNotOnTheTeam):
        operations.change_line(agency=inside, actor=alice, line=line, amount=Money(1, "USD"), owner=worker)
    joined: dict[str, Any] = {"role": Role.MEMBER, "joined_on": date(2020, 1, 1)}
    ssu.add_team_member(agency=inside, actor=alice, unit=unit, worker=worker, **joined)
    changed = operations.change_line(agency=inside, actor=alice, line=line, amount=Money(1, "USD"), owner=worker)
    assert changed.owner == worker
