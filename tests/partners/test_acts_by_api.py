"""What pages do with partners and gifts, programs do: the same rules, and once however often it is sent."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Contact, EmailAddress, Gift, GivingUnit, Partner, ReviewItem, Tagging
from partners.operations import unidentified_giver
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


class Program:
    """What a program of one person sends, with a key of its own for each request."""

    def __init__(self, browser: Visitor) -> None:
        self.browser, self.sent = browser, 0

    def send(self, name: str, content: Any, *parts: int, method: str = "post", key: str = "", query: str = "") -> Any:
        self.sent += 1
        headers = {"Idempotency-Key": key or f"key-{self.sent}"}
        path = reverse(f"api_{name}", args=["harbor", *parts]) + query
        return getattr(self.browser, method)(path, content, content_type="application/json", headers=headers)


@pytest.fixture
def program(alice: User, visit: Visit) -> Program:
    return Program(visit(alice))


def test_a_partner_is_added_changed_and_reached(inside: Agency, program: Program) -> None:
    new = {
        "kind": "person",
        "first_name": "Naomi",
        "last_name": "Bethlehem",
        "email": "naomi@example.org",
        "address": {"lines": "1 Gate", "city": "Bethlehem"},
        "number": {"source": "dpo", "value": "7"},
    }
    answers = [program.send("partners", new, key="once") for _ in range(2)]
    partner = Partner.objects.get()
    assert [(each.status_code, each.json()["id"]) for each in answers] == [(201, partner.pk)] * 2
    about = answers[0].json()["about"]
    assert (about["addresses"][0]["city"], about["numbers"][0]["value"]) == ("Bethlehem", "7")
    changed = program.send("partner", {"roman_name": "Mara", "language": "he"}, partner.pk, method="patch").json()
    assert (changed["about"]["roman_name"], changed["about"]["first_name"]) == ("Mara", "Naomi")
    nameless = program.send("partner", {"first_name": "", "last_name": ""}, partner.pk, method="patch")
    assert (nameless.status_code, nameless.json()["code"]) == (409, "partner_name_missing")
    phone = program.send("phones", {"number": "+972 5", "whose": "partner"}, partner.pk)
    assert (phone.status_code, phone.json()["not_valid_since"]) == (201, None)
    assert program.send("addresses", {"lines": "2 Gate"}, partner.pk).status_code == 201
    taken = program.send("numbers", {"source": "dpo", "value": "0007"}, another(program).json()["id"])
    assert (taken.status_code, taken.json()["code"]) == (409, "external_id_taken")
    known = program.send("emails", {"email": "NAOMI@example.org"}, partner.pk)
    assert (known.status_code, known.json()["code"], known.json()["field"]) == (409, "email_known", "email")
    way = EmailAddress.objects.get()
    ended = program.send("email_end", {}, way.pk).json()
    assert ended["not_valid_since"] == str(inside.today())
    assert program.send("email_restore", {}, way.pk).json()["not_valid_since"] is None


def another(program: Program) -> Any:
    return program.send("partners", {"kind": "person", "last_name": "Moab"})


def test_a_gift_is_corrected_withdrawn_and_refunded(
    inside: Agency, ruth: GivingUnit, boaz: GivingUnit, giving: Any, places: SimpleNamespace, program: Program
) -> None:
    gift = giving(ruth.partner, (places.mine, 6000), method="check", reference="4711", soft_partner=boaz.partner)
    anew = {"reason": "wrong fund", "how": "replace", "lines": [{"designation": places.general.pk, "amount": "70.00"}]}
    answers = [program.send("gift_correct", anew, gift.pk, key="once") for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    told = answers[0].json()
    assert answers[1].json()["id"] == told["id"]
    kept = [told[name] for name in ("amount", "method", "reference", "replaces", "giving_unit")]
    assert kept == ["70.00", "check", "4711", gift.pk, ruth.pk]
    assert told["soft_credit"]["partner"] == boaz.partner_id
    again = program.send("gift_correct", anew, gift.pk)
    assert (again.status_code, again.json()["code"]) == (409, "withdrawn_already")
    assert program.send("gift_correct", {"reason": "x", "how": "replace"}, told["id"]).status_code == 400
    back = {"amount": "20.00", "on": str(inside.today()), "reason": "asked for it"}
    refund = program.send("gift_refund", back, told["id"]).json()
    assert (refund["amount"], refund["reverses"], refund["kind"]) == ("-20.00", told["id"], "refund")
    more = program.send("gift_refund", {**back, "amount": "50.01"}, told["id"])
    assert (more.status_code, more.json()["code"], more.json()["field"]) == (409, "more_than_given", "amount")
    gone = program.send("gift_correct", {"reason": "never went back", "how": "withdraw"}, refund["id"]).json()
    assert (gone["id"], gone["withdrawn"], gone["correction"]["replacement"]) == (refund["id"], True, None)


def test_thanks_are_logged_and_taken_back(
    ruth: GivingUnit, giving: Any, places: SimpleNamespace, program: Program
) -> None:
    gift = giving(ruth.partner, (places.mine, 6000))
    thanks = program.send("gift_thank", {"channel": "call"}, gift.pk)
    assert (thanks.status_code, thanks.json()["outcome"]) == (201, "thanked")
    assert program.send("contact_withdraw", {"reason": "slip"}, thanks.json()["id"]).status_code == 200
    assert Contact.objects.standing().count() == 0


def test_repeated_after_it_was_taken_back_it_is_refused(
    inside: Agency, ruth: GivingUnit, giving: Any, places: SimpleNamespace, program: Program
) -> None:
    gift = giving(ruth.partner, (places.mine, 6000))
    contact = {"channel": "call", "outcome": "talked", "happened_on": str(inside.today())}
    acts: list[tuple[str, Any, Any]] = [("gift_thank", {"channel": "call"}, gift.pk)]
    for name, content, pk in [*acts, ("contacts", contact, ruth.partner_id)]:
        first, same = (program.send(name, content, pk, key=name) for _ in range(2))
        assert (first.status_code, same.json()) == (201, first.json())
        program.send("contact_withdraw", {}, first.json()["id"])
        again = program.send(name, content, pk, key=name)
        assert (again.status_code, again.json()["code"]) == (409, "contact_withdrawn")
    assert Contact.objects.standing().count() == 0


def test_a_value_in_return_is_said_anew_in_another_currency(
    ruth: GivingUnit, giving: Any, places: SimpleNamespace, program: Program
) -> None:
    gift = giving(ruth.partner, (places.mine, 10000), in_return="A dinner", fair_market_value=2000)
    lines = [{"designation": places.mine.pk, "amount": "130000"}]
    anew = {"reason": "won", "how": "replace", "currency": "KRW", "lines": lines}
    refused = program.send("gift_correct", anew, gift.pk)
    told = [refused.json()[name] for name in ("code", "field")]
    assert (refused.status_code, told) == (422, ["return_not_valued", "fair_market_value"])
    assert "20.00 USD" in refused.json()["detail"]
    said = program.send("gift_correct", {**anew, "fair_market_value": "26000"}, gift.pk).json()
    assert [said[name] for name in ("amount", "currency", "fair_market_value")] == ["130000", "KRW", "26000"]


def test_what_waits_is_listed_and_settled(
    inside: Agency, alice: User, places: SimpleNamespace, program: Program
) -> None:
    giver = unidentified_giver(agency=inside)
    gift = {"giving_unit": giver.pk, "date": "2026-03-04", "currency": "USD"}
    made = program.send("gifts", {**gift, "lines": [{"designation": places.mine.pk, "amount": "5.00"}]}).json()
    item = ReviewItem.objects.get()
    (waiting,) = program.browser.get(reverse("api_reviews", args=["harbor"])).json()["results"]
    told = [waiting[name] for name in ("id", "gift", "reason", "amount", "partner", "settled_at")]
    assert told == [item.pk, made["id"], "unidentified_donor", "5.00", None, None]
    assert made["reviews"] == [{"id": item.pk, "line": made["lines"][0]["id"], "reason": "unidentified_donor"}]
    assert program.send("review_settle", {}, item.pk).status_code == 400
    assert program.send("review_settle", {"outcome": "x"}, 987654321).status_code == 404
    assigned = program.send(
        "line_assign", {"designation": places.general.pk, "reason": "x"}, made["lines"][0]["id"]
    ).json()
    assert assigned["code"] == "not_in_suspense"
    back = program.send("line_take_back", {"reason": "x"}, made["lines"][0]["id"]).json()
    assert back["code"] == "not_assigned"


def test_a_tag_is_given_to_exactly_those_of_the_filter(
    inside: Agency, alice: User, add: Callable[..., Partner], program: Program
) -> None:
    for name in ("Moab", "Moabson", "Kiryat"):
        add(name)
    tag = operations.add_tag(agency=inside, actor=alice, name="Choir")
    wrong = program.send("partners_tag", {"tag": tag.pk, "expected": 3}, query="?q=Moab")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "list_changed")
    given = program.send("partners_tag", {"tag": tag.pk, "expected": 2}, query="?q=Moab")
    assert (given.status_code, given.json()["partners"]) == (201, 2)
    assert Tagging.objects.count() == 2


@pytest.mark.parametrize("name", ["gift_correct", "gift_refund"])
def test_who_may_not_record_gifts_corrects_none(
    name: str, ruth: GivingUnit, giving: Any, places: SimpleNamespace, bob: User, visit: Visit
) -> None:
    gift: Gift = giving(ruth.partner, (places.mine, 6000))
    assert Program(visit(bob)).send(name, {}, gift.pk).status_code == 403
