"""Lines by month, and what a gift would do: parts always add up."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from budgets.models import Budget, Line
from budgets.months import by_month, months_of, together, would_do
from budgets.operations import add_line
from budgets.phasing import evenly
from budgets.queries import LineCoverage
from core.money import Money
from tests.cast import Visitor

MONEY = st.integers(0, 10**12)
AMOUNTS = st.lists(st.integers(0, 10**9), min_size=12, max_size=12).filter(any)
Visit = Callable[[User], Visitor]


def covered(months: list[int], received: int, committed: int, priority: int = 1) -> LineCoverage:
    return LineCoverage(Line(amount=sum(months), months=months, priority=priority), received, committed)


@given(AMOUNTS, st.data())
def test_months_add_up_to_the_year(months: list[int], data: st.DataObject) -> None:
    received = data.draw(st.integers(0, sum(months)))
    committed = data.draw(st.integers(0, sum(months) - received))
    agency = cast("Agency", SimpleNamespace(fiscal_year_start=7))
    found = by_month(covered(months, received, committed), months_of(agency, 2026))
    assert (found[0].first, found[-1].first) == (date(2025, 7, 1), date(2026, 6, 1))
    assert [each.planned for each in found] == months
    sums: Any = [sum(getattr(each, name) for each in found) for name in ("received", "committed", "open")]
    assert sums == [received, committed, sum(months) - received - committed]
    assert all(each.open >= 0 for each in found)


@given(MONEY, st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 4)), max_size=8))
def test_what_a_gift_would_do_adds_up_to_the_gift(amount: int, lines: list[tuple[int, int]]) -> None:
    rows = [covered(evenly(each), each // 3, each // 5, priority) for each, priority in lines]
    found, over = would_do(amount, rows)
    assert sum(each.part for each in found) + over == amount
    assert all(each.after <= each.line.amount for each in found)


def test_the_earliest_months_are_covered_first_and_lines_together_by_month() -> None:
    agency = cast("Agency", SimpleNamespace(fiscal_year_start=1))
    months = months_of(agency, 2026)
    first = by_month(covered([100, 0, 50] + [0] * 9, 120, 10), months)
    assert [(each.received, each.committed, each.open) for each in first[:3]] == [(100, 0, 0), (0, 0, 0), (20, 10, 20)]
    both = together([first, by_month(covered(evenly(1200), 0, 0), months)])
    assert [(each.planned, each.open) for each in both[:3]] == [(200, 100), (100, 100), (150, 120)]


def at(budget: Budget, asked: str = "") -> str:
    return f"/a/harbor/budgets/{budget.pk}/coverage/{asked}"


def lined(agency: Agency, actor: User, budget: Budget) -> None:
    """Wells for $1,200 over the year, then books for $60."""
    for impact, minor, priority in (("Wells", 120000, 1), ("Books", 6000, 2)):
        given: dict[str, Any] = {"impact": impact, "category": "work", "amount": Money(minor, "USD")}
        add_line(agency=agency, actor=actor, budget=budget, priority=priority, **given)


def test_finance_reads_months_and_everybody_what_a_gift_would_do(
    inside: Agency, alice: User, bob_in_finance: User, dan: User, visit: Visit, budget: Budget
) -> None:
    people.add_member(agency=inside, actor=alice, user=dan, roles=(Role.BOARD,))
    lined(inside, alice, budget)
    page = visit(bob_in_finance).get(at(budget, "?amount=10"))
    assert (len(page.context["months"]), page.context["gift"]) == (12, "$10.00")
    assert [(each.impact, each.part) for each in page.context["would"]] == [("Wells", "$10.00")]
    assert page.context["months"][0].planned == "$105.00"
    board = visit(dan).get(at(budget, "?amount=10"))
    assert ("months" in board.context, board.context["gift"]) == (False, "$10.00")
    wrong = visit(alice).get(at(budget, "?amount=ten"))
    assert (wrong.status_code, "is not an amount" in wrong.content.decode()) == (422, True)
    assert visit(alice).get(at(budget, "?amount=0")).status_code == 422


def test_more_than_is_open_is_told(inside: Agency, alice: User, visit: Visit, budget: Budget) -> None:
    lined(inside, alice, budget)
    page = visit(alice).get(at(budget, "?amount=1,300"))
    assert (page.context["over"], len(page.context["would"])) == ("$40.00", 2)
    assert all(each.fills for each in page.context["would"])


def test_another_agency_sees_nothing(visit: Visit, elsewhere: Agency, mallory: User, budget: Budget) -> None:
    assert visit(mallory).get(at(budget)).status_code == 404
