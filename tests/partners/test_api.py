"""The API of partners and gifts: same rights, same operations, cursor pages, sent twice done once."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry
from partners import operations
from partners.models import Gift, GivingUnit
from tests.cast import SECRET, Visitor

Visit = Callable[[User], Visitor]
PARTNERS, GIFTS = reverse("api_partners", args=["harbor"]), reverse("api_gifts", args=["harbor"])
QUERIES = {PARTNERS: 24, GIFTS: 19}


def send(browser: Visitor, content: dict[str, Any], key: str = "k1") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return browser.post(GIFTS, content, content_type="application/json", headers=headers)


def gift_to(place: Any, giver: Any, amount: str = "60.00", **fields: Any) -> dict[str, Any]:
    line = {"designation": getattr(place, "pk", place), "amount": amount}
    return {
        "giving_unit": getattr(giver, "pk", giver),
        "date": "2026-03-04",
        "currency": "USD",
        "lines": [line],
        **fields,
    }


def test_a_gift_sent_twice_is_one(ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    browser, content = visit(alice), gift_to(places.mine, ruth)
    answers = [send(browser, content) for _ in range(2)]
    gift = Gift.objects.get()
    assert [(answer.status_code, answer.json()["id"]) for answer in answers] == [(201, gift.pk)] * 2
    (line,) = answers[0].json()["lines"]
    assert (line["designation"], line["name"], line["amount"]) == (places.mine.pk, "Riverbend", "60.00")
    other = send(browser, gift_to(places.mine, ruth, "61.00"))
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    assert Gift.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "key", "status"),
    [
        ({}, "", 400),
        ({"lines": []}, "k", 400),
        ({"date": "x"}, "k", 400),
        ({"currency": "XXQ"}, "k", 422),
        ({"giving_unit": 2**70}, "k", 400),
    ],
)
def test_what_is_wrong_is_refused(
    content: dict[str, Any], key: str, status: int, ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    assert send(visit(alice), {**gift_to(places.mine, ruth), **content}, key).status_code == status
    assert Gift.objects.count() == 0


@pytest.mark.parametrize("amount", ["NaN", "1e3", "0", "-1", "0.001", "9999999999999", ""])
def test_amounts_are_exact(amount: str, ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    assert send(visit(alice), gift_to(places.mine, ruth, amount)).status_code in {400, 409, 422}
    assert Gift.objects.count() == 0


def test_ids_of_another_agency_are_like_missing_ones(
    ruth: GivingUnit, places: SimpleNamespace, elsewhere: Agency, mallory: User, alice: User, visit: Visit
) -> None:
    with scope.of_agency(elsewhere.pk):
        partner = operations.add_partner(agency=elsewhere, actor=mallory, kind="person", last_name="Secret")
        theirs = GivingUnit.objects.get(partner=partner)
    browser = visit(alice)
    answers = [send(browser, gift_to(places.mine, giver)) for giver in (theirs.pk, 987654321)]
    assert [(each.status_code, each.json()) for each in answers] == [
        (400, {"giving_unit": [{"code": "invalid", "detail": "There is no such giver."}]})
    ] * 2
    by_place = send(browser, gift_to(987654321, ruth))
    assert by_place.json() == {"lines": [{"code": "invalid", "detail": "There is no such designation."}]}


def test_lists_by_role(
    ruth: GivingUnit,
    giving: Any,
    add: Any,
    places: SimpleNamespace,
    alice: User,
    bob: User,
    carol: User,
    dan: User,
    mallory: User,
    visit: Visit,
) -> None:
    giving(ruth.partner, (places.mine, 6000), (places.general, 4000))
    giving(add("Orpah"), (places.mine, 700), anonymous=True)
    everything = visit(alice).get(GIFTS).json()["results"]
    assert [(each["giver"], each["amount"]) for each in everything] == [("Ruth Moab", "100.00"), ("Ruth Orpah", "7.00")]
    own = visit(bob).get(GIFTS).json()["results"]
    assert [(each["giver"], each["amount"], len(each["lines"])) for each in own] == [
        ("Ruth Moab", "60.00", 1),
        ("Anonymous giver", "7.00", 1),
    ]
    assert [each["name"] for each in visit(bob).get(PARTNERS).json()["results"]] == ["Ruth Moab"]
    (named,) = visit(carol).get(PARTNERS).json()["results"]
    assert (named["name"], named["this_year"], named["last_gift"], named["commitments"]) == (
        "Ruth Moab",
        None,
        None,
        None,
    )
    assert [visit(dan).get(path).status_code for path in (PARTNERS, GIFTS)] == [403, 403]
    assert visit(mallory).get(PARTNERS).status_code == 404
    assert visit(bob).post(GIFTS, {}, content_type="application/json").status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_pages_take_the_same_queries(
    rows: int, add: Any, giving: Any, places: SimpleNamespace, alice: User, visit: Visit, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        giving(add(f"Moab{number}"), (places.mine, 100))
    browser = visit(alice)
    for path in (PARTNERS, GIFTS):
        with django_assert_num_queries(QUERIES[path] + 2):  # three of them write the reading down, once an hour
            assert len(browser.get(path).json()["results"]) == rows
        with django_assert_num_queries(QUERIES[path]):
            assert len(browser.get(path).json()["results"]) == rows


def test_reading_is_written_down(
    ruth: GivingUnit, giving: Any, places: SimpleNamespace, bob: User, visit: Visit
) -> None:
    giving(ruth.partner, (places.mine, 6000))
    browser = visit(bob)
    for path in (PARTNERS, PARTNERS, GIFTS):
        assert browser.get(path, {"q": ""}).status_code == 200
    entries = AuditEntry.objects.filter(actor=bob).order_by("pk")
    assert [(each.verb, each.changes["records"], each.changes["filters"]) for each in entries] == [
        ("read partners by API", 1, ""),
        ("read gifts by API", 1, ""),
    ]


def test_the_cursor_leads_through_all(add: Any, alice: User, visit: Visit) -> None:
    made = [add(f"Moab{number}").pk for number in range(51)]
    browser = visit(alice)
    first = browser.get(PARTNERS).json()
    second = browser.get(first["next"]).json()
    assert [each["id"] for each in (*first["results"], *second["results"])] == made
    assert SECRET not in str(first)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=-1", "limit=ten", "limit=", "cursor=zzz"])
def test_what_turns_no_page_is_refused(query: str, inside: Agency, alice: User, visit: Visit) -> None:
    answer = visit(alice).get(f"{PARTNERS}?{query}")
    name = query.partition("=")[0]
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (400, f"bad_{name}", name)


@pytest.mark.parametrize("said", ["0", "501", "ten"])
def test_a_list_that_is_turned_by_offset_cuts_nothing_in_silence(
    said: str, inside: Agency, alice: User, visit: Visit
) -> None:
    answer = visit(alice).get(reverse("api_webhooks", args=["harbor"]) + f"?limit={said}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_limit")


def test_a_page_holds_as_many_as_were_asked_for(add: Any, inside: Agency, alice: User, visit: Visit) -> None:
    for number in range(3):
        add(f"Moab{number}")
    first = visit(alice).get(f"{PARTNERS}?limit=2").json()
    rest = visit(alice).get(first["next"]).json()
    assert (len(first["results"]), len(rest["results"]), rest["next"]) == (2, 1, None)


def test_who_is_not_signed_in_hears_a_code(inside: Agency, client: Any) -> None:
    unsigned = client.get(PARTNERS)
    unknown = client.get(PARTNERS, headers={"Authorization": "Bearer nothing"})
    assert (unsigned.status_code, unsigned.json()["code"]) == (401, "not_authenticated")
    assert (unknown.status_code, unknown.json()["code"]) == (401, "authentication_failed")
