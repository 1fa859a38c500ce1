"""The list of leaders, and correcting and withdrawing conversations, through the API."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from ssu import operations, starter
from ssu.models import Conversation, DialogueLeader, Worker
from tests.programs import Program

Programs = Callable[[User], Program]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


@pytest.fixture
def talk(inside: Agency, led: SimpleNamespace, bob: User) -> dict[str, Any]:
    """What is written down of a conversation with Bob, as a program sends it."""
    point = starter.entries(inside, "discussion_points")[0].title
    return {"leader": worker(bob).pk, "date": inside.today().isoformat(), "points": [point], "agreed": "not_yet"}


def test_the_list_grows_and_shrinks(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, program: Programs, talk: dict[str, Any]
) -> None:
    mine, path = program(alice), f"units/{led.open.pk}/leaders/"
    (one,) = mine.get(path)["results"]
    assert (one["name"], one["added"], one["talked_on"], one["agreed"]) == ("Bob", None, None, None)
    mine.send(f"units/{led.open.pk}/conversations/", **talk)
    (one,) = mine.get(path)["results"]
    assert (one["talked_on"], one["agreed"]) == (talk["date"], "not_yet")
    status, listed = mine.send(path, person=worker(carol).pk)
    assert (status, [each["name"] for each in listed]) == (201, ["Bob", "Carol"])
    assert mine.refused(path, person=worker(carol).pk) == (409, "already_listed", "person")
    assert mine.send(path, person=987_654_321)[0] == 404
    assert mine.send(f"{path}{listed[1]['added']}/remove/") == (200, [one])
    assert DialogueLeader.objects.get().removed_by == alice


def test_a_conversation_is_corrected_then_withdrawn(
    inside: Agency, led: SimpleNamespace, alice: User, program: Programs, talk: dict[str, Any]
) -> None:
    mine, path = program(alice), f"units/{led.open.pk}/conversations/"
    first = mine.send(path, **talk)[1]
    better = {name: value for name, value in talk.items() if name != "leader"} | {"agreed": "yes", "outcome": "Agreed."}
    status, second = mine.send(f"{path}{first['id']}/correct/", **better)
    assert (status, second["replaces"], second["agreed"], second["leader_name"]) == (201, first["id"], "yes", "Bob")
    assert mine.get(f"{path}{first['id']}/")["stands"] is False
    assert mine.refused(f"{path}{first['id']}/correct/", **better) == (409, "already_corrected", None)
    withdraw = f"{path}{second['id']}/withdraw/"
    assert mine.refused(withdraw) == (422, "reason_missing", "reason")
    status, gone = mine.send(withdraw, reason="Another leader.")
    assert (status, gone["stands"], gone["withdrawn_reason"]) == (200, False, "Another leader.")
    assert mine.refused(withdraw, reason="Again.") == (409, "already_withdrawn", None)
    assert Conversation.objects.count() == 2


def test_who_may_be_added(inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs) -> None:
    path = f"units/{led.open.pk}/leaders/people/"
    assert [each["name"] for each in program(bob).get(path)["results"]] == ["Carol"]
    assert program(carol).status(path) == 403


def test_who_may(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    carol: User,
    dan: User,
    mallory: User,
    program: Programs,
    talk: dict[str, Any],
) -> None:
    first = program(alice).send(f"units/{led.open.pk}/conversations/", **talk)[1]
    for user, status in ((carol, 403), (dan, 403), (mallory, 404)):
        asked, path = program(user), f"units/{led.open.pk}/"
        assert asked.status(f"{path}leaders/") == status
        assert asked.send(f"{path}leaders/", person=1)[0] == status
        acts = [asked.send(f"{path}conversations/{first['id']}/{act}/")[0] for act in ("correct", "withdraw")]
        assert acts == [status] * 2
    assert program(bob).send(f"units/{led.closed.pk}/conversations/{first['id']}/withdraw/", reason="x")[0] == 404


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    counts = []
    for number in range(3):
        counts.append(program(bob).queries(f"units/{led.open.pk}/leaders/"))
        person = operations.add_worker(agency=inside, actor=alice, name=f"Naomi {number}")
        operations.add_leader(agency=inside, actor=bob, unit=led.open, worker=person)
    assert counts[0] == counts[2]
