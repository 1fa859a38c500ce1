"""The public page of a unit: behind the gate, masked, and gone at once."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from agencies import operations as people
from agencies.access import space_mark
from agencies.models import Agency, Role
from budgets import operations as budgets
from core.money import Money
from ssu import operations as ssu
from ssu.models import ActionItem, PublicPage, State, Unit
from ssu.queries.gate import RESTS_ON

NAME, PLACE = "Tamrin-Canary People", "Zolwick Canary"


@pytest.fixture
def work(inside: Agency, alice: User, bob: User) -> SimpleNamespace:
    people.add_member(agency=inside, actor=alice, user=bob, roles=(Role.ADMINISTRATOR,))
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="S9", name="Strategy")
    return SimpleNamespace(agency=inside, alice=alice, bob=bob, strategy=strategy)


def made(work: SimpleNamespace, level: str, **fields: Any) -> Unit:
    """A unit with an approved goal that tells its name and place, an approved budget, and confirmed items."""
    act: Any = {"agency": work.agency, "actor": work.alice}
    given: dict[str, Any] = {"alias": "Project Cedar", "place": PLACE, "region": "Inner Sea"} | fields
    unit = ssu.add_unit(
        **act, strategy=work.strategy, code=level.upper(), name=NAME, kind="community", discretion=level, **given
    )
    goal = ssu.add_goal_version(
        **act,
        unit=unit,
        statement=f"Homes for the {NAME} near {PLACE}.",
        indicator="homes",
        unit_of_measure="homes",
        baseline=Decimal(0),
        target=Decimal(40),
        by_when=date(2099, 12, 31),
    )
    ssu.approve_goal(agency=work.agency, actor=work.bob, goal=goal)
    year = work.agency.fiscal_year(work.agency.today())
    budget = budgets.start_budget(**act, unit=unit, fiscal_year=year)
    budgets.add_line(**act, budget=budget, impact="Roofs", category="Homes", amount=Money(1234500, "USD"))
    budgets.submit_budget(**act, budget=budget)
    budgets.approve_budget(agency=work.agency, actor=work.bob, budget=budget)
    ActionItem.objects.filter(unit=unit, key__in=RESTS_ON).update(
        state=State.COMPLETED, claimed_by=work.alice, confirmed_by=work.bob
    )
    return unit


def opened(work: SimpleNamespace, unit: Unit) -> str:
    words = f"Write a check for {NAME}."
    ssu.open_public_page(agency=work.agency, actor=work.alice, unit=unit, how_to_give=words)
    return f"/p/{work.agency.slug}/{unit.pk}/"


def test_everybody_reads_goal_need_and_how_to_give_without_a_cookie(work: SimpleNamespace, client: Client) -> None:
    answer = client.get(opened(work, made(work, "open")))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    for words in (NAME, PLACE, "$12,345.00 of it is still needed", "Write a check for"):
        assert words in page


def test_a_careful_unit_tells_neither_name_nor_place_not_in_its_texts_either(
    work: SimpleNamespace, client: Client
) -> None:
    page = client.get(opened(work, made(work, "careful"))).content.decode()
    assert "Project Cedar" in page
    assert "Inner Sea" in page
    assert "Canary" not in page
    assert "Tamrin" not in page


def test_closed_shut_closed_again_archived_foreign_and_missing_are_one_404(
    work: SimpleNamespace, client: Client, elsewhere: Agency
) -> None:
    unit = made(work, "open")
    address = opened(work, unit)
    missing = client.get(f"/p/{work.agency.slug}/999999/")
    assert missing.status_code == 404

    def same() -> bool:
        answer = client.get(address)
        known = missing.content.replace(b"/999999/", b"/%d/" % unit.pk)
        told = [{k: v for k, v in each.headers.items() if k != "Content-Length"} for each in (answer, missing)]
        return answer.status_code == 404 and answer.content == known and told[0] == told[1]

    assert client.get(address).status_code == 200
    assert client.get(f"/p/{elsewhere.slug}/{unit.pk}/").content == client.get("/p/no-such/999999/").content.replace(
        b"/p/no-such/999999/", f"/p/{elsewhere.slug}/{unit.pk}/".encode()
    )
    ActionItem.objects.filter(unit=unit, key="5.2").update(state=State.READY, confirmed_by=None)
    assert same()
    ActionItem.objects.filter(unit=unit, key="5.2").update(state=State.COMPLETED, confirmed_by=work.bob)
    Unit.objects.filter(pk=unit.pk).update(discretion="closed")
    assert same()
    Unit.objects.filter(pk=unit.pk).update(discretion="open", status="archived")
    assert same()
    Unit.objects.filter(pk=unit.pk).update(status="active")
    assert client.get(address).status_code == 200
    ssu.close_public_page(agency=work.agency, actor=work.alice, unit=unit)
    assert same()


def test_it_is_previewed_then_opened_and_closed_on_its_pages(work: SimpleNamespace, client: Client) -> None:
    unit = made(work, "open")
    base = f"/a/{work.agency.slug}/units/{unit.pk}/public/"
    client.force_login(work.alice)
    page = client.get(base).content.decode()
    assert "What everybody will see" in page
    assert not PublicPage.objects.exists()
    mark = {"space": space_mark(work.agency.pk, work.alice.pk)}
    client.post(base, mark | {"how_to_give": "Our box.", "look": "1"})
    assert not PublicPage.objects.exists()
    client.post(base, mark | {"how_to_give": "Our box."})
    assert PublicPage.objects.standing().get(unit=unit).how_to_give == "Our box."
    assert client.get(f"/p/{work.agency.slug}/{unit.pk}/").status_code == 200
    client.post(f"{base}close/", mark)
    assert not PublicPage.objects.standing().exists()


def test_a_draft_of_the_goal_is_not_public(work: SimpleNamespace, client: Client) -> None:
    unit = made(work, "open")
    address = opened(work, unit)
    ssu.add_goal_version(agency=work.agency, actor=work.alice, unit=unit, statement="Draft-Canary", indicator="homes")
    assert "Draft-Canary" not in client.get(address).content.decode()


def test_one_address_asks_only_so_often(work: SimpleNamespace, client: Client) -> None:
    address = opened(work, made(work, "open"))
    cache.clear()
    try:
        answers = {client.get("/p/no-such/1/", REMOTE_ADDR="192.0.2.9").status_code for _ in range(120)}
        assert answers == {404}
        assert client.get(address, REMOTE_ADDR="192.0.2.9").status_code == 429
        assert client.get(address, REMOTE_ADDR="192.0.2.10").status_code == 200
    finally:
        cache.clear()
