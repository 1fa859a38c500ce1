"""Whoever wrote a line of a budget, by adding, changing or removing it, does not approve the version."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.operations.written import ChangedSinceSeen
from budgets import operations
from budgets.models import Budget, Line
from budgets.operations.versions import AuthorCannotApprove
from core.money import Money
from ssu.models import Unit
from tests.budgets.test_budgets import add, approved
from tests.cast import Visitor

YEAR = 2026
Act = Callable[[Agency, User, Budget, Line], Any]


def adds(agency: Agency, actor: User, budget: Budget, line: Line) -> None:
    add(agency, actor, budget)


def changes(agency: Agency, actor: User, budget: Budget, line: Line) -> None:
    operations.change_line(agency=agency, actor=actor, line=line, amount=Money(7000, "USD"))


def removes(agency: Agency, actor: User, budget: Budget, line: Line) -> None:
    operations.remove_line(agency=agency, actor=actor, line=line)


@pytest.mark.parametrize("act", [adds, changes, removes])
def test_who_touched_a_line_does_not_approve(
    inside: Agency, alice: User, bob_in_finance: User, carol: User, budget: Budget, act: Act
) -> None:
    add(inside, alice, budget)
    act(inside, bob_in_finance, budget, add(inside, alice, budget))
    with pytest.raises(AuthorCannotApprove):
        approved(inside, alice, bob_in_finance, budget)
    assert operations.approve_budget(agency=inside, actor=carol, budget=budget).approver == carol


def test_lines_that_nobody_approved_keep_their_writers_in_the_next_year(
    inside: Agency, alice: User, bob_in_finance: User, carol: User, unit: Unit, budget: Budget
) -> None:
    add(inside, alice, budget)
    following = operations.start_budget(agency=inside, actor=carol, unit=unit, fiscal_year=YEAR + 1)
    with pytest.raises(AuthorCannotApprove):
        approved(inside, carol, alice, following)
    assert operations.approve_budget(agency=inside, actor=bob_in_finance, budget=following).approver == bob_in_finance


def test_approved_lines_bind_nobody_in_the_next_version(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    add(inside, alice, budget)
    approved(inside, alice, bob_in_finance, budget)
    following = operations.start_budget(agency=inside, actor=bob_in_finance, unit=unit, fiscal_year=YEAR + 1)
    assert approved(inside, bob_in_finance, alice, following).approver == alice


def test_what_was_changed_since_it_was_read_is_not_approved(
    inside: Agency, alice: User, bob_in_finance: User, budget: Budget, visit: Callable[[User], Visitor]
) -> None:
    add(inside, alice, budget)
    read = operations.submit_budget(agency=inside, actor=alice, budget=budget).revision
    page = reverse("budget", args=[inside.slug, budget.pk])
    approve = reverse("budget_approve", args=[inside.slug, budget.pk])
    finance = visit(bob_in_finance)
    assert f'name="revision" value="{read}"' in finance.get(page).content.decode()
    operations.withdraw_budget(agency=inside, actor=alice, budget=budget)
    add(inside, alice, budget, 900000)
    now = operations.submit_budget(agency=inside, actor=alice, budget=budget).revision
    assert finance.post(approve, {"revision": read}).status_code == 409
    with pytest.raises(ChangedSinceSeen):
        operations.approve_budget(agency=inside, actor=bob_in_finance, budget=budget, revision=read)
    assert finance.post(approve, {"revision": now}).status_code == 302
