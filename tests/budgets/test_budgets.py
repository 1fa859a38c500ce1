"""From draft to approved, and what covers it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from agencies.models import Agency
from budgets import operations, queries
from budgets.models import Budget, Line
from budgets.operations.lines import LineNotPositive, OtherCurrency
from budgets.operations.versions import (
    AuthorCannotApprove,
    InTheMaking,
    LineVanishes,
    NotADraft,
    NothingToSubmit,
    NotWaiting,
)
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import add_commitment
from ssu.models import Unit
from ssu.operations.second_person import SpouseActed
from tests.cast import spouse_of

YEAR = 2026


def add(agency: Agency, actor: User, budget: Budget, minor: int = 120000, priority: int = 1) -> Line:
    return operations.add_line(
        agency=agency,
        actor=actor,
        budget=budget,
        impact="Lessons for forty families",
        category="Teaching",
        amount=Money(minor, "USD"),
        priority=priority,
    )


def approved(agency: Agency, author: User, approver: User, budget: Budget) -> Budget:
    operations.submit_budget(agency=agency, actor=author, budget=budget)
    return operations.approve_budget(agency=agency, actor=approver, budget=budget)


def test_an_empty_budget_is_not_submitted(inside: Agency, alice: User, budget: Budget) -> None:
    with pytest.raises(NothingToSubmit):
        operations.submit_budget(agency=inside, actor=alice, budget=budget)


def test_author_cannot_approve(inside: Agency, alice: User, budget: Budget) -> None:
    add(inside, alice, budget)
    operations.submit_budget(agency=inside, actor=alice, budget=budget)
    with pytest.raises(AuthorCannotApprove):
        operations.approve_budget(agency=inside, actor=alice, budget=budget)


def test_the_author_s_spouse_cannot_approve(inside: Agency, alice: User, bob_in_finance: User, budget: Budget) -> None:
    add(inside, alice, budget)
    operations.submit_budget(agency=inside, actor=alice, budget=budget)
    with pytest.raises(SpouseActed):
        operations.approve_budget(agency=inside, actor=spouse_of(alice, "Pia"), budget=budget)
    assert operations.approve_budget(agency=inside, actor=bob_in_finance, budget=budget).approver == bob_in_finance


def test_the_database_holds_that_too(inside: Agency, alice: User, budget: Budget) -> None:
    with pytest.raises(DatabaseError, match="author_does_not_approve"), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(approver=alice)


def test_only_a_waiting_budget_is_approved(inside: Agency, bob_in_finance: User, budget: Budget) -> None:
    with pytest.raises(NotWaiting):
        operations.approve_budget(agency=inside, actor=bob_in_finance, budget=budget)


def test_approved_lines_do_not_change(inside: Agency, alice: User, bob_in_finance: User, budget: Budget) -> None:
    line = add(inside, alice, budget)
    approved(inside, alice, bob_in_finance, budget)
    line.refresh_from_db()
    with pytest.raises(NotADraft):
        operations.change_line(agency=inside, actor=alice, line=line, amount=Money(1, "USD"))
    with pytest.raises(DatabaseError, match="change only while it is a draft"), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(amount=1)


def test_a_new_version_copies_and_supersedes(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    add(inside, alice, budget)
    with pytest.raises(InTheMaking):
        operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=YEAR)
    approved(inside, alice, bob_in_finance, budget)
    second = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=YEAR)
    assert (second.version, second.lines.count()) == (2, 1)
    approved(inside, alice, bob_in_finance, second)
    budget.refresh_from_db()
    assert budget.state == Budget.State.SUPERSEDED


@pytest.mark.parametrize(("amount", "refusal"), [(Money(0, "USD"), LineNotPositive), (Money(5, "EUR"), OtherCurrency)])
def test_lines_are_positive_and_of_one_currency(
    inside: Agency, alice: User, budget: Budget, amount: Money, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        operations.add_line(agency=inside, actor=alice, budget=budget, impact="x", category="y", amount=amount)


def test_coverage_counts_the_year_and_tells_legacy_apart(
    inside: Agency,
    alice: User,
    bob_in_finance: User,
    unit: Unit,
    budget: Budget,
    give: Callable[..., None],
    giver: GivingUnit,
    designation: Designation,
) -> None:
    worker = open_designation(
        agency=inside, actor=alice, code="0104532", public_name="A worker", kind="worker", unit=unit
    )
    add(inside, alice, budget)
    approved(inside, alice, bob_in_finance, budget)
    give(50000, date(2026, 1, 1), "in")
    give(7000, date(2025, 12, 31), "before")
    give(900, date(2026, 2, 1), "legacy", to=worker)
    coverage = queries.coverage_of(inside, [with_goal(budget)])[budget.pk]
    assert (coverage.goal, coverage.received, coverage.legacy) == (120000, 50000, 900)


def with_goal(budget: Budget) -> Budget:
    budget.goal = 120000  # type: ignore[attr-defined]
    return budget


def test_committed_counts_payments_still_to_come(
    inside: Agency, alice: User, unit: Unit, giver: GivingUnit, designation: Designation
) -> None:
    add_commitment(
        agency=inside,
        actor=alice,
        giving_unit=giver,
        designation=designation,
        amount=Money(1000, "USD"),
        frequency="monthly",
        starts_on=date(2025, 1, 31),
        ends_on=date(2026, 3, 30),
    )
    sums = queries.committed_by_unit(inside, [unit.pk], date(2026, 1, 1), date(2026, 12, 31))
    assert sums[unit.pk] == {"USD": 2000}  # 31 January and 28 February; 31 March is after the end


def test_the_next_year_begins_so_many_percent_higher_to_the_cent(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    add(inside, alice, budget, 100001)
    changed = add(inside, alice, budget, 333)
    operations.change_line(
        agency=inside, actor=alice, line=changed, amount=Money(333, "USD"), months=[333, *([0] * 11)]
    )
    approved(inside, alice, bob_in_finance, budget)
    said: dict[str, Any] = {"agency": inside, "actor": alice, "unit": unit}
    made = operations.start_budget(**said, fiscal_year=2027, percent=Decimal("3.5"))
    lines = list(made.lines.order_by("pk"))
    assert [(line.amount, sum(line.months)) for line in lines] == [(103501, 103501), (345, 345)]
    assert lines[1].months == [345, *([0] * 11)]
    assert {line.root for line in lines} == set(budget.lines.values_list("root", flat=True))


def test_a_percentage_under_which_a_line_comes_to_nothing_begins_nothing(
    inside: Agency, alice: User, unit: Unit, budget: Budget
) -> None:
    add(inside, alice, budget, 4)
    with pytest.raises(LineVanishes), transaction.atomic():
        operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2027, percent=Decimal(-90))
    assert Budget.objects.count() == 1


def test_the_page_asks_for_the_percentage(visit: Any, alice: User, inside: Agency, unit: Unit, budget: Budget) -> None:
    add(inside, alice, budget, 10000)
    browser, path = visit(alice), f"/a/harbor/units/{unit.pk}/budgets/2027/begin/"
    assert "It begins with the lines of 2026, version 1" in browser.get(path).content.decode()
    assert browser.post(path, {"percent": "-100"}).status_code == 422
    assert browser.get(f"/a/harbor/units/{unit.pk}/budgets/99999/begin/").status_code == 404
    browser.post(path, {"percent": "-10"})
    assert Budget.objects.get(fiscal_year=2027).lines.get().amount == 9000
