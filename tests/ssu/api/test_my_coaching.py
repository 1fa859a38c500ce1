"""One's own coaching through the API: a word of confidence is for its speaker and the coach, and for nobody else."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, Role
from ssu import operations
from ssu.models import CoachingArea, Confidence, Unit, Worker
from tests.cast import person
from tests.programs import Answer, Program

Programs = Callable[[User], Program]
PATH = "coaching/mine/"


@pytest.fixture
def coach(led: SimpleNamespace, serve: Callable[..., Worker]) -> User:
    """Erin, who coaches the open unit."""
    erin = person("Erin")
    serve(erin, led.open, Role.COACH)
    return erin


def say(asked: Program, unit: Unit, *levels: tuple[int, int]) -> Answer:
    body = [{"area": area, "confidence": level} for area, level in levels]
    return asked.send(f"coaching/units/{unit.pk}/sure/", levels=body)


def confident(parts: list[Any]) -> dict[str, set[object]]:
    """What is told of confidence, by person, without those of whom nothing is told."""
    found: dict[str, set[object]] = {}
    for part in parts:
        for place in part["places"]:
            if place["confidence"] is not None:
                found.setdefault(place["person_name"], set()).add(place["confidence"])
    return found


def test_a_member_says_it_and_the_coach_reads_it(
    inside: Agency, led: SimpleNamespace, carol: User, coach: User, program: Programs
) -> None:
    area = CoachingArea.objects.of_unit(led.open.pk)[0]
    status, part = say(program(carol), led.open, (area.pk, 2))
    assert (status, confident([part])) == (200, {"Carol": {2}})
    assert {place["person_name"] for place in part["places"]} == {"Carol"}
    assert confident(program(carol).get(PATH)["own"]) == {"Carol": {2}}
    told = program(coach).get(PATH)
    assert (told["own"], confident(told["coached"])) == ([], {"Carol": {2}})
    assert {place["person_name"] for place in told["coached"][0]["places"]} == {"Bob", "Carol"}


def test_nobody_else_reads_it(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, coach: User, program: Programs
) -> None:
    area = CoachingArea.objects.of_unit(led.open.pk)[0]
    say(program(carol), led.open, (area.pk, 2))
    assert program(alice).status(PATH) == 403
    leader = program(bob).get(PATH)
    assert (confident(leader["own"]), leader["coached"]) == ({}, [])
    for user in (alice, bob, coach):
        for path in ("coaching", "coaching/areas", "sessions", "activity", "team", "coaching/excuses"):
            assert "confidence" not in str(program(user).get(f"units/{led.open.pk}/{path}/"))


def test_it_is_said_of_oneself_only(
    inside: Agency, led: SimpleNamespace, carol: User, coach: User, dan: User, mallory: User, program: Programs
) -> None:
    area = CoachingArea.objects.of_unit(led.open.pk)[0].pk
    sure: dict[str, Any] = {"levels": [{"area": area, "confidence": 4}]}
    path = f"coaching/units/{led.open.pk}/sure/"
    assert program(coach).refused(path, **sure)[:2] == (422, "not_your_word")
    assert program(carol).send(f"coaching/units/{led.closed.pk}/sure/", **sure)[0] == 404
    assert [program(user).send(path, **sure)[0] for user in (dan, mallory)] == [403, 404]
    assert program(carol).refused(path, levels=[{"area": 987_654_321, "confidence": 4}])[:2] == (422, "area_not_here")
    assert program(carol).send(path, levels=[{"area": area, "confidence": 9}])[0] == 400
    assert not Confidence.objects.exists()


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, make_unit: Callable[..., Unit], serve: Callable[..., Worker], carol: User, program: Programs
) -> None:
    counts = []
    for number in range(3):
        unit = make_unit(f"U{number}", f"Unit {number}")
        if number == 0:
            mine = serve(carol, unit, Role.MEMBER)
        else:
            act: dict[str, Any] = {"agency": inside, "actor": carol, "joined_on": inside.today()}
            operations.add_team_member(**act, unit=unit, worker=mine, role=Role.MEMBER)
        if number in (0, 2):
            counts.append(program(carol).queries(PATH))
    assert counts[0] == counts[1]
