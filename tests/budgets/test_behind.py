"""Who is told, once a month, of budgets that are well behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from budgets import operations
from budgets.behind import behind
from budgets.models import Budget
from core.money import Money
from delivery.models import Notice
from ssu import operations as ssu
from ssu.models import Unit

Give = Callable[..., None]


@pytest.fixture
def live(inside: Agency) -> Agency:
    inside.live_on = date(2025, 12, 1)
    inside.save()
    return inside


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """`on(day)` makes it that day for the agency."""
    return lambda day: monkeypatch.setattr(Agency, "today", lambda _agency: day)


@pytest.fixture
def planned(live: Agency, alice: User, bob_in_finance: User, budget: Budget) -> Budget:
    """$100 a month."""
    money = Money(120_000, "USD")
    operations.add_line(agency=live, actor=alice, budget=budget, impact="Wells", category="c", amount=money)
    operations.submit_budget(agency=live, actor=alice, budget=budget)
    operations.approve_budget(agency=live, actor=bob_in_finance, budget=budget)
    return budget


@pytest.mark.parametrize(
    ("day", "minor", "told"),
    [
        (date(2026, 5, 6), 29_900, True),
        (date(2026, 5, 6), 30_000, False),
        (date(2026, 2, 20), 0, False),
        (date(2026, 3, 1), 0, True),
    ],
    ids=["a cent short", "three quarters", "one month over", "two months over"],
)
def test_less_than_three_quarters_of_what_is_planned_until_now(
    planned: Budget, live: Agency, give: Give, on: Callable[[date], None], day: date, minor: int, told: bool
) -> None:
    if minor:
        give(minor, date(2026, 1, 15), "one")
    on(day)
    assert [each.pk for each in behind(live)] == ([planned.pk] if told else [])


def test_history_and_archived_units_are_silent(
    planned: Budget, live: Agency, unit: Unit, on: Callable[[date], None]
) -> None:
    on(date(2026, 5, 6))
    assert len(behind(live)) == 1
    Unit.objects.filter(pk=unit.pk).update(status=Unit.Status.ARCHIVED)
    assert behind(live) == []
    Unit.objects.filter(pk=unit.pk).update(status=Unit.Status.ACTIVE)
    for begins in (None, date(2026, 7, 1)):
        live.live_on = begins
        assert behind(live) == []


def test_it_is_told_once_a_month_to_who_looks_after_it(
    planned: Budget,
    live: Agency,
    alice: User,
    bob: User,
    carol: User,
    dan: User,
    mallory: User,
    bob_in_finance: User,
    unit: Unit,
    on: Callable[[date], None],
) -> None:
    act: dict[str, Any] = {"agency": live, "actor": alice}
    people.add_member(**act, user=dan, roles=(Role.BOARD,))
    worker = ssu.worker_of(people.add_member(**act, user=carol))
    ssu.add_team_member(**act, worker=worker, unit=unit, role=Role.LEADER, joined_on=date(2026, 1, 1))
    on(date(2026, 5, 4))
    assert operations.tell_gaps(agency=live) == 0
    on(date(2026, 5, 5))
    assert [operations.tell_gaps(agency=live) for _night in range(2)] == [1, 1]
    found = list(Notice.objects.order_by("user__name").values_list("user__name", "url"))
    listed = "/a/harbor/budgets/?year=2026&months=to-4&below=75"
    assert found == [("Alice", listed), ("Bob", listed), ("Carol", f"/a/harbor/budgets/{planned.pk}/")]
    again = operations.start_budget(**act, unit=unit, fiscal_year=2026)
    operations.submit_budget(**act, budget=again)
    operations.approve_budget(agency=live, actor=bob_in_finance, budget=again)
    assert (operations.tell_gaps(agency=live), Notice.objects.filter(kind="budget_gap").count()) == (1, 3)
    on(date(2026, 6, 5))
    operations.tell_gaps(agency=live)
    assert Notice.objects.filter(kind="budget_gap").count() == 6
