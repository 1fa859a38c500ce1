"""Units and their levels through the API: what the pages do, by the same rules and with the same masking."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from ssu.models import Unit
from tests.cast import person
from tests.programs import Program
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE

Programs = Callable[[User], Program]
HILLS = {"strategy": "S1", "code": "U9", "name": "Hills", "kind": "community"}


def second_administrator(agency: Agency, actor: User) -> User:
    erin = person("Erin")
    people.add_member(agency=agency, actor=actor, user=erin, roles=(Role.ADMINISTRATOR,))
    return erin


def test_the_list_is_narrowed_like_the_register(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, program: Programs
) -> None:
    def names(**query: Any) -> list[str]:
        return [unit["name"] for unit in program(dan).get("units/", **query)["results"]]

    assert names(q="cedar") == ["Project Cedar"]
    assert names(q=TRUE_NAME) == []
    assert names(kind="program") == []
    assert names(strategy=led.open.strategy_id, kind="community") == ["Kareth Valley", "Project Cedar", "Riverbend"]
    program(alice).send(f"units/{led.open.pk}/archive/")
    assert names() == ["Kareth Valley", "Project Cedar"]
    assert names(archived="1") == ["Riverbend"]


def test_a_unit_is_added_changed_archived_and_restored(
    inside: Agency, led: SimpleNamespace, alice: User, program: Programs
) -> None:
    mine = program(alice)
    status, made = mine.send("units/", **HILLS)
    assert (status, made["name"], made["items"], made["discretion"]) == (201, "Hills", 11, "open")
    path = f"units/{made['id']}/"
    status, said = mine.patch(f"{path}settings/", place="Hilltown", discretion="careful", region="North")
    assert (status, said["place"], said["name"], said["discretion"]) == (200, "Hilltown", "Hills", "careful")
    assert mine.get(f"{path}settings/") == said
    assert mine.send(f"{path}archive/")[1]["status"] == "archived"
    assert mine.send(f"{path}restore/")[1]["status"] == "active"


def test_refusals_name_code_and_field(inside: Agency, led: SimpleNamespace, alice: User, program: Programs) -> None:
    mine, settings = program(alice), f"units/{led.careful.pk}/settings/"
    assert mine.refused("units/", **{**HILLS, "code": "U1"}) == (409, "code_taken", "code")
    assert mine.refused("units/", **HILLS, discretion="closed") == (409, "alias_missing", "alias")
    tells = {"discretion": "closed", "alias": "The Hills"}
    assert mine.refused("units/", **HILLS, **tells) == (409, "alias_tells", "alias")
    lower = mine.refused(settings, method="patch", discretion="open")
    assert lower == (409, "lowering_needs_two", "discretion")
    assert mine.send("units/", **{**HILLS, "strategy": "none"})[0] == 400
    assert mine.send("units/", **{**HILLS, "kind": "town"})[0] == 400
    assert Unit.objects.count() == 3


def test_an_archived_strategy_takes_no_new_unit(
    inside: Agency, led: SimpleNamespace, alice: User, program: Programs
) -> None:
    mine = program(alice)
    for unit in (led.open, led.careful, led.closed):
        mine.send(f"units/{unit.pk}/archive/")
    mine.send(f"strategies/{led.open.strategy_id}/archive/")
    assert mine.send("units/", **HILLS)[0] == 400
    assert mine.patch(f"units/{led.open.pk}/settings/", strategy="S1", name="Bend")[0] == 200


def test_less_strict_needs_two(inside: Agency, led: SimpleNamespace, alice: User, program: Programs) -> None:
    erin, path = second_administrator(inside, alice), f"units/{led.closed.pk}/discretion/"
    mine, hers = program(alice), program(erin)
    status, asked = mine.send(path, level="careful", reason="Published.")
    assert (status, asked["level"], asked["asked"]["own"], asked["asked"]["by"]) == (201, "closed", True, "Alice")
    answer = f"{path}{asked['asked']['id']}/"
    assert mine.refused(path, level="open", reason="More.") == (409, "asked_already", None)
    assert mine.refused(answer, agree=True) == (409, "own_lowering", None)
    assert hers.get(path)["asked"]["own"] is False
    assert hers.send(answer, agree=True) == (200, {"level": "careful", "asked": None})
    assert hers.refused(answer, agree=True) == (409, "answered_already", None)
    assert mine.refused(path, level="careful", reason="Again.") == (409, "not_lower", "level")


def test_who_may(inside: Agency, led: SimpleNamespace, bob: User, mallory: User, program: Programs) -> None:
    path = f"units/{led.closed.pk}/"
    for user, status in ((bob, 403), (mallory, 404)):
        asked = program(user)
        assert asked.send("units/", **HILLS)[0] == status
        assert [asked.status(f"{path}{part}/") for part in ("settings", "discretion")] == [status] * 2
        assert asked.patch(f"{path}settings/", name="Bend")[0] == status
        assert [asked.send(f"{path}{act}/")[0] for act in ("archive", "restore", "discretion")] == [status] * 3


def test_a_masked_reader_reads_the_alias_only(
    inside: Agency, led: SimpleNamespace, dan: User, program: Programs
) -> None:
    body = str(program(dan).get("units/")) + str(program(dan).get(f"units/{led.closed.pk}/"))
    assert TRUE_NAME not in body
    assert TRUE_PLACE not in body
