"""A unit that is put away stands as it is: every act on it is refused in one way, and its pages offer none."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership, Role
from budgets.operations import add_line, start_budget, submit_budget
from communications import operations as words
from core.money import Money
from ssu import operations
from ssu.models import ActionItem, State, TeamMember, Unit, Worker
from ssu.operations.archived import UnitArchived
from ssu.operations.team import give_unit_role
from tests.ssu.conftest import coach_team
from tests.ssu.test_goals import write

Act = Callable[[], object]
PAGES = ("team", "goal", "dialogue", "coaching", "tactics", "core_messages", "guidelines", "rollout")
FORM = 'method="post"'


@pytest.fixture
def acts(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> dict[str, Act]:
    """What could be done to the open unit, each as it would go through while the unit is at work."""
    unit: Unit = led.open
    by: dict[str, Any] = {"agency": inside, "actor": alice}
    goal = write(inside, bob, unit)
    today = inside.today()
    reading = operations.add_reading(**by, goal=goal, date=today, value=Decimal(3))
    tactic = operations.add_tactic(**by, unit=unit, what="Newsletters")
    leader = Worker.objects.get(membership__user=bob)
    member = TeamMember.objects.get(unit=unit, role=Role.MEMBER)
    session = coach_team(inside, alice, unit)
    plan = operations.plan_talk(**by, unit=unit, worker=leader, date=today)
    message = words.begin_core_message(agency=inside, actor=bob, unit=unit, text="Wells give water.", messages=[])
    budget = start_budget(agency=inside, actor=bob, unit=unit, fiscal_year=2031)
    add_line(agency=inside, actor=bob, budget=budget, impact="Wells", category="Other", amount=Money(100, "USD"))
    return {
        "goal": lambda: write(inside, bob, unit, statement="Another."),
        "approve": lambda: operations.approve_goal(**by, goal=goal),
        "return": lambda: operations.return_goal(**by, goal=goal, reason="No."),
        "drop": lambda: operations.drop_goal(agency=inside, actor=bob, goal=goal),
        "reading": lambda: operations.add_reading(**by, goal=goal, date=today - timedelta(days=3), value=Decimal(3)),
        "withdraw reading": lambda: operations.withdraw_reading(**by, reading=reading),
        "tactic": lambda: operations.add_tactic(**by, unit=unit, what="Visits"),
        "edit tactic": lambda: operations.edit_tactic(**by, tactic=tactic, decision="keep"),
        "remove tactic": lambda: operations.remove_tactic(**by, tactic=tactic),
        "join": lambda: operations.add_team_member(**by, unit=unit, worker=leader, role=Role.COACH, joined_on=today),
        "correct": lambda: operations.correct_service(**by, member=member, role=Role.COACH, joined_on=today),
        "session": lambda: coach_team(inside, alice, unit),
        "withdraw session": lambda: operations.withdraw_session(**by, session=session, reason="No."),
        "area": lambda: operations.add_area(**by, unit=unit, title="Camels"),
        "model": lambda: operations.write_model_text(**by, unit=unit, text="All give."),
        "leader": lambda: operations.add_leader(**by, unit=unit, worker=member.worker),
        "talk": lambda: operations.plan_talk(**by, unit=unit, worker=leader, date=today),
        "give up": lambda: operations.give_up_talk(**by, plan=plan, reason="Ill."),
        "declare": lambda: operations.declare_complete(**by, unit=unit),
        "messages": lambda: words.save_core_message(
            agency=inside, actor=bob, message=message, text="Water.", messages=[]
        ),
        "guidelines": lambda: words.begin_guidelines(**by, unit=unit, words={}),
        "budget": lambda: start_budget(**by, unit=unit, fiscal_year=2030),
        "submit budget": lambda: submit_budget(**by, budget=budget),
        "budget line": lambda: add_line(
            **by, budget=budget, impact="Boats", category="Other", amount=Money(100, budget.currency)
        ),
    }


def refusals(acts: dict[str, Act]) -> dict[str, bool]:
    """Whether each act is refused because the unit is put away; nothing stays of those that go through."""
    refused = {}
    for name, act in acts.items():
        sid = transaction.savepoint()
        try:
            act()
            refused[name] = False
        except UnitArchived:
            refused[name] = True
        finally:
            transaction.savepoint_rollback(sid)
    return refused


def test_every_act_is_refused_until_the_unit_is_taken_up_again(
    inside: Agency, led: SimpleNamespace, acts: dict[str, Act], alice: User
) -> None:
    ActionItem.objects.filter(unit=led.open).update(state=State.NOT_APPLICABLE, reason="None.")
    assert set(refusals(acts).values()) == {False}
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=True)
    assert [name for name, refused in refusals(acts).items() if not refused] == []
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=False)
    assert set(refusals(acts).values()) == {False}


def test_its_pages_say_so_and_offer_nothing(
    inside: Agency, led: SimpleNamespace, acts: dict[str, Act], alice: User, visit: Callable[[User], Any]
) -> None:
    def seen(page: str) -> tuple[bool, int]:
        text = visit(alice).get(reverse(page, args=[inside.slug, led.open.pk])).content.decode()
        inner = text.partition("<main")[2].partition("</main")[0]
        return "nothing changes here" in inner, inner.count(FORM)

    at_work = {page: seen(page) for page in PAGES}
    assert {page for page, (says, _forms) in at_work.items() if says} == set()
    assert {page for page, (_says, forms) in at_work.items() if not forms} == {"rollout"}
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=True)
    put_away = {page: seen(page) for page in PAGES}
    assert {page for page, (says, _forms) in put_away.items() if not says} == set()
    assert {page: forms for page, (_says, forms) in put_away.items() if forms} == {}


def test_service_ends_there_and_whoever_was_invited_comes_in_without_it(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User
) -> None:
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=True)
    member = TeamMember.objects.get(unit=led.open, role=Role.MEMBER)
    today = inside.today()
    assert operations.end_service(agency=inside, actor=alice, member=member, left_on=today).left_on == today
    joined = Membership.objects.get(user=dan)
    give_unit_role(agency=inside, actor=alice, membership=joined, unit_id=led.open.pk, role=Role.MEMBER)
    assert not TeamMember.objects.filter(worker__membership=joined).exists()
