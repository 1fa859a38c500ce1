"""Changes since a day through the API equal the board's page, with the same masking."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from ssu import operations as ssu
from ssu.models import Unit
from tests.home.test_changes import goal_in, old
from tests.programs import Program
from tests.ssu.conftest import TRUE_NAME, claimed, item_of

Programs = Callable[[User], Program]


@pytest.fixture
def changed(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> SimpleNamespace:
    """A step of the open unit is confirmed; the closed one has a goal and a reading."""
    for unit in (led.open, led.careful, led.closed):
        old(unit)
    claimed(inside, bob, item_of(led.open))
    ssu.confirm_item(agency=inside, actor=alice, item=item_of(led.open))
    goal = goal_in(inside, bob, alice, led.closed, "Tamrinwells")
    ssu.add_reading(agency=inside, actor=bob, goal=goal, date=inside.today(), value=Decimal(7))
    return led


def by_name(told: Any) -> dict[str, Any]:
    return {each["name"]: each for each in told["units"]}


def test_it_tells_what_changed(inside: Agency, changed: SimpleNamespace, alice: User, program: Programs) -> None:
    told = program(alice).get("changes/", since=(inside.today() - timedelta(days=1)).isoformat())
    assert told["since"] == (inside.today() - timedelta(days=1)).isoformat()
    units = by_name(told)
    assert set(units) == {"Riverbend", TRUE_NAME}
    assert (units["Riverbend"]["confirmed"], units["Riverbend"]["is_new"]) == (["1.1"], False)
    assert (units[TRUE_NAME]["goals_approved"], units[TRUE_NAME]["moved"]) == (
        1,
        {
            "indicator": "Tamrinwells in use",
            "unit_of_measure": "Tamrinwells",
            "before": "2.00",
            "after": "7.00",
        },
    )


def test_items_are_told_by_their_keys_and_what_was_set_aside_too(
    inside: Agency, changed: SimpleNamespace, alice: User, bob: User, program: Programs
) -> None:
    made = ssu.add_own_item(agency=inside, actor=alice, step=2, wording="Visit the elders", units=[changed.open])
    own = made.items.get(unit=changed.open)
    for item in (own, item_of(changed.open, "6.2")):
        ssu.set_not_applicable(agency=inside, actor=bob, item=item, reason="Not here.")
    ssu.undo_item(agency=inside, actor=alice, item=item_of(changed.open))
    told = by_name(program(alice).get("changes/", since=inside.today().isoformat()))["Riverbend"]
    assert {name: told[name] for name in ("confirmed", "set_aside", "reopened")} == {
        "confirmed": [],
        "set_aside": [own.key, "6.2"],
        "reopened": ["1.1"],
    }


def test_it_names_the_units_of_the_page(inside: Agency, changed: SimpleNamespace, dan: User, program: Programs) -> None:
    since = inside.today().isoformat()
    page = program(dan).browser.get(f"/a/{inside.slug}/?since={since}")
    card = next(each for each in page.context["cards"] if each.id == "changes")
    assert [each["name"] for each in program(dan).get("changes/", since=since)["units"]] == [
        row.title for row in card.rows
    ]


def test_of_a_closed_unit_the_words_are_kept_back(
    inside: Agency, changed: SimpleNamespace, dan: User, program: Programs
) -> None:
    told = program(dan).get("changes/")
    moved = by_name(told)["Project Cedar"]["moved"]
    assert (moved["indicator"], moved["unit_of_measure"], moved["after"]) == (None, None, "7.00")
    assert "amrin" not in str(told)


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday"])
def test_a_day_that_does_not_fit_is_refused(inside: Agency, dan: User, program: Programs, day: str) -> None:
    answer = program(dan).browser.get(f"{program(dan).root}changes/?since={day}")
    assert (answer.status_code, list(answer.json())) == (400, ["since"])


def test_who_may(
    inside: Agency, changed: SimpleNamespace, bob: User, carol: User, mallory: User, program: Programs
) -> None:
    assert set(by_name(program(bob).get("changes/"))) == {"Riverbend", TRUE_NAME}
    assert set(by_name(program(carol).get("changes/"))) == {"Riverbend"}
    assert program(mallory).status("changes/") == 404


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, make_unit: Callable[..., Unit], dan: User, program: Programs
) -> None:
    counts = []
    for number in range(3):
        make_unit(f"U{number}", f"Unit {number}")
        if number in (0, 2):
            counts.append(program(dan).queries("changes/"))
    assert counts[0] == counts[1]
