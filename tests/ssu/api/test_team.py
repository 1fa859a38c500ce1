"""People and their service through the API: what the pages do, by the same rules and with the same masking."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from ssu import operations
from ssu.models import TeamMember, Worker
from tests.agencies.conftest import confirm
from tests.cast import person
from tests.programs import Program

Programs = Callable[[User], Program]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def test_a_team_is_listed_and_grows(inside: Agency, led: SimpleNamespace, alice: User, program: Programs) -> None:
    mine, path = program(alice), f"units/{led.open.pk}/team/"
    confirm(mine.browser)
    listed = mine.get(path)["results"]
    assert [(each["name"], each["role"], each["signs_in"]) for each in listed] == [
        ("Bob", "leader", True),
        ("Carol", "member", True),
    ]
    joins = {"role": "member", "joined_on": "2024-03-01"}
    status, made = mine.send(path, name="Naomi", **joins)
    assert (status, made["name"], made["signs_in"], made["left_on"]) == (201, "Naomi", False, None)
    gina = person("Gina")
    member = people.add_member(agency=inside, actor=alice, user=gina, roles=(Role.STAFF,))
    assert mine.send(path, member=member.pk, **joins)[1]["name"] == "Gina"
    assert mine.send(path, person=worker(gina).pk, role="coach", joined_on="2024-03-01")[0] == 201
    assert mine.refused(path, person=worker(gina).pk, **joins) == (409, "already_serving", "person")


def test_one_of_three_ways_to_name_who_joins(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    path, joins = f"units/{led.careful.pk}/team/", {"role": "member", "joined_on": "2024-03-01"}
    mine = program(alice)
    assert mine.refused(path, **joins, name="Naomi")[:2] == (403, "password_first")
    confirm(mine.browser)
    wrong: list[dict[str, Any]] = [{}, {"name": "Naomi", "person": worker(bob).pk}]
    for given in wrong:
        status, said = mine.send(path, **joins, **given)
        assert (status, list(said)) == (400, ["person"])
    assert mine.send(path, **joins, person=987_654_321) == (
        400,
        {"person": [{"code": "invalid", "detail": "There is no such person here."}]},
    )
    assert TeamMember.objects.filter(unit=led.careful).count() == 0


def test_who_may_join(inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs) -> None:
    told = program(alice).get("workers/joining/")["results"]
    assert [(each["name"], each["person"] is None, each["member"] is None) for each in told] == [
        ("Bob", False, True),
        ("Carol", False, True),
        ("Alice", True, False),
        ("Dan", True, False),
    ]
    assert program(bob).status("workers/joining/") == 403


def test_service_is_ended(inside: Agency, led: SimpleNamespace, alice: User, carol: User, program: Programs) -> None:
    mine = program(alice)
    service = TeamMember.objects.get(unit=led.open, worker=worker(carol))
    end = f"units/{led.open.pk}/team/{service.pk}/end/"
    assert mine.refused(end, left_on="2001-01-01") == (409, "leaves_before_joining", "left_on")
    today = inside.today().isoformat()
    assert mine.send(end, left_on=today, reason="Moved.")[1]["left_on"] == today
    assert mine.refused(end, left_on=today) == (409, "service_ended", None)
    assert mine.send(f"units/{led.careful.pk}/team/{service.pk}/end/", left_on=today)[0] == 404


def test_a_person_is_changed_and_asked_to_be_less_guarded(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    mine, path = program(alice), f"workers/{worker(bob).pk}/"
    assert mine.patch(path, alias="Heron", discretion="closed")[1] == {
        "name": "Bob",
        "last_name": "",
        "alias": "Heron",
        "discretion": "closed",
    }
    assert mine.refused(path, method="patch", discretion="open") == (409, "not_lowered", "discretion")
    assert mine.refused(path, method="patch", alias="Old Bob") == (409, "alias_tells", "alias")
    status, asked = mine.send(f"{path}discretion/", level="open", reason="Retired.")
    assert (status, asked["asked"]["level"]) == (201, "open")
    answer = f"{path}discretion/{asked['asked']['id']}/"
    assert mine.refused(answer, agree=True) == (409, "own_lowering", None)
    assert mine.send(answer, agree=False) == (200, {"level": "closed", "asked": None})


def test_spouses_are_joined(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs
) -> None:
    one, other = worker(bob).pk, worker(carol).pk
    assert program(alice).refused("workers/spouses/", one=one, other=one) == (409, "own_spouse", "other")
    assert program(alice).send("workers/spouses/", one=one, other=987_654_321)[0] == 400
    assert program(alice).send("workers/spouses/", one=one, other=other) == (204, None)
    assert worker(bob).spouse_id == other


def test_who_may(inside: Agency, led: SimpleNamespace, bob: User, dan: User, mallory: User, program: Programs) -> None:
    path = f"units/{led.open.pk}/team/"
    service = TeamMember.objects.filter(unit=led.open)[0]
    for user, status in ((bob, 403), (dan, 403), (mallory, 404)):
        asked = program(user)
        assert asked.send(path, name="Naomi", role="member", joined_on="2024-03-01")[0] == status
        assert asked.send(f"{path}{service.pk}/end/", left_on="2024-03-01")[0] == status
        assert [asked.status(each) for each in ("workers/", f"workers/{worker(bob).pk}/")] == [status] * 2
        assert asked.send("workers/spouses/", one=1, other=2)[0] == status
    assert program(bob).status(f"units/{led.careful.pk}/team/") == 403
    assert program(mallory).status(path) == 404


def test_nobody_outside_learns_who_serves_in_a_closed_unit(
    inside: Agency, led: SimpleNamespace, dan: User, bob: User, program: Programs
) -> None:
    assert program(dan).get(f"units/{led.closed.pk}/team/")["results"] == []
    assert [each["name"] for each in program(bob).get(f"units/{led.closed.pk}/team/")["results"]] == ["Bob"]


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, program: Programs
) -> None:
    counts, workers = [], []
    for number in range(3):
        made = operations.add_worker(agency=inside, actor=alice, name=f"Naomi {number}")
        operations.add_team_member(
            agency=inside, actor=alice, unit=led.careful, worker=made, role=Role.MEMBER, joined_on=inside.today()
        )
        if number in (0, 2):
            counts.append(program(dan).queries(f"units/{led.careful.pk}/team/"))
            workers.append(program(alice).queries("workers/"))
    assert counts[0] == counts[1]
    assert workers[0] == workers[1]
    assert Membership.objects.count() == 4
