"""Nobody is asked for what they cannot do, and nobody keeps a task with which they can do nothing any more."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership
from communications import operations as words
from delivery.models import Task
from delivery.operations.tasks import MatterOpen, finish_task
from ssu import operations
from ssu.models import Conversation, TeamMember, Unit, Worker
from ssu.operations.reminders import remind
from tests.cast import spouse_of
from tests.ssu.conftest import claimed, item_of

Serve = Callable[..., Worker]
Visit = Callable[[User], Any]


def open_tasks(user: User) -> list[str]:
    return list(Task.objects.filter(user=user, done_at=None).order_by("pk").values_list("kind", flat=True))


def service(unit: Unit, user: User) -> TeamMember:
    found: TeamMember = TeamMember.objects.get(unit=unit, worker__membership__user=user)
    return found


@pytest.fixture
def given(inside: Agency, led: SimpleNamespace, alice: User, carol: User) -> TeamMember:
    """Carol's service in the open unit, where she is to do an item."""
    member = service(led.open, carol)
    operations.plan_item(agency=inside, actor=alice, item=item_of(led.open), due_on=None, assignee=member.worker)
    assert open_tasks(carol) == ["item_assigned"]
    return member


def test_an_administrator_keeps_own_duties_when_the_service_ends(
    inside: Agency, led: SimpleNamespace, serve: Serve, alice: User, bob: User
) -> None:
    serve(alice, led.open, "coach")
    claimed(inside, bob, item_of(led.open))
    operations.end_service(
        agency=inside, actor=alice, member=service(led.open, alice), left_on=inside.today(), reason="Enough."
    )
    remind(agency=inside)
    assert open_tasks(alice) == ["item_ready"]


def test_a_planned_end_counts_also_when_the_clock_stood_still_on_its_day(
    inside: Agency, given: TeamMember, alice: User, carol: User
) -> None:
    today = inside.today()
    operations.end_service(agency=inside, actor=alice, member=given, left_on=today + timedelta(days=1))
    remind(agency=inside)
    assert open_tasks(carol) == ["item_assigned"]
    TeamMember.objects.filter(pk=given.pk).update(left_on=today - timedelta(days=1))  # two days on, unseen
    remind(agency=inside)
    assert open_tasks(carol) == []


def test_service_corrected_into_the_future_asks_nothing_yet(
    inside: Agency, given: TeamMember, alice: User, carol: User
) -> None:
    later = inside.today() + timedelta(days=90)
    operations.correct_service(agency=inside, actor=alice, member=given, role="member", joined_on=later)
    assert open_tasks(carol) == []


def test_the_end_of_a_role_of_the_agency_ends_what_it_asked_by_night(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User
) -> None:
    member = Membership.objects.get(user=dan)
    people.grant_role(agency=inside, actor=alice, membership=member, role="staff")
    row = words.begin_guidelines(agency=inside, actor=bob, unit=led.open, words={"tone": "Warm."})
    words.submit_guidelines(agency=inside, actor=bob, guidelines=row)
    assert open_tasks(dan) == ["words_wait"]
    remind(agency=inside)
    assert open_tasks(dan) == ["words_wait"]
    people.end_role(agency=inside, actor=alice, membership=member, role="staff", reason="Moved on.")
    remind(agency=inside)
    assert (open_tasks(dan), open_tasks(alice)) == ([], ["words_wait"])


def test_to_whom_the_unit_is_closed_is_not_asked_to_agree(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User
) -> None:
    people.grant_role(agency=inside, actor=alice, membership=Membership.objects.get(user=dan), role="staff")
    row = words.begin_guidelines(agency=inside, actor=bob, unit=led.closed, words={"tone": "Warm."})
    words.submit_guidelines(agency=inside, actor=bob, guidelines=row)
    assert (open_tasks(dan), open_tasks(alice)) == ([], ["words_wait"])


def test_a_spouse_is_not_asked_to_be_the_second_person(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    pia = spouse_of(bob, "Pia")
    people.add_member(agency=inside, actor=alice, user=pia, roles=("administrator",))
    claimed(inside, bob, item_of(led.open))
    operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="More wells")
    row = words.begin_guidelines(agency=inside, actor=bob, unit=led.open, words={"tone": "Warm."})
    words.submit_guidelines(agency=inside, actor=bob, guidelines=row)
    assert (open_tasks(pia), open_tasks(alice)) == ([], ["item_ready", "goal_waits", "words_wait"])


def test_with_who_left_nobody_is_to_talk_again(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> None:
    operations.write_conversation(
        agency=inside,
        actor=alice,
        unit=led.open,
        worker=Worker.objects.get(membership__user=bob),
        date=inside.today(),
        next_on=inside.today() + timedelta(days=14),
        points=[],
        other_points="All of it.",
        outcome="",
        agreed=Conversation.Agreed.values[0],
    )
    remind(agency=inside)
    assert open_tasks(alice) == ["next_conversation"]
    operations.end_service(agency=inside, actor=alice, member=service(led.open, bob), left_on=inside.today())
    assert open_tasks(alice) == []


def test_what_a_unit_put_away_asks_waits_for_it_and_can_be_let_go(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    claimed(inside, bob, item_of(led.open))
    task = Task.objects.get(user=alice, done_at=None)
    done = reverse("task_done", args=[inside.slug, task.pk])
    with pytest.raises(MatterOpen):
        finish_task(agency=inside, actor=alice, task=task)
    assert done not in visit(alice).get(reverse("tasks", args=[inside.slug])).content.decode()
    operations.set_archived(agency=inside, actor=alice, unit=led.open, archived=True)
    remind(agency=inside)
    assert open_tasks(alice) == ["item_ready"]
    assert done in visit(alice).get(reverse("tasks", args=[inside.slug])).content.decode()
    assert visit(alice).post(done).status_code == 302
    assert open_tasks(alice) == []


def test_without_the_rule_the_night_takes_nothing(inside: Agency, given: TeamMember, alice: User, carol: User) -> None:
    """The control: it is the look at what a person can do that releases."""
    TeamMember.objects.filter(pk=given.pk).update(left_on=inside.today() - timedelta(days=1))
    with patch("ssu.operations.duties.foreign_duties", lambda _seat, _tasks: set()):
        remind(agency=inside)
    assert open_tasks(carol) == ["item_assigned"]
