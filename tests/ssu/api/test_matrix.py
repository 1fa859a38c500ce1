"""The matrix through the API equals the page: the same rows, filters, order and masking."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from ssu import operations
from ssu.models import Unit
from tests.programs import Program
from tests.ssu.conftest import claimed, item_of

Programs = Callable[[User], Program]
PATH = "units/matrix/"


def told(lines: list[Any]) -> list[tuple[str, list[str]]]:
    """The same of an answer, for units where nothing is late or set aside."""
    said = []
    for line in lines:
        marks = ["✓ " if step["state"] == "completed" else "" for step in line["steps"]]
        counts = [f"{step['items_settled']}/{step['items']}" for step in line["steps"]]
        said.append((line["name"], [mark + count for mark, count in zip(marks, counts, strict=True)]))
    return said


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"sort": "name"},
        {"sort": "ahead"},
        {"q": "cedar"},
        {"state": "ready"},
        {"kind": "program"},
        {"group": "strategy"},
    ],
)
def test_it_equals_the_page(
    inside: Agency,
    led: SimpleNamespace,
    alice: User,
    bob: User,
    dan: User,
    program: Programs,
    query: dict[str, str],
) -> None:
    claimed(inside, bob, item_of(led.closed, "2.1"))
    claimed(inside, bob, item_of(led.open))
    operations.confirm_item(agency=inside, actor=alice, item=item_of(led.open))
    for user in (alice, dan, bob):
        mine = program(user)
        page = mine.browser.get(f"/a/{inside.slug}/units/matrix/", query).context["matrix"]
        rows = [row for group in page.groups for row in group.rows] if page.groups else page.rows
        shown = [(row.label, [cell.words for cell in row.cells]) for row in rows]
        assert told(mine.get(PATH, **query)["results"]) == shown


def test_a_leader_gets_own_units_and_outsiders_nothing(
    inside: Agency, led: SimpleNamespace, bob: User, dan: User, mallory: User, program: Programs
) -> None:
    assert [line["name"] for line in program(bob).get(PATH)["results"]] == ["Riverbend", "Tamrin People"]
    assert [line["name"] for line in program(dan).get(PATH)["results"]] == [
        "Kareth Valley",
        "Project Cedar",
        "Riverbend",
    ]
    assert program(mallory).status(PATH) == 404


def test_number_of_queries_is_the_same_at_1_and_3(
    inside: Agency, make_unit: Callable[..., Unit], dan: User, program: Programs
) -> None:
    counts = []
    for number in range(3):
        make_unit(f"U{number}", f"Unit {number}")
        if number in (0, 2):
            counts.append(program(dan).queries(PATH))
    assert counts[0] == counts[1]
