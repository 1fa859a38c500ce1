"""The register: filters, and a constant number of queries."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from ssu import operations
from ssu.models import Unit
from tests.ssu.conftest import claimed, coach_team, item_of

Visit = Callable[[User], Any]


def counted(browser: Any, url: str) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["units", "strategies"])
def test_number_of_queries_is_the_same_at_1_3_and_50_units(
    inside: Agency,
    make_unit: Callable[..., Unit],
    serve: Callable[..., Any],
    alice: User,
    dan: User,
    visit: Visit,
    name: str,
) -> None:
    browser, url, counts = visit(dan), reverse(name, args=[inside.slug]), []
    for number in range(50):
        unit = make_unit(f"U{number}", f"Unit {number}", "closed" if number % 2 else "open", alias=f"Cedar {number}")
        serve(alice, unit, "leader")
        if number in (0, 2, 49):
            counts.append(counted(browser, url))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 20


@pytest.mark.parametrize("name", ["unit", "rollout", "team", "goal"])
def test_pages_of_a_unit_take_few_queries_whatever_was_done(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, dan: User, visit: Visit, name: str
) -> None:
    browser, url = visit(dan), reverse(name, args=[inside.slug, led.open.pk])
    claimed(inside, bob, item_of(led.open))
    operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="Wells in use.")
    coach_team(inside, alice, led.open)
    one = counted(browser, url)
    for key in ("2.1", "3.1", "3.2", "4.1", "5.1"):
        claimed(inside, alice, item_of(led.open, key))
    operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="Clean wells in use.")
    assert counted(browser, url) == one
    assert one <= 24


def test_filters_of_the_register(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    url, browser = reverse("units", args=[inside.slug]), visit(alice)
    other = operations.add_strategy(agency=inside, actor=alice, code="S2", name="Water")
    operations.add_unit(
        agency=inside, actor=alice, strategy=other, code="W", name="Wells", kind="initiative", discretion="open"
    )
    operations.set_archived(agency=inside, actor=alice, unit=led.careful, archived=True)

    def names(query: str) -> list[str]:
        return [row.name for row in browser.get(f"{url}?{query}").context["rows"]]

    assert names("") == ["Riverbend", "Tamrin People", "Wells"]
    assert names(f"strategy={other.pk}") == ["Wells"]
    assert names("kind=community") == ["Riverbend", "Tamrin People"]
    assert names("q=riverbend town") == ["Riverbend"]
    assert names("archived") == ["Kareth Valley"]
    assert names("strategy=999999999999999999999&kind=nonsense&page=99") == names("")
