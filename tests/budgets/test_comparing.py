"""Two versions of a budget side by side."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from budgets import operations, phasing
from budgets.comparing import compare
from budgets.models import Budget, Line
from core.money import Money
from ssu.models import Unit
from tests.agencies.conftest import confirmed
from tests.budgets.test_budgets import add, approved

__all__ = ["confirmed"]
Visit = Callable[[User], Any]
AMOUNTS = st.dictionaries(st.uuids(), st.integers(1, 10**9), max_size=8)


def lines(amounts: dict[Any, int]) -> list[Line]:
    return [
        Line(root=root, amount=amount, months=phasing.evenly(amount), impact="i", category="c")
        for root, amount in amounts.items()
    ]


@given(AMOUNTS, AMOUNTS, st.booleans())
def test_differences_add_up_and_each_line_is_there_once(before: dict[Any, int], now: dict[Any, int], mix: bool) -> None:
    now = now | {root: amount + 1 for root, amount in list(before.items())[::2]} if mix else now
    compared = compare(lines(now), lines(before))
    assert sum(each.difference for each in compared) == sum(now.values()) - sum(before.values())
    assert {each.line.root for each in compared} == before.keys() | now.keys()
    assert len(compared) == len(before.keys() | now.keys())


@pytest.fixture
def second(inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget) -> Budget:
    """Four lines, of which the next version keeps one, changes two and drops one, and to which it adds one."""
    for minor in (100000, 120000, 50000, 7000):
        add(inside, alice, budget, minor)
    approved(inside, alice, bob_in_finance, budget)
    made = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2026)
    _same, dearer, later, gone = made.lines.order_by("pk")
    by: dict[str, Any] = {"agency": inside, "actor": alice}
    operations.change_line(**by, line=dearer, amount=Money(150000, "USD"), impact="Wells")
    operations.change_line(**by, line=later, amount=Money(50000, "USD"), months=[0] * 11 + [50000])
    operations.remove_line(**by, line=gone)
    add(inside, alice, made, 30000)
    return made


def test_the_page_tells_what_changed(visit: Visit, second: Budget, alice: User) -> None:
    page = visit(alice).get(f"/a/harbor/budgets/{second.pk}/compare/")
    rows = {(row.what, row.fields, row.before, row.now, row.difference) for row in page.context["rows"]}
    assert rows == {
        ("As before", "", "$1,000.00", "$1,000.00", "$0.00"),
        ("Changed", "amount, wording", "$1,200.00", "$1,500.00", "+$300.00"),
        ("Changed", "months", "$500.00", "$500.00", "$0.00"),
        ("New", "", "", "$300.00", "+$300.00"),
        ("Dropped", "", "$70.00", "", "-$70.00"),
    }
    (total,) = page.context["sums"]
    assert (total["before"], total["now"], total["difference"]) == ("$2,770.00", "$3,300.00", "+$530.00")
    assert "was: Lessons for forty families" in page.content.decode()


def test_lines_of_a_copy_say_what_changed(visit: Visit, second: Budget, alice: User) -> None:
    page = visit(alice).get(f"/a/harbor/budgets/{second.pk}/")
    assert [line.change for line in page.context["lines"]] == ["", "was $1,200.00", "changed: months", "new"]
    assert f'href="/a/harbor/budgets/{second.pk}/compare/"' in page.content.decode()


def test_the_file_holds_what_the_page_tells(confirmed: Visit, second: Budget, alice: User) -> None:
    content = confirmed(alice).get(f"/a/harbor/budgets/{second.pk}/compare/?export=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["what"], row["changed"], row["difference"]) for row in rows] == [
        ("same", "", "0.00"),
        ("changed", "amount impact", "300.00"),
        ("changed", "months", "0.00"),
        ("new", "", "300.00"),
        ("dropped", "", "-70.00"),
    ]


def test_any_two_versions_of_a_unit_are_compared_and_no_others(
    visit: Visit, inside: Agency, alice: User, unit: Unit, second: Budget, budget: Budget
) -> None:
    browser = visit(alice)
    first = browser.get(f"/a/harbor/budgets/{budget.pk}/compare/")
    assert "Nothing to compare with yet" in first.content.decode()
    back = browser.get(f"/a/harbor/budgets/{budget.pk}/compare/?with={second.pk}")
    assert back.context["counted"] == {"new": 1, "changed": 2, "same": 1, "dropped": 1}
    other = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2025)
    assert browser.get(f"/a/harbor/budgets/{other.pk}/compare/?with=0").status_code == 404
