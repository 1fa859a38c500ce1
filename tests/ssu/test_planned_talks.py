"""Planning a conversation with a leader: whose task it is, how it ends, what the page and programs say."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from delivery.models import Task
from delivery.naming import in_words, worded
from ssu import operations
from ssu.models import PlannedTalk, Unit, Worker
from tests.ssu.conftest import seat

Visit = Callable[[User], Any]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


@pytest.fixture
def soon(inside: Agency) -> date:
    return inside.today() + timedelta(days=5)


@pytest.fixture
def plan(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> Callable[..., PlannedTalk]:
    """`plan(on)` as Alice, with Bob, in the open unit."""

    def write(on: date, unit: Unit = led.open, actor: User = alice) -> PlannedTalk:
        return operations.plan_talk(agency=inside, actor=actor, unit=unit, worker=worker(bob), date=on)

    return write


@pytest.fixture
def talk(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> Callable[..., Any]:
    def write(on: date) -> Any:
        said: Any = {"date": on, "other_points": "The aim", "agreed": "yes"}
        return operations.write_conversation(agency=inside, actor=alice, unit=led.open, worker=worker(bob), **said)

    return write


def open_tasks() -> list[tuple[str, date | None]]:
    return list(Task.objects.filter(done_at=None).order_by("pk").values_list("user__name", "due_on"))


def refusal(act: Callable[..., object], *args: Any, **given: Any) -> str:
    before = PlannedTalk.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **given)
    assert PlannedTalk.objects.count() == before
    return caught.value.code


def test_a_first_conversation_is_planned_as_a_task_of_who_plans_it(
    inside: Agency, plan: Callable[..., PlannedTalk], alice: User, soon: date
) -> None:
    plan(soon)
    assert open_tasks() == [("Alice", soon)]
    [words] = worded(seat(inside, alice), Task.objects.all())
    assert words.text == "Riverbend: talk the model over with Bob."


def test_in_a_closed_unit_the_task_names_nobody_to_the_public(
    inside: Agency, led: SimpleNamespace, plan: Callable[..., PlannedTalk], alice: User, soon: date
) -> None:
    plan(soon, unit=led.closed)
    tasks = Task.objects.all()
    assert in_words(tasks) == ["Project Cedar: talk the model over with somebody of the team."]
    assert [each.text for each in worded(seat(inside, alice), tasks)] == [
        "Tamrin People: talk the model over with Bob."
    ]


def test_another_day_takes_the_place_of_the_first(plan: Callable[..., PlannedTalk], soon: date) -> None:
    first, second = plan(soon), plan(soon + timedelta(days=1))
    first.refresh_from_db()
    assert (first.withdrawn_reason, list(PlannedTalk.objects.standing())) == ("Another day was chosen.", [second])
    assert open_tasks() == [("Alice", second.date)]


def test_it_ends_with_the_conversation_and_comes_back_when_that_is_withdrawn(
    inside: Agency, plan: Callable[..., PlannedTalk], talk: Callable[..., Any], alice: User, soon: date
) -> None:
    planned = plan(soon)
    talk(inside.today() - timedelta(days=1))  # held before it was planned: not this one
    assert open_tasks() == [("Alice", soon)]
    held = talk(inside.today())
    assert (open_tasks(), list(PlannedTalk.objects.standing())) == ([], [])
    operations.withdraw_conversation(agency=inside, actor=alice, conversation=held, reason="Another leader")
    assert (open_tasks(), list(PlannedTalk.objects.standing())) == ([("Alice", soon)], [planned])


def test_refusals(
    inside: Agency, led: SimpleNamespace, plan: Callable[..., PlannedTalk], alice: User, bob: User, soon: date
) -> None:
    assert refusal(plan, inside.today() - timedelta(days=1)) == "talk_planned_behind"
    assert refusal(plan, soon, unit=led.careful) == "not_listed"
    assert refusal(plan, soon, actor=bob) == "own_conversation"
    planned = plan(soon)
    act: dict[str, Any] = {"agency": inside, "actor": alice, "plan": planned}
    assert refusal(operations.give_up_talk, **act, reason=" ") == "reason_missing"
    operations.give_up_talk(**act, reason="She travels")
    assert refusal(operations.give_up_talk, **act, reason="Again") == "already_withdrawn"
    assert open_tasks() == []


def test_who_is_taken_off_the_list_is_planned_with_no_more(
    inside: Agency, led: SimpleNamespace, alice: User, soon: date
) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    rose = operations.add_worker(**act, name="Rose")
    leader = operations.add_leader(**act, unit=led.open, worker=rose)
    operations.plan_talk(**act, unit=led.open, worker=rose, date=soon)
    operations.remove_leader(**act, leader=leader)
    assert (open_tasks(), list(PlannedTalk.objects.standing())) == ([], [])


def test_the_database_keeps_plans_ahead(
    inside: Agency, led: SimpleNamespace, plan: Callable[..., PlannedTalk], soon: date
) -> None:
    made = plan(soon)
    fields = {"unit": led.open, "worker": made.worker, "planned_on": inside.today()}
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedTalk.objects.create(date=inside.today() - timedelta(days=1), **fields)


def test_the_page_plans_and_gives_up(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, soon: date, visit: Visit
) -> None:
    here = [inside.slug, led.open.pk]
    browser, url = visit(alice), reverse("talk_plan", args=here)
    assert f"{url}?with={worker(bob).pk}" in browser.get(reverse("dialogue", args=here)).content.decode()
    assert browser.post(url, {"worker": worker(bob).pk, "date": "2001-01-01"}).status_code == 422
    answer = browser.post(url, {"worker": worker(bob).pk, "date": soon.isoformat()})
    assert answer["Location"] == f"{reverse('dialogue', args=here)}#leader-{worker(bob).pk}"
    page = browser.get(reverse("dialogue", args=here)).content.decode()
    assert (f"Planned for {soon:%-d %b %Y}" in page, "Choose another day" in page) == (True, True)
    give_up = reverse("talk_give_up", args=[*here, PlannedTalk.objects.get().pk])
    assert (give_up in page, visit(carol).get(give_up).status_code, visit(carol).get(url).status_code) == (
        True,
        403,
        403,
    )
    assert browser.post(give_up, {"reason": ""}).status_code == 422
    assert browser.post(give_up, {"reason": "She travels"}).status_code == 302
    assert "Plan a conversation" in browser.get(reverse("dialogue", args=here)).content.decode()


def test_a_program_plans_and_gives_up(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, soon: date, visit: Visit
) -> None:
    url = f"/api/a/{inside.slug}/units/{led.open.pk}/planned-talks/"
    sent: dict[str, Any] = {"content_type": "application/json"}
    body = {"leader": worker(bob).pk, "date": soon.isoformat()}
    made = visit(alice).post(url, body, **sent)
    assert (made.status_code, made.json()["stands"], made.json()["leader"]) == (201, True, worker(bob).pk)
    assert visit(alice).get(url).json()["results"] == [made.json()]
    gone = visit(alice).post(f"{url}{made.json()['id']}/give-up/", {"reason": "She travels"}, **sent).json()
    assert (gone["stands"], gone["withdrawn_reason"]) == (False, "She travels")
    assert visit(carol).post(url, body, **sent).status_code == 403
    past = visit(alice).post(url, {**body, "date": "2001-01-01"}, **sent)
    assert (past.status_code, past.json()["code"]) == (422, "talk_planned_behind")
