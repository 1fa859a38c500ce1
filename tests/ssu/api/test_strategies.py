"""Strategies through the API: what the pages do, by the same rules."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core import opened
from ssu import operations
from ssu.models import Strategy
from tests.programs import Program

Programs = Callable[[User], Program]


def test_list_and_detail(inside: Agency, led: SimpleNamespace, bob: User, dan: User, program: Programs) -> None:
    (one,) = program(dan).get("strategies/")["results"]
    assert {name: one[name] for name in ("code", "name", "impact_goal", "status", "units")} == {
        "code": "S1",
        "name": "Unreached Peoples",
        "impact_goal": "",
        "status": "active",
        "units": 3,
    }
    assert program(bob).get(f"strategies/{one['id']}/") == one


def test_add_edit_archive_and_restore(inside: Agency, alice: User, program: Programs) -> None:
    mine = program(alice)
    status, made = mine.send("strategies/", code="W", name="Water")
    assert (status, made["units"]) == (201, 0)
    path = f"strategies/{made['id']}/"
    assert mine.patch(path, impact_goal="Wells.") == (200, {**made, "impact_goal": "Wells."})
    assert mine.send(f"{path}archive/")[1]["status"] == "archived"
    assert mine.send(f"{path}restore/")[1]["status"] == "active"
    assert Strategy.objects.get().impact_goal == "Wells."


def test_refusals(inside: Agency, led: SimpleNamespace, alice: User, program: Programs) -> None:
    mine, pk = program(alice), led.open.strategy_id
    assert mine.refused("strategies/", code="S1", name="Again") == (409, "code_taken", "code")
    assert mine.refused(f"strategies/{pk}/archive/") == (409, "strategy_at_work", None)
    assert mine.send("strategies/", code="W") == (
        400,
        {"name": [{"code": "required", "detail": "This field is required."}]},
    )
    operations.add_strategy(agency=inside, actor=alice, code="S2", name="Second")
    assert mine.refused(f"strategies/{pk}/", method="patch", code="S2") == (409, "code_taken", "code")


def test_who_may(inside: Agency, led: SimpleNamespace, bob: User, dan: User, mallory: User, program: Programs) -> None:
    path = f"strategies/{led.open.strategy_id}/"
    for user, status in ((bob, 403), (dan, 403), (mallory, 404)):
        asked = program(user)
        assert asked.send("strategies/", code="W", name="Water")[0] == status
        assert asked.patch(path, name="Water")[0] == status
        assert asked.send(f"{path}archive/")[0] == status
    assert program(mallory).status("strategies/") == 404
    assert Strategy.objects.get().name == "Unreached Peoples"


def test_number_of_queries_is_the_same_at_1_and_3(inside: Agency, alice: User, dan: User, program: Programs) -> None:
    counts = []
    for number in range(3):
        operations.add_strategy(agency=inside, actor=alice, code=f"S{number}", name=f"Line {number}")
        if number in (0, 2):
            counts.append(program(dan).queries("strategies/"))
    assert counts[0] == counts[1]


def test_what_a_program_does_not_name_keeps_what_a_colleague_made_of_it(
    inside: Agency, led: SimpleNamespace, alice: User, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A colleague writes the goal while the program's request for another name is on its way."""
    strategy, real = led.open.strategy, opened.values_of

    def meanwhile(*given: Any, **how: Any) -> Any:
        Strategy.objects.filter(pk=strategy.pk).update(impact_goal="Written meanwhile")
        return real(*given, **how)

    monkeypatch.setattr("ssu.api.strategies.values_of", meanwhile)
    assert program(alice).patch(f"strategies/{strategy.pk}/", name="Peoples")[0] == 200
    found = Strategy.objects.get(pk=strategy.pk)
    assert (found.name, found.impact_goal) == ("Peoples", "Written meanwhile")
