"""Impact goals and readings through the API: what the page does, by the same rules; closed units stay untold."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from ssu import operations
from ssu.models import ImpactGoal, Reading
from tests.programs import Program

Programs = Callable[[User], Program]
WHOLE = {
    "statement": "Families read.",
    "indicator": "families",
    "unit_of_measure": "families",
    "baseline": "2.00",
    "target": "40.00",
    "by_when": "2030-01-01",
}


def test_versions_are_written_and_approved(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    path = f"units/{led.open.pk}/goal/"
    status, made = program(bob).send(path, **WHOLE)
    assert (status, made["version"], made["written_by"], made["approved_at"]) == (201, 1, "Bob", None)
    assert {name: made[name] for name in WHOLE} == WHOLE
    assert program(bob).refused(path, **WHOLE) == (409, "goal_unchanged", None)
    assert program(bob).refused(f"{path}1/approve/") == (409, "own_goal", None)
    assert program(alice).send(f"{path}1/approve/")[1]["approved_by"] == "Alice"
    program(bob).send(path, **{**WHOLE, "target": "50.00"})
    assert [each["version"] for each in program(alice).get(path)["results"]] == [2, 1]
    assert program(alice).refused(f"{path}1/approve/") == (409, "goal_superseded", None)


def test_a_target_that_changes_nothing_is_refused(
    inside: Agency, led: SimpleNamespace, bob: User, program: Programs
) -> None:
    same = {**WHOLE, "target": "2"}
    assert program(bob).refused(f"units/{led.open.pk}/goal/", **same) == (422, "target_is_baseline", "target")
    assert not ImpactGoal.objects.exists()


def test_readings_are_recorded_and_withdrawn(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs
) -> None:
    path, today = f"units/{led.open.pk}/readings/", inside.today()
    reading = {"date": today.isoformat(), "value": "7.00", "note": "Counted.", "story": "A school opened."}
    assert program(carol).send(path, **reading)[0] == 404
    program(bob).send(f"units/{led.open.pk}/goal/", **WHOLE)
    status, made = program(carol).send(path, **reading)
    assert (status, {name: made[name] for name in reading}) == (201, reading)
    assert program(carol).refused(path, **reading) == (409, "reading_there", "date")
    ahead = {**reading, "date": (today + timedelta(days=1)).isoformat()}
    assert program(carol).refused(path, **ahead) == (409, "reading_in_future", "date")
    assert program(bob).get(path)["results"] == [made]
    assert program(carol).send(f"{path}{made['id']}/withdraw/") == (204, None)
    assert program(bob).get(path)["results"] == []
    assert Reading.objects.get().withdrawn_by == carol


def test_another_indicator_begins_a_new_line(
    inside: Agency, led: SimpleNamespace, bob: User, program: Programs
) -> None:
    path, today = f"units/{led.open.pk}/", inside.today().isoformat()
    program(bob).send(f"{path}goal/", **WHOLE)
    program(bob).send(f"{path}readings/", date=today, value="7")
    program(bob).send(f"{path}goal/", **{**WHOLE, "statement": "All families read."})
    assert program(bob).get(f"{path}readings/")["count"] == 1
    program(bob).send(f"{path}goal/", **{**WHOLE, "indicator": "schools"})
    assert program(bob).get(f"{path}readings/")["count"] == 0


def test_who_may(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    carol: User,
    dan: User,
    mallory: User,
    program: Programs,
) -> None:
    goal = operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="Read.")
    path = f"units/{led.open.pk}/"
    writes = {user: program(user).send(f"{path}goal/", statement="Write.")[0] for user in (carol, dan, mallory)}
    assert writes == {carol: 403, dan: 403, mallory: 404}
    approves = {user: program(user).send(f"{path}goal/1/approve/")[0] for user in (carol, dan, mallory)}
    assert approves == {carol: 403, dan: 403, mallory: 404}
    reading = {"date": inside.today().isoformat(), "value": "1"}
    assert [program(user).send(f"{path}readings/", **reading)[0] for user in (dan, mallory)] == [403, 404]
    assert program(bob).send(f"units/{led.careful.pk}/goal/", statement="Read.")[0] == 403
    assert ImpactGoal.objects.get() == goal


def test_of_a_closed_unit_nothing_is_told(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, program: Programs
) -> None:
    operations.add_goal_version(agency=inside, actor=bob, unit=led.closed, statement="Read.")
    paths = [f"units/{led.closed.pk}/{name}/" for name in ("goal", "readings")]
    assert [program(dan).status(path) for path in paths] == [404, 404]
    assert [program(bob).status(path) for path in paths] == [200, 200]


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, program: Programs
) -> None:
    goals, readings = [], []
    for number in range(3):
        goal = operations.add_goal_version(
            agency=inside, actor=bob, unit=led.open, statement=f"Read {number}.", indicator="families"
        )
        day = inside.today() - timedelta(days=number)
        operations.add_reading(agency=inside, actor=bob, goal=goal, date=day, value=Decimal(number))
        if number in (0, 2):
            goals.append(program(dan).queries(f"units/{led.open.pk}/goal/"))
            readings.append(program(dan).queries(f"units/{led.open.pk}/readings/"))
    assert goals[0] == goals[1]
    assert readings[0] == readings[1]
