"""People who serve in closed units are called by their alias wherever they acted (trust rule T6)."""

from types import SimpleNamespace
from typing import Any

from accounts.models import User
from agencies.models import Agency
from budgets import operations as budgets
from core.money import Money
from tests.ssu.conftest import seat


def test_a_seat_without_the_right_gets_the_alias(
    inside: Agency, alice: User, bob: User, dan: User, units: SimpleNamespace, serve: Any
) -> None:
    serve(bob, units.closed, "leader")
    assert seat(inside, dan).name_of(bob) != "Bob"
    assert seat(inside, alice).name_of(bob) == "Bob"
    assert seat(inside, bob).name_of(bob) == "Bob"
    assert seat(inside, dan).name_of(alice) == "Alice"
    assert seat(inside, dan).name_of(None, "the system") == "the system"


def test_the_budget_of_a_closed_unit_tells_neither_author_nor_words(
    inside: Agency, alice: User, bob: User, dan: User, units: SimpleNamespace, serve: Any, visit: Any
) -> None:
    serve(bob, units.closed, "leader")
    budget = budgets.start_budget(agency=inside, actor=bob, unit=units.closed, fiscal_year=2026)
    budgets.add_line(
        agency=inside, actor=bob, budget=budget, impact="Tamrin wells", category="Wells", amount=Money(500, "USD")
    )
    budgets.submit_budget(agency=inside, actor=bob, budget=budget)
    budgets.approve_budget(agency=inside, actor=alice, budget=budget)
    page = f"/a/harbor/budgets/{budget.pk}/"
    board, administrator = (visit(user).get(page).content.decode() for user in (dan, alice))
    assert [word in board for word in ("Bob", "Tamrin", "Wells", "$5.00")] == [False, False, False, True]
    assert [word in administrator for word in ("Bob", "Tamrin wells", "Wells")] == [True, True, True]
