"""Coaching areas, excuses, the words on the model, and withdrawing sessions, through the API."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from ssu import operations
from ssu.models import CoachingArea, CoachingExcuse, CoachingSession, Worker
from tests.cast import person
from tests.programs import Program
from tests.ssu.conftest import coach_team

Programs = Callable[[User], Program]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def test_the_agencys_areas(inside: Agency, led: SimpleNamespace, alice: User, program: Programs) -> None:
    mine = program(alice)
    assert mine.get("coaching/areas/")["count"] == 8
    assert mine.refused("coaching/areas/adopt/") == (409, "areas_begun", None)
    status, made = mine.send("coaching/areas/", title="Prayer", sentence="Prays with partners.", is_required=False)
    assert (status, made["unit"], made["is_required"], made["archived_at"]) == (201, None, False, None)
    path = f"coaching/areas/{made['id']}/"
    assert mine.send(path, act="require")[1]["is_required"] is True
    assert mine.send(path, act="archive")[1]["archived_at"] is not None
    assert mine.get("coaching/areas/")["results"][-1]["id"] == made["id"]
    mine.send("coaching/areas/", title="prayer")
    assert mine.refused(path, act="restore") == (409, "area_there", "title")
    assert mine.send(path, act="delete")[0] == 400


def test_areas_of_a_new_agency_begin_from_the_pack(inside: Agency, alice: User, program: Programs) -> None:
    assert program(alice).get("coaching/areas/")["results"] == []
    status, areas = program(alice).send("coaching/areas/adopt/")
    assert (status, len(areas)) == (200, 8)


def test_a_units_own_areas(inside: Agency, led: SimpleNamespace, bob: User, program: Programs) -> None:
    mine, path = program(bob), f"units/{led.open.pk}/coaching/areas/"
    status, made = mine.send(path, title="Market days")
    assert (status, made["unit"]) == (201, led.open.pk)
    assert mine.get(path)["count"] == 9
    assert mine.send(f"{path}{made['id']}/", act="optional")[1]["is_required"] is False
    assert mine.send(f"{path}{made['id']}/", act="archive")[1]["archived_at"] is not None
    assert mine.get(path)["count"] == 9
    ours = CoachingArea.objects.filter(unit=None)[0]
    assert mine.send(f"{path}{ours.pk}/", act="archive")[0] == 404
    assert mine.get(f"units/{led.closed.pk}/coaching/areas/")["count"] == 8


def test_somebody_is_excused_and_the_excuse_withdrawn(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs
) -> None:
    mine, path, area = program(bob), f"units/{led.open.pk}/coaching/excuses/", CoachingArea.objects.all()[0]
    given: dict[str, Any] = {
        "person": worker(carol).pk,
        "area": area.pk,
        "reason": "Taught it.",
        "date": inside.today().isoformat(),
    }
    refused: dict[str, tuple[dict[str, Any], str]] = {
        "reason_missing": ({"reason": ""}, "reason"),
        "excuse_ahead": ({"date": "2999-01-01"}, "date"),
        "not_on_team": ({"person": 987_654_321}, "person"),
        "area_not_here": ({"area": 987_654_321}, "area"),
    }
    for code, (change, field) in refused.items():
        assert mine.refused(path, **{**given, **change}) == (422, code, field)
    status, made = mine.send(path, **given)
    assert (status, made["person_name"], made["withdrawn_at"]) == (201, "Carol", None)
    assert mine.refused(path, **given) == (409, "already_excused", None)
    assert mine.get(path)["results"] == [made]
    end = f"{path}{made['id']}/withdraw/"
    assert mine.refused(end) == (422, "reason_missing", "reason")
    assert mine.send(end, reason="She was not.")[1]["withdrawn_reason"] == "She was not."
    assert mine.refused(end, reason="Again.") == (409, "already_withdrawn", None)
    assert CoachingExcuse.objects.count() == 1


def test_what_the_model_looks_like(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs
) -> None:
    mine, path = program(bob), f"units/{led.open.pk}/coaching/model/"
    status, made = mine.send(path, text="Together.")
    assert (status, made["version"], made["written_by"]) == (201, 1, "Bob")
    assert mine.refused(path, text="Together.") == (409, "model_text_unchanged", "text")
    mine.send(path, text="Together, weekly.")
    assert [each["version"] for each in mine.get(path)["results"]] == [2, 1]
    assert program(carol).send(path, text="Alone.")[0] == 403


def test_sessions_are_withdrawn_and_plans_undone(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, program: Programs
) -> None:
    path = f"units/{led.open.pk}/sessions/"
    held = coach_team(inside, alice, led.open)
    assert program(bob).refused(f"{path}{held.pk}/undo/") == (409, "not_your_session", None)
    assert program(bob).refused(f"{path}{held.pk}/withdraw/") == (422, "reason_missing", "reason")
    assert program(bob).send(f"{path}{held.pk}/withdraw/", reason="Rained.")[1]["withdrawn"] is True
    area, who = CoachingArea.objects.all()[0].pk, worker(carol).pk
    plan: dict[str, Any] = {"kind": "planned", "date": "2999-01-01", "people": [who], "areas": [area]}
    made = program(bob).send(path, **plan)[1]
    assert program(bob).send(f"{path}{made['id']}/undo/")[1]["withdrawn_reason"] == "Taken back by who wrote it."
    assert CoachingSession.objects.standing().count() == 0


def test_who_may(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, mallory: User, program: Programs
) -> None:
    gina = person("Gina")
    people.add_member(agency=inside, actor=alice, user=gina, roles=(Role.STAFF,))
    unit = f"units/{led.open.pk}/coaching/"
    for user, reads, writes in ((gina, 200, 403), (carol, 403, 403), (mallory, 404, 404)):
        asked = program(user)
        assert [asked.status(f"{unit}{part}/") for part in ("areas", "excuses", "model")] == [reads] * 3
        assert [asked.send(f"{unit}{part}/")[0] for part in ("areas", "excuses", "model")] == [writes] * 3
    assert [program(bob).status("coaching/areas/"), program(mallory).status("coaching/areas/")] == [403, 404]
    closed = f"units/{led.closed.pk}/coaching/"
    assert [program(gina).status(f"{closed}{part}/") for part in ("areas", "excuses", "model")] == [404] * 3


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, program: Programs
) -> None:
    unit, counts = f"units/{led.open.pk}/coaching/", []
    areas = list(CoachingArea.objects.of_unit(led.open.pk))
    for number in range(3):
        operations.write_model_text(agency=inside, actor=bob, unit=led.open, text=f"Version {number}")
        act = {"agency": inside, "actor": bob, "unit": led.open, "date": inside.today(), "reason": "Taught it."}
        operations.excuse(**act, worker=worker(carol), area=areas[number])
        operations.add_area(agency=inside, actor=bob, unit=led.open, title=f"Own {number}")
        if number in (0, 2):
            counts.append([program(bob).queries(f"{unit}{part}/") for part in ("areas", "excuses", "model")])
    assert counts[0] == counts[1]
