"""Plan against actual."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from budgets import operations
from budgets.actual import actuals
from budgets.models import Budget
from budgets.queries import lines_of
from core.money import Money
from funds.models import Account, Designation, Expense
from funds.operations import open_category, open_designation, record_expense, reverse_posting
from funds.queries import deposit_account
from ssu.models import Unit
from tests.agencies.conftest import confirmed

__all__ = ["confirmed"]
Visit = Callable[[User], Any]
MARCH = date(2026, 3, 15)


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Agency, "today", lambda _self: MARCH)


@pytest.fixture
def teaching(inside: Agency, alice: User) -> Account:
    return open_category(agency=inside, actor=alice, name="teaching ", ledger_code="6100")


@pytest.fixture
def spend(inside: Agency, alice: User, designation: Designation) -> Callable[..., Expense]:
    def record(minor: int, category: Account, key: str, on: date = MARCH, **more: Any) -> Expense:
        said = {"designation": designation, "amount": Money(minor, "USD"), "paid_from": deposit_account(), **more}
        return record_expense(agency=inside, actor=alice, category=category, on=on, key=key, **said)

    return record


@pytest.fixture
def planned(inside: Agency, alice: User, budget: Budget) -> Budget:
    """Teaching for 1,200 over the year, as two lines of one category, and travel for 600 in July."""
    for impact, category, minor, months in (
        ("Lessons", "Teaching", 60000, None),
        ("Books", "teaching", 60000, None),
        ("Visits", "Travel", 60000, [0] * 6 + [60000] + [0] * 5),
    ):
        amount = Money(minor, "USD")
        operations.add_line(
            agency=inside, actor=alice, budget=budget, impact=impact, category=category, amount=amount, months=months
        )
    return budget


def of(agency: Agency, budget: Budget) -> dict[str, tuple[int, int, int]]:
    found = actuals(agency, budget, lines_of(budget))
    return {each.category: (each.planned, each.until_now, each.spent) for each in found.rows}


def test_expenses_stand_beside_the_plan_by_category(
    inside: Agency, alice: User, planned: Budget, teaching: Account, spend: Callable[..., Expense]
) -> None:
    rent = open_category(agency=inside, actor=alice, name="Rent", ledger_code="6200")
    spend(20000, teaching, "a")
    spend(15000, teaching, "b", on=date(2026, 1, 2))
    spend(700, rent, "c")
    spend(99900, rent, "last year", on=date(2025, 12, 31))
    found = of(inside, planned)
    assert found == {"Teaching": (120000, 30000, 35000), "Travel": (60000, 0, 0), "Rent": (0, 0, 700)}


def test_what_was_taken_back_is_not_spent(
    inside: Agency, alice: User, planned: Budget, teaching: Account, spend: Callable[..., Expense]
) -> None:
    spent = spend(20000, teaching, "a")
    spend(500, teaching, "b")
    reverse_posting(agency=inside, actor=alice, posting=spent.posting, on=MARCH, reason="typed twice", key="back")
    assert of(inside, planned)["Teaching"] == (120000, 30000, 500)


def test_only_the_unit_s_own_designations_in_the_budget_s_currency_count(
    inside: Agency, alice: User, unit: Unit, planned: Budget, teaching: Account, spend: Callable[..., Expense]
) -> None:
    old = open_designation(agency=inside, actor=alice, code="0900777", public_name="Lea", kind="worker", unit=unit)
    spend(20000, teaching, "worker's", designation=old)
    spend(3000, teaching, "euros", amount=Money(3000, "EUR"))
    found = actuals(inside, planned, lines_of(planned))
    assert found.total.spent == 0
    assert list(found.elsewhere) == [Money(3000, "EUR")]


def test_the_page_says_what_stands_out(
    visit: Visit, alice: User, planned: Budget, teaching: Account, spend: Callable[..., Expense]
) -> None:
    spend(31000, teaching, "a")
    page = visit(alice).get(f"/a/harbor/budgets/{planned.pk}/actual/")
    assert [(row.category, row.state) for row in page.context["rows"]] == [
        ("Teaching", "$10.00 more than planned until now"),
        ("Travel", "Nothing spent yet"),
    ]
    said = "$310.00 was spent of $1,800.00 planned for the year; the plan until the end of March is $300.00."
    assert page.context["finding"] == said
    assert page.context["total"].left == "$1,490.00"


def test_the_file_holds_what_the_page_tells(
    confirmed: Visit, alice: User, planned: Budget, teaching: Account, spend: Callable[..., Expense]
) -> None:
    spend(130000, teaching, "a")
    content = confirmed(alice).get(f"/a/harbor/budgets/{planned.pk}/actual/?export=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["category"], row["planned_until_now"], row["spent"], row["left"]) for row in rows] == [
        ("Teaching", "300.00", "1300.00", "-100.00"),
        ("Travel", "0.00", "0.00", "600.00"),
    ]


def test_programs_get_the_same(
    visit: Visit, alice: User, planned: Budget, teaching: Account, spend: Callable[..., Expense]
) -> None:
    spend(31000, teaching, "a")
    told = visit(alice).get(reverse("api_budget_actual", args=["harbor", planned.pk])).json()
    assert told["total"] == {
        "category": "",
        "planned": "1800.00",
        "planned_until_now": "300.00",
        "spent": "310.00",
        "left": "1490.00",
    }
    assert (told["months_begun"], told["assessed"]) == (3, "0.00")
