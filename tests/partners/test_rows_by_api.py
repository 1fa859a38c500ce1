"""One partner and one gift by program: what their pages tell, masked alike, also by the numbers that webhooks name."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Account
from funds.operations import open_deposit_account
from partners import operations
from partners.models import Gift, GivingUnit, Partner
from partners.operations import Part
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
PARTNERS, GIFTS = reverse("api_partners", args=["harbor"]), reverse("api_gifts", args=["harbor"])


@pytest.fixture
def world(
    inside: Agency, alice: User, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> SimpleNamespace:
    """Ruth gave openly by check to Bob's unit and to another one, Orpah to Bob's unit without a name."""
    ruth = add("Moab", email="ruth@example.org", phone="+1 555 0101", number=("dpo", "00042"), note="sings")
    tag = operations.add_tag(agency=inside, actor=alice, name="Choir")
    operations.give_tag(agency=inside, actor=alice, tag=tag, partners=Partner.objects.filter(pk=ruth.pk))
    orpah = add("Kiryat", first_name="Orpah")
    return SimpleNamespace(
        ruth=ruth,
        orpah=orpah,
        split=giving(
            ruth, (places.mine, 6000), (places.general, 4000), method="check", reference="4711", intent="for wells"
        ),
        hidden=giving(
            orpah, (places.mine, 700), anonymous=True, reference="4712", intent="from Orpah", soft_partner=ruth
        ),
    )


def partner_of(browser: Visitor, pk: int) -> Any:
    return browser.get(reverse("api_partner", args=["harbor", pk]))


def gift_of(browser: Visitor, pk: int) -> Any:
    return browser.get(reverse("api_gift", args=["harbor", pk]))


def test_a_partner_is_told_as_far_as_the_caller_may_know(
    world: SimpleNamespace, alice: User, bob: User, carol: User, visit: Visit
) -> None:
    whole = partner_of(visit(alice), world.ruth.pk).json()
    about = whole["about"]
    assert (whole["name"], about["first_name"], about["salutation"], about["note"]) == (
        "Ruth Moab",
        "Ruth",
        "Ruth",
        "sings",
    )
    assert [(each["email"], each["whose"], each["not_valid_since"]) for each in about["emails"]] == [
        ("ruth@example.org", "partner", None)
    ]
    assert [(each["source"], each["value"]) for each in about["numbers"]] == [("dpo", "00042")]
    assert [each["number"] for each in about["phones"]] == ["+1 555 0101"]
    assert [each["name"] for each in about["tags"]] == ["Choir"]
    assert [each["name"] for each in about["giving_units"]] == ["Ruth Moab"]
    assert partner_of(visit(bob), world.ruth.pk).json()["about"]["emails"] == about["emails"]
    named = partner_of(visit(carol), world.ruth.pk).json()
    assert (named["name"], named["about"], named["last_gift"]) == ("Ruth Moab", None, None)
    assert [partner_of(visit(each), world.orpah.pk).status_code for each in (bob, carol)] == [404, 404]


def test_a_gift_is_told_as_on_its_page(
    world: SimpleNamespace, places: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    whole = gift_of(visit(alice), world.split.pk).json()
    unit, deposit = GivingUnit.objects.get(partner=world.ruth), Account.objects.get(kind="deposit")
    told = [whole[each] for each in ("partner", "giving_unit", "method", "reference", "whole", "deposit", "amount")]
    assert told == [world.ruth.pk, unit.pk, "check", "4711", True, deposit.pk, "100.00"]
    assert [(each["designation"], each["code"], each["intent"]) for each in whole["lines"]] == [
        (places.mine.pk, "0100", "for wells"),
        (places.general.pk, "0900", "for wells"),
    ]
    own = gift_of(visit(bob), world.split.pk).json()
    assert [own[each] for each in ("amount", "whole", "reference", "deposit", "posting", "batch", "import")] == [
        "60.00",
        False,
        "4711",
        None,
        None,
        None,
        None,
    ]


def test_an_anonymous_giver_is_hidden_from_programs_in_the_field(
    world: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    whole, own = (gift_of(visit(each), world.hidden.pk).json() for each in (alice, bob))
    assert (whole["partner"], whole["soft_credit"]["partner"]) == (world.orpah.pk, world.ruth.pk)
    kept = [own[each] for each in ("giver", "partner", "giving_unit", "reference", "number", "soft_credit")]
    assert kept == ["Anonymous giver", None, None, "", "", None]
    assert own["lines"][0]["intent"] == ""


def test_gifts_say_what_took_them_back_and_what_stands_in_their_place(
    inside: Agency, world: SimpleNamespace, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    today, browser = inside.today(), visit(alice)
    back = operations.refund_gift(
        agency=inside, actor=alice, gift=world.split, amount=Money(500, "USD"), on=today, reason="typo", key="r"
    )
    anew = operations.correct_gift(
        agency=inside,
        actor=alice,
        gift=world.hidden,
        reason="wrong place",
        key="c",
        parts=[Part(places.general, Money(700, "USD"))],
    ).replacement
    assert anew is not None
    assert gift_of(browser, world.split.pk).json()["reversed_by"] == [back.pk]
    assert gift_of(browser, back.pk).json()["reverses"] == world.split.pk
    correction = gift_of(browser, world.hidden.pk).json()["correction"]
    assert (correction["reason"], correction["replacement"]) == ("wrong place", anew.pk)
    assert gift_of(browser, anew.pk).json()["replaces"] == world.hidden.pk
    ids = [world.hidden.pk, back.pk, 987654321]
    named = browser.get(GIFTS, {"id": ids}).json()["results"]
    assert [(each["id"], each["withdrawn"]) for each in named] == [(world.hidden.pk, True), (back.pk, False)]
    assert [each["id"] for each in browser.get(GIFTS, {"id": ids, "state": ""}).json()["results"]] == [back.pk]


def test_partners_are_found_by_the_numbers_of_a_webhook(
    inside: Agency, world: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    operations.merge_partners(agency=inside, actor=alice, survivor=world.ruth, losers=[world.orpah])
    ids = {"id": [world.orpah.pk, world.ruth.pk]}
    (found,) = visit(alice).get(PARTNERS, ids).json()["results"]
    assert (found["id"], found["merged"]) == (world.ruth.pk, [world.orpah.pk])
    assert partner_of(visit(alice), world.orpah.pk).json()["id"] == world.ruth.pk
    assert visit(bob).get(PARTNERS, ids).json()["results"][0]["merged"] == []


@pytest.mark.parametrize("said", ["x", "-1", "9" * 30, "9" * 19])
def test_what_is_no_number_is_refused(said: str, inside: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    assert [browser.get(path, {"id": said}).status_code for path in (PARTNERS, GIFTS)] == [400, 400]
    assert browser.get(GIFTS, {"id": range(1, 102)}).status_code == 400


def test_a_gift_is_recorded_with_all_that_the_grid_knows(
    inside: Agency, ruth: GivingUnit, boaz: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    deposit = second_account(inside, alice)
    sent = {
        "giving_unit": ruth.pk,
        "date": "2026-03-04",
        "currency": "USD",
        "lines": [{"designation": places.mine.pk, "amount": "60.00"}],
        "in_return": "a dinner",
        "fair_market_value": "20.00",
        "soft_partner": boaz.partner_id,
        "soft_kind": "household",
        "deposit": deposit.pk,
        "posted_on": "2026-03-09",
    }
    answer = visit(alice).post(GIFTS, sent, content_type="application/json", headers={"Idempotency-Key": "k"})
    assert answer.status_code == 201
    told = answer.json()
    assert {name: told[name] for name in ("in_return", "fair_market_value", "deposit", "posted_on")} == {
        name: sent[name] for name in ("in_return", "fair_market_value", "deposit", "posted_on")
    }
    assert told["soft_credit"] == {"partner": boaz.partner_id, "name": "Boaz Elimelech", "kind": "household"}
    assert Gift.objects.get().fair_market_value == 2000


def second_account(agency: Agency, actor: User) -> Account:
    made: Account = open_deposit_account(agency=agency, actor=actor, name="Second", currency="USD")
    return made
