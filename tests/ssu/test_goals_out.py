"""A version of a goal that is sent back or thrown away: it waits for nobody, counts for nothing, and its row stays."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, AuditEntry
from core.errors import Refused
from delivery.models import Notice, Task
from ssu import operations
from ssu.models import ImpactGoal, State
from ssu.operations import goals, goals_out
from ssu.queries.goals import goal_page, goal_that_counts
from tests.programs import Program
from tests.ssu.conftest import item_of
from tests.ssu.test_goals import FULL, attach, write

WHY = "Impact, please: what will people do?"


def send_back(agency: Agency, actor: User, goal: ImpactGoal, reason: str = WHY) -> ImpactGoal:
    return operations.return_goal(agency=agency, actor=actor, goal=goal, reason=reason)


def drop(agency: Agency, actor: User, goal: ImpactGoal) -> ImpactGoal:
    return operations.drop_goal(agency=agency, actor=actor, goal=goal)


def open_tasks() -> list[tuple[str, str]]:
    return list(Task.objects.filter(done_at=None).order_by("pk").values_list("user__name", "kind"))


def test_sent_back_the_author_is_told_and_nobody_is_asked_any_more(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    operations.approve_goal(agency=inside, actor=alice, goal=write(inside, bob, led.open))
    second = write(inside, bob, led.open, statement="Send ten people.")
    send_back(inside, alice, second)
    assert open_tasks() == [("Bob", "goal_returned")]
    assert not Notice.objects.filter(kind="goal_waits", read_at=None).exists()
    assert "sent back version 2" in Notice.objects.filter(user=bob).latest("pk").text
    assert AuditEntry.objects.get(verb="send back impact goal").reason == WHY
    page = goal_page(led.open)
    assert (page.current and page.current.version, page.draft) == (1, None)
    write(inside, bob, led.open, statement="Ten groups meet.")
    assert open_tasks() == [("Alice", "goal_waits")]


def test_thrown_away_nobody_is_asked_any_more_and_the_same_words_may_come_again(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    first = write(inside, bob, led.open)
    drop(inside, bob, first)
    assert (open_tasks(), goal_that_counts(led.open.pk), goal_page(led.open).current) == ([], None, None)
    again = write(inside, bob, led.open)
    assert (again.version, open_tasks()) == (2, [("Alice", "goal_waits")])
    operations.approve_goal(agency=inside, actor=alice, goal=again)
    counts = goal_that_counts(led.open.pk)
    assert counts is not None
    assert counts.version == 2


def test_who_may_do_which(inside: Agency, led: SimpleNamespace, bob: User, carol: User, alice: User) -> None:
    first = write(inside, bob, led.open)
    with pytest.raises(goals_out.OwnGoalReturned):
        send_back(inside, bob, first)
    with pytest.raises(goals_out.NotOwnGoal):
        drop(inside, alice, first)
    with pytest.raises(goals_out.ReturnUnexplained):
        send_back(inside, alice, first, "  ")
    second = write(inside, alice, led.open, statement="All hear.")
    with pytest.raises(goals.GoalSuperseded):
        drop(inside, bob, first)
    drop(inside, bob, second)  # some of its words were his
    for act in (lambda: drop(inside, bob, second), lambda: send_back(inside, carol, second)):
        with pytest.raises(goals.GoalOut):
            act()


@pytest.mark.parametrize("end", [send_back, drop])
def test_what_is_out_is_not_approved_and_the_database_holds_it(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, carol: User, end: Any
) -> None:
    goal = write(inside, bob, led.open)
    end(inside, alice if end is send_back else bob, goal)
    with pytest.raises(goals.GoalOut):
        operations.approve_goal(agency=inside, actor=alice, goal=goal)
    row, now = ImpactGoal.objects.filter(pk=goal.pk), timezone.now()
    with pytest.raises(DatabaseError, match="goal_sent_back_is_not_approved"), transaction.atomic():
        row.update(approved_by=carol, approved_at=now)
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        row.update(returned_at=None, dropped_at=None)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        row.update(statement="Other words")


def test_approved_it_is_neither_sent_back_nor_thrown_away(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    goal = operations.approve_goal(agency=inside, actor=alice, goal=write(inside, bob, led.open))
    for act in (lambda: send_back(inside, alice, goal), lambda: drop(inside, bob, goal)):
        with pytest.raises(goals.GoalSuperseded):
            act()
    with pytest.raises(DatabaseError, match="goal_sent_back_is_not_approved"), transaction.atomic():
        ImpactGoal.objects.filter(pk=goal.pk).update(returned_by=alice, returned_at=timezone.now())


def test_items_that_rested_on_it_open_again(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    goal = write(inside, bob, led.open)
    operations.claim_item(agency=inside, actor=bob, item=attach(inside, bob, led.open, goal))
    send_back(inside, alice, goal)
    assert item_of(led.open, "2.1").state == State.IN_PROGRESS
    with pytest.raises(Refused):
        operations.claim_item(agency=inside, actor=bob, item=item_of(led.open, "2.1"))


def test_by_page_with_words_that_are_kept_when_they_are_missing(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Callable[[User], Any]
) -> None:
    write(inside, bob, led.open)
    here = [inside.slug, led.open.pk]
    page, back, out = (
        reverse("goal", args=here),
        *(reverse(name, args=[*here, 1]) for name in ("goal_return", "goal_drop")),
    )
    hers, his = visit(alice), visit(bob)
    seen = [
        (back in browser.get(page).content.decode(), out in browser.get(page).content.decode())
        for browser in (hers, his)
    ]
    assert seen == [(True, False), (False, True)]
    empty = hers.post(back, {"reason": ""})
    assert (empty.status_code, empty.context["return_form"].errors["reason"]) == (422, ["This field is required."])
    assert hers.post(out).status_code == 409
    hers.post(back, {"reason": WHY})
    told = his.get(page).content.decode()
    assert "Version 1 was sent back" in told
    assert WHY in told
    assert FULL["statement"] in told  # in the form, to go on with
    assert (back in told, out in told) == (False, False)
    activity = his.get(reverse("unit_activity", args=here)).content.decode()
    assert "sent back version 1 of the impact goal" in activity
    his.post(reverse("goal_write", args=here), {"statement": "Ten groups meet."})
    his.post(reverse("goal_drop", args=[*here, 2]))
    page_now = his.get(page).content.decode()
    assert "Thrown away by Bob" in page_now
    assert "Sent back by Alice" in page_now
    assert "No impact goal yet" in page_now


def test_by_program(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, program: Callable[[User], Program]
) -> None:
    write(inside, bob, led.open)
    path = f"units/{led.open.pk}/goal/"
    assert program(bob).refused(f"{path}1/return/", reason=WHY)[:2] == (409, "own_goal")
    assert program(alice).refused(f"{path}1/drop/")[:2] == (409, "not_own_goal")
    status, said = program(alice).send(f"{path}1/return/", reason=WHY)
    assert (status, said["returned_by"], said["return_reason"], said["dropped_at"]) == (200, "Alice", WHY, None)
    assert program(alice).refused(f"{path}1/approve/")[:2] == (409, "goal_out")
    write(inside, bob, led.open)
    assert program(bob).send(f"{path}2/drop/")[1]["dropped_at"] is not None
