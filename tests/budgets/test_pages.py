"""The pages of budgets."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from budgets.models import Budget, Line
from budgets.operations import add_line, approve_budget, start_budget, submit_budget
from core.money import Money
from ssu.models import Unit
from ssu.operations import add_unit

Visit = Callable[[User], Any]
LINE = {
    "impact": "Lessons",
    "category": "Teaching",
    "kind": "expense",
    "amount": "1,200.00",
    "priority": "1",
    "spread": "whole",
}


def test_a_budget_from_start_to_force(
    visit: Visit, agency: Agency, alice: User, bob_in_finance: User, unit: Unit
) -> None:
    hers, his = visit(alice), visit(bob_in_finance)
    hers.post(f"/a/harbor/units/{unit.pk}/budgets/2026/start/")
    budget = Budget.objects.get()
    page = f"/a/harbor/budgets/{budget.pk}/"
    assert hers.post(f"{page}lines/add/", LINE).status_code == 302
    assert Line.objects.get().amount == 120000
    hers.post(f"{page}submit/")
    assert hers.post(f"{page}approve/").status_code == 409
    assert his.post(f"{page}approve/").status_code == 302
    shown = his.get("/a/harbor/budgets/?year=2026").content.decode()
    assert "Riverbend" in shown
    assert "$1,200.00" in shown


@pytest.mark.parametrize(("field", "value"), [("amount", "0"), ("amount", "1.005"), ("amount", "ten"), ("impact", "")])
def test_a_wrong_line_is_shown_again(
    visit: Visit, agency: Agency, alice: User, budget: Budget, field: str, value: str
) -> None:
    answer = visit(alice).post(f"/a/harbor/budgets/{budget.pk}/lines/add/", {**LINE, field: value})
    assert answer.status_code == 422
    assert Line.objects.count() == 0


def test_the_board_reads_and_changes_nothing(visit: Visit, agency: Agency, dan: User, budget: Budget) -> None:
    board = visit(dan)
    assert board.get(f"/a/harbor/budgets/{budget.pk}/").status_code == 200
    assert board.post(f"/a/harbor/budgets/{budget.pk}/lines/add/", LINE).status_code == 403


def test_another_agency_sees_nothing(visit: Visit, elsewhere: Agency, mallory: User, budget: Budget) -> None:
    outsider = visit(mallory)
    assert outsider.get(f"/a/harbor/budgets/{budget.pk}/").status_code == 404
    assert outsider.get(f"/a/elsewhere/budgets/{budget.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_asks_the_same_number_of_questions(
    visit: Visit,
    inside: Agency,
    alice: User,
    bob_in_finance: User,
    unit: Unit,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    units = [unit] + [
        add_unit(
            agency=inside,
            actor=alice,
            code=f"X{n}",
            name=f"Unit {n}",
            strategy=unit.strategy,
            kind="community",
            discretion="open",
        )
        for n in range(count - 1)
    ]
    for each in units:
        made = start_budget(agency=inside, actor=alice, unit=each, fiscal_year=2026)
        add_line(agency=inside, actor=alice, budget=made, impact="i", category="c", amount=Money(5, "USD"))
        submit_budget(agency=inside, actor=alice, budget=made)
        approve_budget(agency=inside, actor=bob_in_finance, budget=made)
    visitor = visit(alice)
    visitor.get("/a/harbor/budgets/?year=2026")
    with django_assert_num_queries(QUERIES):
        visitor.get("/a/harbor/budgets/?year=2026")


QUERIES = 23


def test_the_unit_leads_to_the_version_in_the_making(
    visit: Visit, agency: Agency, alice: User, bob_in_finance: User, unit: Unit
) -> None:
    browser, page = visit(alice), f"/a/harbor/units/{unit.pk}/"
    start = f"{page}budgets/{agency.fiscal_year(agency.today())}/start/"
    assert start in browser.get(page).content.decode()
    browser.post(start)
    budget = Budget.objects.get()
    drafted = browser.get(page).content.decode()
    assert (start in drafted, f'href="/a/harbor/budgets/{budget.pk}/">Open the draft</a>' in drafted) == (False, True)
    add_line(agency=agency, actor=alice, budget=budget, amount=Money(100, "USD"), impact="i", category="c")
    submit_budget(agency=agency, actor=alice, budget=budget)
    assert "Open what waits for approval</a>" in browser.get(page).content.decode()


def test_an_approval_is_dated_by_the_clock_of_the_agency(
    visit: Visit, inside: Agency, alice: User, bob_in_finance: User, budget: Budget
) -> None:
    inside.time_zone = "America/Chicago"
    inside.save()
    add_line(agency=inside, actor=alice, budget=budget, amount=Money(100, "USD"), impact="i", category="c")
    submit_budget(agency=inside, actor=alice, budget=budget)
    approve_budget(agency=inside, actor=bob_in_finance, budget=budget)
    Budget.objects.update(approved_at=datetime(2026, 11, 22, 1, 30, tzinfo=UTC))
    assert "on 21 Nov 2026" in visit(alice).get(f"/a/harbor/budgets/{budget.pk}/").content.decode()
