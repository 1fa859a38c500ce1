"""What receipts have to say of goods is asked at every door by the same rule."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners import operations
from partners.goods import (
    Goods,
    NotDescribed,
    ReturnNotDescribed,
    ReturnNotValued,
    TwoStatements,
    ValueAboveGift,
    check_goods,
)
from partners.models import BatchRow, Gift, GivingUnit
from partners.operations import Part
from tests.cast import Visitor
from tests.partners.batched import key_in, opened, post
from tests.partners.test_batch_pages import by_script
from tests.partners.test_gift_entry import ADD, form_of

Visit = Callable[[User], Visitor]
Giving = Callable[..., Gift]
API = "/api/a/harbor/gifts/"
DINNER = {"in_return": "A dinner", "fair_market_value": 40}

WRONG: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"kind": "in_kind"}, NotDescribed, "description"),
    ({"kind": "in_kind", "description": "  "}, NotDescribed, "description"),
    ({"fair_market_value": 40}, ReturnNotDescribed, "in_return"),
    ({"in_return": "A dinner"}, ReturnNotValued, "fair_market_value"),
    ({"in_return": "A dinner", "fair_market_value": 0}, ReturnNotValued, "fair_market_value"),
    ({"in_return": "A dinner", "fair_market_value": 101}, ValueAboveGift, "fair_market_value"),
    ({"in_return": "A dinner", "fair_market_value": -1}, ValueAboveGift, "fair_market_value"),
    ({**DINNER, "intangible": True}, TwoStatements, "intangible"),
    ({"fair_market_value": 0, "intangible": True}, TwoStatements, "intangible"),
]
RIGHT: list[dict[str, Any]] = [
    {},
    DINNER,
    {"intangible": True},
    {"kind": "in_kind", "description": "Books"},
    {"kind": "in_kind", "description": "Books", **DINNER},
]


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """As a form or a program sends it: the value as text, in dollars."""
    value = fields.get("fair_market_value")
    return fields if value is None else {**fields, "fair_market_value": f"{value}.00"}


def in_dollars(fields: dict[str, Any]) -> dict[str, Any]:
    value = fields.get("fair_market_value")
    return fields if value is None else {**fields, "fair_market_value": value * 100}


@pytest.mark.parametrize(("fields", "refusal", "field"), WRONG)
def test_the_rule_names_what_is_missing(fields: dict[str, Any], refusal: type[Exception], field: str) -> None:
    with pytest.raises(refusal) as said:
        check_goods(Goods(**{"kind": "gift", **fields}), 100)
    assert said.value.field == field  # type: ignore[attr-defined]


def test_every_door_refuses_alike(
    ruth: GivingUnit, places: SimpleNamespace, giving: Giving, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, batch = visit(alice), opened(inside, alice, 1, 10000)
    gift = giving(ruth.partner, (places.mine, 10000))
    correct = reverse("gift_correct", args=["harbor", gift.pk])
    sent = {"giving_unit": ruth.pk, "date": "2026-03-04", "currency": "USD"}
    sent["lines"] = [{"designation": places.mine.pk, "amount": "100.00"}]
    for place, (fields, _, field) in enumerate(WRONG):
        said = {name: value for name, value in typed(fields).items() if value is not False}
        anew = form_of(ruth, (places.mine, "100.00"), key=f"w{place}", reason="typed wrongly", how="replace", **said)
        for page in (ADD, correct):
            answer = browser.post(page, anew)
            assert (answer.status_code, list(answer.context["form"].errors)) == (
                422,
                [field],
            ), (page, fields)
        row = by_script(browser, batch, giver="", giving_unit=ruth.pk, **said)
        assert (row.status_code, list(row.json()["problems"])) == (422, [field]), fields
        api = browser.post(
            API, {**sent, **said}, content_type="application/json", headers={"Idempotency-Key": f"w{place}"}
        )
        assert (api.status_code, field in api.content.decode()) == (422, True), fields
    assert list(Gift.objects.all()) == [gift]


def test_every_door_takes_the_same(
    ruth: GivingUnit, places: SimpleNamespace, giving: Giving, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, batch = visit(alice), opened(inside, alice, len(RIGHT), len(RIGHT) * 10000)
    sent = {"giving_unit": ruth.pk, "date": "2026-03-04", "currency": "USD"}
    sent["lines"] = [{"designation": places.mine.pk, "amount": "100.00"}]
    for place, fields in enumerate(RIGHT):
        said, key = typed(fields), f"r{place}"
        browser.post(ADD, form_of(ruth, (places.mine, "100.00"), key=key, **said))
        browser.post(API, {**sent, **said}, content_type="application/json", headers={"Idempotency-Key": f"a{place}"})
        by_script(browser, batch, key=key, giver="", giving_unit=ruth.pk, **said)
        old = giving(ruth.partner, (places.mine, 10000))
        anew = form_of(ruth, (places.mine, "100.00"), key=f"c{place}", reason="forgotten", how="replace", **said)
        browser.post(reverse("gift_correct", args=["harbor", old.pk]), anew)
    post(inside, alice, batch)
    names = ("kind", "description", "in_return", "fair_market_value", "intangible")
    blank = {"kind": "gift", "description": "", "in_return": "", "fair_market_value": None, "intangible": False}
    stands = Gift.objects.standing().values_list(*names)
    assert sorted(map(repr, stands)) == sorted(
        repr(tuple({**blank, **in_dollars(fields)}[name] for name in names)) for fields in RIGHT for _ in range(4)
    )


def test_a_correction_of_the_amount_keeps_what_the_giver_got(
    ruth: GivingUnit, places: SimpleNamespace, giving: Giving, inside: Agency, alice: User, visit: Visit
) -> None:
    gift = giving(ruth.partner, (places.mine, 10000), in_return="A dinner", fair_market_value=4000)
    page = visit(alice).get(reverse("gift_correct", args=["harbor", gift.pk]))
    assert {n: page.context["form"][n].value() for n in ("in_return", "fair_market_value")} == {
        "in_return": "A dinner",
        "fair_market_value": "40.00",
    }
    anew: dict[str, Any] = {"agency": inside, "actor": alice, "gift": gift, "reason": "half"}
    with pytest.raises(ValueAboveGift):
        operations.correct_gift(**anew, key="c", parts=[Part(places.mine, Money(3999, "USD"))])
    made = operations.correct_gift(**anew, key="d", parts=[Part(places.mine, Money(5000, "USD"))]).replacement
    assert made is not None
    assert (made.in_return, made.fair_market_value) == ("A dinner", 4000)


def test_words_that_stood_with_the_goods_given_are_carried_to_their_field(
    ruth: GivingUnit, places: SimpleNamespace, giving: Giving, inside: Agency, alice: User
) -> None:
    """As the grid wrote them before: one description, whichever way the goods went."""
    now = giving(ruth.partner, (places.mine, 10000), **in_dollars(DINNER))
    before = Gift.objects.get(pk=now.pk)
    before.description, before.in_return = now.in_return, ""
    assert (before.got_in_return, operations.carried_over(before)) == ("A dinner", operations.carried_over(now))


def test_the_database_refuses_two_statements(inside: Agency, alice: User, ruth: GivingUnit, places: Any) -> None:
    batch = opened(inside, alice, 1, 100)
    key_in(inside, alice, batch, ruth, (places.mine, 100), intangible=True)
    with pytest.raises(IntegrityError, match="batch_row_one_statement"), transaction.atomic():
        BatchRow.objects.update(fair_market_value=50)


def test_the_page_of_the_gift_says_which(
    ruth: GivingUnit, places: SimpleNamespace, giving: Giving, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    gifts = [giving(ruth.partner, (places.mine, 10000), **in_dollars(fields)) for fields in RIGHT[1:4]]
    told = [browser.get(reverse("gift", args=["harbor", gift.pk])).content.decode() for gift in gifts]
    for page, words in zip(told, ("A dinner", "nothing but intangible religious benefits", "Books"), strict=True):
        assert words in page
