"""What the board reads: changes since a day that it chooses, one line per unit, without partners, masked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from budgets import operations as budgets
from core.money import Money
from ssu import operations as ssu
from ssu.models import Evidence, ImpactGoal, RollOut, Unit
from ssu.operations import acts
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, claimed, item_of

Visit = Callable[[User], Any]
HOME = "/a/harbor/"


def card(browser: Any, query: str = "") -> Any:
    page = browser.get(f"{HOME}?{query}")
    return next(each for each in page.context["cards"] if each.id == "changes")


def lines(browser: Any, query: str = "") -> dict[str, str]:
    return {row.title: row.why for row in card(browser, query).rows}


def goal_in(agency: Agency, bob: User, alice: User, unit: Unit, words: str = "wells") -> ImpactGoal:
    made = ssu.add_goal_version(
        agency=agency,
        actor=bob,
        unit=unit,
        statement=f"More {words}",
        indicator=f"{words} in use",
        unit_of_measure=words,
        baseline=Decimal(2),
        target=Decimal(90),
        by_when=agency.today() + timedelta(days=900),
    )
    return ssu.approve_goal(agency=agency, actor=alice, goal=made)


def old(unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(created_at=timezone.now() - timedelta(days=400))


@pytest.fixture
def settled(inside: Agency, led: SimpleNamespace) -> SimpleNamespace:
    """The three units, all of them long there."""
    for unit in (led.open, led.careful, led.closed):
        old(unit)
    return led


def test_everything_that_changed_stands_in_one_line_of_its_unit(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    for key in ("1.1", "2.1"):
        ssu.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(settled.open, key)))
    ssu.undo_item(agency=inside, actor=alice, item=item_of(settled.open, "2.1"))
    ssu.set_not_applicable(agency=inside, actor=bob, item=item_of(settled.open, "6.2"), reason="No partners yet.")
    goal = goal_in(inside, bob, alice, settled.open)
    for days, value in ((200, 4), (5, 12)):
        day = inside.today() - timedelta(days=days)
        ssu.add_reading(agency=inside, actor=bob, goal=goal, date=day, value=Decimal(value))
    RollOut.objects.create(unit=settled.open, declared_on=inside.today(), declared_by=alice)
    budget = budgets.start_budget(agency=inside, actor=bob, unit=settled.open, fiscal_year=2026)
    budgets.add_line(
        agency=inside, actor=bob, budget=budget, impact="Lessons", category="Teaching", amount=Money(5000, "USD")
    )
    budgets.submit_budget(agency=inside, actor=bob, budget=budget)
    budgets.approve_budget(agency=inside, actor=alice, budget=budget)
    assert lines(visit(dan)) == {
        "Riverbend": "declared complete; 1 item confirmed (1.1); not applicable: 6.2; opened again: 2.1; "
        "goal approved; wells in use from 4 to 12 wells; budget of 2026 approved"
    }
    tiles = {tile.label: tile.value for tile in card(visit(dan)).tiles}
    assert tiles == {
        "Action items confirmed": "1",
        "Set as not applicable": "1",
        "Opened again": "1",
        "Declared complete": "1",
        "New": "0",
        "Goals approved": "1",
        "Indicators moved": "1",
        "Budgets approved": "1",
    }


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What is done to items within happened that many days ago."""
    moment = timezone.now() - timedelta(days=days)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "timezone", SimpleNamespace(now=lambda: moment))
        yield


def test_an_item_counts_once_however_often_it_went_to_and_fro(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    item = claimed(inside, bob, item_of(settled.open, "1.1"))
    ssu.confirm_item(agency=inside, actor=alice, item=item)
    ssu.undo_item(agency=inside, actor=alice, item=item)
    assert lines(visit(dan)) == {"Riverbend": "opened again: 1.1"}
    ssu.confirm_item(agency=inside, actor=alice, item=item)
    assert lines(visit(dan)) == {"Riverbend": "1 item confirmed (1.1)"}
    tiles = {tile.label: tile.value for tile in card(visit(dan)).tiles}
    assert (tiles["Action items confirmed"], tiles["Opened again"]) == ("1", "0")


@pytest.mark.parametrize(("again", "told"), [(True, {}), (False, {"Riverbend": "opened again: 1.1"})])
def test_what_was_confirmed_before_the_day_is_no_news_unless_it_is_open_now(
    inside: Agency,
    settled: SimpleNamespace,
    alice: User,
    bob: User,
    dan: User,
    visit: Visit,
    again: bool,
    told: dict[str, str],
) -> None:
    with days_ago(200):
        item = claimed(inside, bob, item_of(settled.open, "1.1"))
        ssu.confirm_item(agency=inside, actor=alice, item=item)
    ssu.undo_item(agency=inside, actor=alice, item=item)
    if again:
        ssu.confirm_item(agency=inside, actor=alice, item=item)
    assert lines(visit(dan)) == told


def slip(agency: Agency, alice: User, unit: Unit) -> None:
    """The evidence under the confirmed item 1.1 goes by mistake and is put back: its confirmation stands again."""
    piece = Evidence.objects.get(item=item_of(unit), removed_at=None)
    ssu.remove_evidence(agency=agency, actor=alice, evidence=piece, reason="By mistake.")
    ssu.restore_evidence(agency=agency, actor=alice, evidence=piece)


@pytest.mark.parametrize(("undone", "told"), [(False, {}), (True, {"Riverbend": "opened again: 1.1"})])
def test_a_confirmation_that_stands_again_is_the_one_that_it_was(
    inside: Agency,
    settled: SimpleNamespace,
    alice: User,
    bob: User,
    dan: User,
    visit: Visit,
    undone: bool,
    told: dict[str, str],
) -> None:
    with days_ago(200):
        ssu.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(settled.open)))
        slip(inside, alice, settled.open)
    slip(inside, alice, settled.open)
    if undone:
        ssu.undo_item(agency=inside, actor=alice, item=item_of(settled.open))
    assert lines(visit(dan)) == told


def test_undone_after_it_stood_again_on_the_day_is_told(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    with days_ago(200):
        ssu.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(settled.open)))
        slip(inside, alice, settled.open)
    ssu.undo_item(agency=inside, actor=alice, item=item_of(settled.open))
    assert lines(visit(dan)) == {"Riverbend": "opened again: 1.1"}


def test_without_an_earlier_reading_the_baseline_is_where_it_came_from(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    goal = goal_in(inside, bob, alice, settled.open)
    ssu.add_reading(agency=inside, actor=bob, goal=goal, date=inside.today(), value=Decimal(2))
    assert lines(visit(dan)) == {"Riverbend": "goal approved"}
    yesterday = inside.today() - timedelta(days=1)
    ssu.add_reading(agency=inside, actor=bob, goal=goal, date=yesterday, value=Decimal(7))
    assert lines(visit(dan)) == {"Riverbend": "goal approved"}  # back at two: it did not move


def test_the_day_is_chosen_in_the_address_and_begins_at_the_agencys_midnight(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    moment = timezone.now() - timedelta(days=10)
    Unit.objects.filter(pk=settled.careful.pk).update(created_at=moment)
    day = inside.local(moment).date()
    found = [lines(visit(dan), f"since={each.isoformat()}") for each in (day, day + timedelta(days=1))]
    assert found == [{"Kareth Valley": "new"}, {}]


def test_the_last_meeting_is_the_usual_day_else_ninety_days_ago(
    inside: Agency, settled: SimpleNamespace, alice: User, dan: User, visit: Visit
) -> None:
    assert card(visit(dan)).form["since"].value() == inside.today() - timedelta(days=90)
    met = inside.today() - timedelta(days=12)
    people.update_agency(agency=inside, actor=alice, board_met_on=met)
    shown = card(visit(dan))
    assert shown.form["since"].value() == met
    assert shown.title == f"Changes since {met:%-d %b %Y}"


@pytest.mark.parametrize("given", ["2999-01-01", "yesterday", ""])
def test_a_wrong_day_is_told_and_the_usual_one_shown(
    inside: Agency, settled: SimpleNamespace, dan: User, visit: Visit, given: str
) -> None:
    page = visit(dan).get(HOME, {"since": given})
    assert page.status_code == 422
    assert next(each for each in page.context["cards"] if each.id == "changes").tiles
    assert "error-summary" in page.content.decode()


def test_what_is_closed_to_the_board_stays_so(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    goal = goal_in(inside, bob, alice, settled.closed, words=f"houses of {TRUE_NAME} in {TRUE_PLACE}")
    ssu.add_reading(agency=inside, actor=bob, goal=goal, date=inside.today(), value=Decimal(9))
    page = visit(dan).get(HOME).content.decode()
    assert [word for word in (TRUE_NAME, TRUE_PLACE) if word in page] == []
    assert lines(visit(dan)) == {"Project Cedar": "goal approved; indicator from 2 to 9"}
    people.grant_role(agency=inside, actor=alice, membership=Membership.objects.get(user=alice), role=Role.BOARD)
    assert TRUE_PLACE in lines(visit(alice))[TRUE_NAME]


@pytest.mark.parametrize("count", [1, 3, 50])
def test_number_of_queries_does_not_grow_with_units(
    inside: Agency, make_unit: Callable[..., Unit], alice: User, dan: User, bob: User, visit: Visit, count: int
) -> None:
    for number in range(count):
        unit = make_unit(f"N{number}", f"Unit {number}")
        goal = goal_in(inside, bob, alice, unit)
        ssu.add_reading(agency=inside, actor=bob, goal=goal, date=inside.today(), value=Decimal(number + 3))
    browser = visit(dan)
    browser.get(HOME)
    with CaptureQueriesContext(connection) as captured:
        browser.get(HOME)
    assert len(captured) == QUERIES
    assert len(lines(browser)) == count


QUERIES = 27


def test_what_the_agency_retired_is_no_unit_s_doing(
    inside: Agency, settled: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit
) -> None:
    with days_ago(200):
        own = ssu.add_own_item(agency=inside, actor=alice, step=2, wording="Choose two of the elders")
    ssu.set_not_applicable(agency=inside, actor=bob, item=item_of(settled.open, "6.2"), reason="No partners yet.")
    ssu.retire_own_item(agency=inside, actor=alice, own_item=own)
    assert lines(visit(dan)) == {"Riverbend": "not applicable: 6.2"}
