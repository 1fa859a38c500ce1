"""A goal is agreed to while somebody writes its next version, or sends it back: neither passes the other unseen."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from agencies import operations as people
from agencies import scope
from core.errors import Refused
from delivery.models import Task
from ssu import operations
from ssu.models import ActionItem, ImpactGoal
from ssu.operations import goals, goals_out
from tests.cast import make_agency, person

WAIT = 3
"""Seconds after which whoever agrees no longer waits for who writes: with the lock it is the other who waits."""


@pytest.fixture
def goal(transactional_db: None) -> ImpactGoal:
    """A first version on which item 2.1 is claimed, in an agency of three administrators, committed."""
    agency = make_agency("harbor", person("Alice"))
    bob, carol = person("Bob"), person("Carol")
    with transaction.atomic(), scope.of_agency(agency.pk):
        for each in (bob, carol):
            people.add_member(agency=agency, actor=None, user=each, roles=("administrator",))
        strategy = operations.add_strategy(agency=agency, actor=None, code="S", name="S")
        unit = operations.add_unit(agency=agency, actor=None, strategy=strategy, code="U", name="U", kind="community")
        given: dict[str, Any] = {
            "statement": "One",
            "reinforces": "",
            "indicator": "groups",
            "unit_of_measure": "groups",
        }
        given |= {"baseline": Decimal(1), "target": Decimal(5), "by_when": agency.today() + timedelta(days=300)}
        first = operations.add_goal_version(agency=agency, actor=bob, unit=unit, **given)
        first.agency = agency  # asked for where no scope is in force
        item = ActionItem.objects.get(unit=unit, key="2.1")
        operations.add_object(agency=agency, actor=bob, item=item, kind=goals.GOAL_KIND, object_id=first.pk)
        operations.claim_item(agency=agency, actor=bob, item=ActionItem.objects.get(pk=item.pk))
    return first


def agree_while_another_writes(first: ImpactGoal, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bool]:
    """(state of the item, whether anybody is asked to agree to the second version) after both are through."""
    agency, real, written = first.agency, goals.open_what_rested_on_earlier, threading.Event()
    alice, carol = User.objects.get(name="Alice"), User.objects.get(name="Carol")
    said = {name: getattr(first, name) for name in ("indicator", "unit_of_measure", "baseline", "target", "by_when")}

    def write() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                operations.add_goal_version(
                    agency=agency, actor=carol, unit=first.unit, statement="Two", reinforces="", **said
                )
        finally:
            written.set()
            connection.close()

    writer = threading.Thread(target=write)

    def slow(*given: Any) -> Any:
        if not writer.ident:
            writer.start()
            written.wait(WAIT)
        return real(*given)

    with transaction.atomic(), scope.of_agency(agency.pk):
        unit = first.unit  # read here: the writer has a scope of its own
        monkeypatch.setattr(goals, "open_what_rested_on_earlier", slow)
        operations.approve_goal(agency=agency, actor=alice, goal=first)
    writer.join()
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert list(ImpactGoal.objects.filter(unit=unit).order_by("version").values_list("approved_by", flat=True)) == [
            alice.pk,
            None,
        ]
        asked = Task.objects.filter(about=f"goal of unit {unit.pk} approve", done_at=None)
        return ActionItem.objects.get(unit=unit, key="2.1").state, asked.exists()


def test_who_writes_the_next_version_waits_for_who_agrees(goal: ImpactGoal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agree_while_another_writes(goal, monkeypatch) == ("ready", True)


def test_without_the_lock_the_item_opens_for_nothing(goal: ImpactGoal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(goals, "need_at_work", lambda _unit_id: None)
    assert agree_while_another_writes(goal, monkeypatch) != ("ready", True)


def agree_while_another_sends_back(first: ImpactGoal, monkeypatch: pytest.MonkeyPatch) -> tuple[str, bool, bool]:
    """(what the second of the two is told, whether approved, whether sent back) after both are through."""
    agency, real, tried = first.agency, goals.open_what_rested_on_earlier, threading.Event()
    alice, carol = User.objects.get(name="Alice"), User.objects.get(name="Carol")
    told: list[str] = []

    def send_back() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                operations.return_goal(agency=agency, actor=carol, goal=first, reason="What will people do?")
        except (Refused, DatabaseError) as refusal:
            told.append(type(refusal).__name__)
        finally:
            tried.set()
            connection.close()

    other = threading.Thread(target=send_back)

    def slow(*given: Any) -> Any:
        if not other.ident:
            other.start()
            tried.wait(WAIT)
        return real(*given)

    with transaction.atomic(), scope.of_agency(agency.pk):
        monkeypatch.setattr(goals, "open_what_rested_on_earlier", slow)
        operations.approve_goal(agency=agency, actor=alice, goal=first)
    other.join()
    with transaction.atomic(), scope.of_agency(agency.pk):
        row = ImpactGoal.objects.get(pk=first.pk)
        return ", ".join(told), row.approved_at is not None, row.returned_at is not None


def test_a_version_is_approved_or_sent_back(goal: ImpactGoal, monkeypatch: pytest.MonkeyPatch) -> None:
    assert agree_while_another_sends_back(goal, monkeypatch) == ("GoalSuperseded", True, False)


def test_without_the_looks_under_the_lock_the_database_still_refuses(
    goal: ImpactGoal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: each acts on what it read before."""
    monkeypatch.setattr(goals, "waiting", lambda stale: stale)
    monkeypatch.setattr(goals_out, "waiting", lambda stale: stale)
    assert agree_while_another_sends_back(goal, monkeypatch) == ("IntegrityError", True, False)
