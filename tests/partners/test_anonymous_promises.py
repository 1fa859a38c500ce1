"""Whoever gives to a unit without a name is not told to its team by what they promised there, in any list or order."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Commitment, Gift, Partner
from partners.operations.holders import GivesAnonymously
from tests.cast import person

Visit = Callable[[User], Any]
Giving = Callable[..., Gift]


@pytest.fixture
def ruth(add: Callable[..., Partner], giving: Giving, places: SimpleNamespace) -> Partner:
    """She gives to the closed unit by name, and to the open one without; Bob leads both."""
    made = add("Moab", first_name="Ruth")
    giving(made, (places.closed, 500))
    giving(made, (places.mine, 700), anonymous=True)
    return made


@pytest.fixture
def promised(ruth: Partner, promise: Callable[..., Commitment]) -> Commitment:
    return promise(ruth, 4200)


def page(inside: Agency, name: str, *args: int) -> str:
    return reverse(name, args=[inside.slug, *args])


@pytest.fixture
def pages(inside: Agency, promised: Commitment, ruth: Partner) -> list[str]:
    """Where the promise could stand beside the name."""
    names = ("partners", "giving_grid", "giving_last_year", "giving_new_givers")
    lists = [page(inside, name) for name in names]
    return [*lists, *(page(inside, name, ruth.pk) for name in ("partner", "partner_timeline", "partner_panel"))]


def test_no_page_with_the_name_tells_the_promise(pages: list[str], bob: User, alice: User, visit: Visit) -> None:
    for browser, told in ((visit(bob), False), (visit(alice), True)):
        bodies = [browser.get(each, headers={"HX-Request": "true"}).content.decode() for each in pages]
        assert any("Moab" in body for body in bodies)
        assert any("42.00" in body for body in bodies) is told


def test_the_name_neither_finds_nor_orders_it(
    inside: Agency,
    promised: Commitment,
    add: Callable[..., Partner],
    promise: Callable[..., Commitment],
    bob: User,
    visit: Visit,
) -> None:
    for first_name, name in (("Abel", "Aaron"), ("Zara", "Zebulun")):
        promise(add(name, first_name=first_name), 1000)
    browser, at = visit(bob), page(inside, "commitments")
    shown = [row.giver for row in browser.get(at, {"sort": "giver"}).context["rows"]]
    assert shown == ["Abel Aaron", "Anonymous giver", "Zara Zebulun"]
    assert [row.giver for row in browser.get(at, {"q": "Moab"}).context["rows"]] == []


def test_who_holds_her_neither_finds_nor_sees_it(
    inside: Agency,
    ruth: Partner,
    giving: Giving,
    places: SimpleNamespace,
    promise: Callable[..., Commitment],
    led: SimpleNamespace,
    serve: Callable[..., Any],
    alice: User,
    bob: User,
    visit: Visit,
) -> None:
    mia = person("Mia")
    worker = serve(mia, led.open, "member")
    with pytest.raises(GivesAnonymously):
        operations.appoint_holder(agency=inside, actor=alice, partner=ruth, unit=led.open, worker=worker)
    promised = promise(ruth, 4200)
    with pytest.raises(GivesAnonymously):
        operations.appoint_holder(agency=inside, actor=alice, partner=ruth, unit=led.open, worker=worker)
    giving(ruth, (places.mine, 100))  # openly, once
    operations.appoint_holder(agency=inside, actor=alice, partner=ruth, unit=led.open, worker=worker)
    at = page(inside, "commitments")
    assert [row.giver for row in visit(bob).get(at).context["rows"]] == ["Anonymous giver"]
    assert list(visit(bob).get(at, {"holder": worker.pk}).context["rows"]) == []
    assert list(visit(mia).get(at).context["rows"]) == []
    assert visit(mia).get(page(inside, "commitment", promised.pk)).status_code == 404
