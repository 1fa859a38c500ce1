"""The API of conversations and coaching: the same rights, refusals and masking as the pages; no word of confidence."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from agencies.models import Agency, Role
from ssu import operations, starter
from ssu.models import CoachingArea, Conversation, Unit, Worker
from tests.cast import person
from tests.ssu.conftest import coach_team

Visit = Callable[[User], Any]


def path(agency: Agency, unit: Unit, rest: str) -> str:
    return f"/api/a/{agency.slug}/units/{unit.pk}/{rest}/"


def send(browser: Any, url: str, **body: Any) -> Any:
    return browser.post(url, body, content_type="application/json")


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


@pytest.fixture
def coach(led: SimpleNamespace, serve: Callable[..., Worker]) -> User:
    """Erin, who coaches the open unit."""
    erin = person("Erin")
    serve(erin, led.open, Role.COACH)
    return erin


def test_a_conversation_is_written_and_read(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    url, point = path(inside, led.open, "conversations"), starter.entries(inside, "discussion_points")[0].title
    body = {"leader": worker(bob).pk, "date": inside.today().isoformat(), "points": [point], "agreed": "not_yet"}
    made = send(visit(alice), url, **body)
    assert (made.status_code, made.json()["leader_name"], made.json()["points"]) == (201, "Bob", [point])
    assert visit(alice).get(f"{url}{made.json()['id']}/").json() == made.json()
    listed = visit(bob).get(url).json()
    assert [(each["id"], each["stands"]) for each in listed["results"]] == [(made.json()["id"], True)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"points": []}, "no_points"),
        ({"points": ["Nothing of the list"]}, "point_unknown"),
        ({"next_on": "2001-01-01"}, "next_before"),
        ({"date": "2999-01-01"}, "conversation_ahead"),
        ({"leader": 999_999_999}, "not_listed"),
    ],
)
def test_conversations_are_refused_as_on_the_page(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, change: dict[str, Any], code: str
) -> None:
    point = starter.entries(inside, "discussion_points")[0].title
    body = {"leader": worker(bob).pk, "date": inside.today().isoformat(), "points": [point], "agreed": "yes"}
    answer = send(visit(alice), path(inside, led.open, "conversations"), **{**body, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not Conversation.objects.exists()


def test_a_session_is_logged_and_the_grid_follows(
    inside: Agency, led: SimpleNamespace, carol: User, coach: User, visit: Visit
) -> None:
    area = CoachingArea.objects.of_unit(led.open.pk)[0]
    body = {"kind": "coached", "date": inside.today().isoformat(), "people": [worker(carol).pk], "areas": [area.pk]}
    made = send(visit(coach), path(inside, led.open, "sessions"), **body, note="At the well")
    assert (made.status_code, made.json()["coach_name"], made.json()["records"]) == (
        201,
        "Erin",
        [{"person": worker(carol).pk, "area": area.pk}],
    )
    grid = visit(coach).get(path(inside, led.open, "coaching")).json()
    standing = {(place["person_name"], place["area"]): place["standing"] for place in grid["places"]}
    assert {place: how for place, how in standing.items() if how != "left"} == {("Carol", area.pk): "coached"}
    assert (grid["complete"], len(grid["places"])) == (False, 16)
    one = visit(coach).get(path(inside, led.open, f"sessions/{made.json()['id']}"))
    assert one.json() == made.json()


def test_sessions_are_refused_as_on_the_page(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, visit: Visit
) -> None:
    area, foreign = CoachingArea.objects.of_unit(led.open.pk)[0], 999_999_999
    today = inside.today()
    body = {"kind": "coached", "date": today.isoformat(), "people": [worker(carol).pk], "areas": [area.pk]}
    changes: list[tuple[dict[str, Any], str]] = [
        ({"date": (today + timedelta(days=1)).isoformat()}, "coached_ahead"),
        ({"people": [foreign]}, "not_on_team"),
        ({"areas": [foreign]}, "area_not_here"),
        ({"coach": foreign}, "coach_not_here"),
        ({"people": []}, "nobody_chosen"),
        ({"fulfills": foreign}, "plan_not_here"),
    ]
    browser, url = visit(alice), path(inside, led.open, "sessions")
    for change, code in changes:
        answer = send(browser, url, **{**body, **change})
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_who_may(
    inside: Agency, led: SimpleNamespace, coach: User, bob: User, carol: User, dan: User, visit: Visit
) -> None:
    def statuses(user: User, unit: Unit) -> list[int]:
        return [
            visit(user).get(path(inside, unit, name)).status_code for name in ("conversations", "sessions", "coaching")
        ]

    assert {user.name: statuses(user, led.open) for user in (coach, bob, carol, dan)} == {
        "Erin": [200] * 3,
        "Bob": [200] * 3,
        "Carol": [403] * 3,
        "Dan": [403] * 3,
    }
    assert statuses(bob, led.careful) == [403] * 3


def test_of_a_closed_unit_nothing_is_told(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    from agencies import operations as people

    gina = person("Gina")
    people.add_member(agency=inside, actor=alice, user=gina, roles=(Role.STAFF,))
    told = "Tamrinhouse"
    operations.write_model_text(agency=inside, actor=bob, unit=led.closed, text=told)
    session = coach_team(inside, alice, led.closed)
    for name in ("conversations", "sessions", "coaching", f"sessions/{session.pk}"):
        assert visit(gina).get(path(inside, led.closed, name)).status_code == 404
        assert visit(alice).get(path(inside, led.closed, name)).status_code == 200


def test_confidence_is_nowhere_in_the_api(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, coach: User, visit: Visit
) -> None:
    areas = list(CoachingArea.objects.of_unit(led.open.pk))
    coach_team(inside, alice, led.open)
    operations.say_confidence(agency=inside, actor=carol, unit=led.open, levels={areas[0]: 1})
    for user in (alice, coach):
        grid = visit(user).get(path(inside, led.open, "coaching")).json()
        assert {tuple(place) for place in grid["places"]} == {("person", "person_name", "area", "standing", "on")}


@pytest.mark.parametrize("name", ["conversations", "sessions"])
def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, name: str
) -> None:
    browser, url, counts = visit(alice), path(inside, led.open, name), []
    point = starter.entries(inside, "discussion_points")[0].title
    for number in range(3):
        coach_team(inside, alice, led.open)
        operations.write_conversation(
            agency=inside,
            actor=alice,
            unit=led.open,
            worker=worker(bob),
            date=inside.today(),
            points=[point],
            agreed="yes",
        )
        if number in (0, 2):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(url).json()["count"] == number + 1
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 16
