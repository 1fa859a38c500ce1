"""Batches in the browser, by plain forms and as the grid sends them, and for programs."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners.models import BatchPart, BatchRow, Gift, GiftBatch, GivingUnit, Partner
from partners.operations.batches import discard_batch
from tests.cast import Visitor
from tests.partners.batched import DAY, key_in, opened

Visit = Callable[[User], Visitor]
LIST, ADD = reverse("batches", args=["harbor"]), reverse("batch_add", args=["harbor"])
HEAD = {
    "key": "one-key",
    "title": "Mail of Tuesday",
    "deposited_on": "2026-03-04",
    "currency": "USD",
    "expected_count": "2",
    "expected_total": "150.00",
    "method": "check",
}


@pytest.fixture
def ruth(add: Callable[..., Partner]) -> GivingUnit:
    return GivingUnit.objects.get(partner=add("Moab", number=("HLM", "0077"), phone="+1 555 0104"))


@pytest.fixture
def batch(inside: Agency, alice: User, places: SimpleNamespace) -> GiftBatch:
    return opened(inside, alice, 2, 15000)


def at(name: str, batch: GiftBatch, *args: int) -> str:
    return reverse(name, args=["harbor", batch.pk, *args])


def line(**fields: Any) -> dict[str, Any]:
    """What a line of the grid sends."""
    given = {"key": "line-1", "revision": "", "giver": "Ruth Moab", "giving_unit": "", "amount": "100.00"}
    return {**given, "designation": "0100", "method": "check", "date": "2026-03-04", "kind": "gift", **fields}


def by_script(browser: Visitor, batch: GiftBatch, **fields: Any) -> Any:
    """A line as the grid sends it by itself."""
    return browser.post(at("batch_row_save", batch), line(**fields), headers={"X-Grid": "1"})


def test_from_the_count_to_the_ledger_by_plain_forms(
    ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    answer = browser.post(ADD, HEAD)
    batch = GiftBatch.objects.get()
    assert answer["Location"] == at("batch", batch)
    page = browser.get(at("batch", batch)).content.decode()
    assert "2 gifts and $150.00 missing" in page
    kept = browser.post(at("batch_row_save", batch), line(), follow=True)
    assert "1 gift and $50.00 missing" in kept.content.decode()
    on_paper = kept.content.decode().split("data-paper")[1].split("</table>")[0]
    assert all(word in on_paper for word in ("1 ·", "Ruth Moab", "0100 Riverbend", "$100.00", "Total"))
    browser.post(at("batch_row_save", batch), line(key="line-2", giver="?", amount="50", designation="general"))
    done = browser.post(at("batch_post", batch), {"key": "p"}, follow=True)
    assert "is posted" in done.content.decode()
    gift = Gift.objects.order_by("pk")[0]
    assert at("batch", batch) in browser.get(reverse("gift", args=["harbor", gift.pk])).content.decode()
    assert list(Gift.objects.order_by("pk").values_list("amount", "giving_unit__is_unidentified")) == [
        (10000, False),
        (5000, True),
    ]


def test_a_batch_that_does_not_match_is_not_posted_and_says_why(batch: GiftBatch, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(at("batch_post", batch), {"key": "p"})
    assert (answer.status_code, Gift.objects.count()) == (409, 0)
    assert "What was keyed is not what was counted" in answer.content.decode()
    assert re.search(r"<title>\s*Error:", answer.content.decode())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"expected_count": "0"}, "Number of gifts:"),
        ({"expected_total": "0"}, "Count the gifts and add them up first"),
        ({"expected_total": "1.234"}, "USD has no more than 2 decimals"),
        ({"deposited_on": "2999-01-01"}, "is in the future"),
        ({"title": ""}, "Where it came from:"),
        ({"currency": "XXX"}, "Currency:"),
    ],
)
def test_a_wrong_head_is_told_at_its_field(
    fields: dict[str, str], said: str, inside: Agency, alice: User, visit: Visit
) -> None:
    answer = visit(alice).post(ADD, {**HEAD, **fields})
    assert (answer.status_code, GiftBatch.objects.count()) == (422, 0)
    assert said in answer.content.decode()


@pytest.mark.parametrize("words", ["ruth moab", "77", "0077", "+1 555 0104", "moab"])
def test_the_giver_is_who_answers(words: str, ruth: GivingUnit, batch: GiftBatch, alice: User, visit: Visit) -> None:
    answer = by_script(visit(alice), batch, giver=words)
    assert (answer.status_code, answer.json()["values"]["giver"]) == (200, "Ruth Moab")
    found = visit(alice).get(reverse("givers", args=["harbor"]), {"q": words}).json()["givers"]
    assert [(each["id"], each["name"]) for each in found] == [(ruth.pk, "Ruth Moab")]


def test_several_who_answer_are_offered(
    ruth: GivingUnit, add: Callable[..., Partner], batch: GiftBatch, alice: User, visit: Visit
) -> None:
    orpah = GivingUnit.objects.get(partner=add("Moab", first_name="Orpah"))
    browser = visit(alice)
    said = by_script(browser, batch, giver="moab").json()
    assert [each["id"] for each in said["candidates"]] == [orpah.pk, ruth.pk]
    page = browser.post(at("batch_row_save", batch), line(giver="moab"))
    assert page.status_code == 422
    assert f'type="radio" name="giving_unit" value="{orpah.pk}"' in page.content.decode()
    assert by_script(browser, batch, giver="moab", giving_unit=orpah.pk).json()["values"]["giver"] == "Orpah Moab"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"giver": ""}, "giver", "Type part of a name"),
        ({"giver": "Nobody"}, "giver", "Nobody answers"),
        ({"giving_unit": "999999"}, "giver", "There is no such giver"),
        ({"amount": "1,2"}, "amount", "is not an amount"),
        ({"amount": "0"}, "__all__", "Enter at least one line"),
        ({"designation": "9999"}, "designation", "No open designation"),
        ({"designation": "r"}, "designation", "may be"),
        ({"date": "2999-01-01"}, "date", "in the future"),
        ({"date": ""}, "date", "Enter the day of giving."),
        ({"amount": ""}, "amount", "Enter the amount."),
        ({"kind": "in_kind"}, "description", "Say what was given"),
        ({"kind": "refund"}, "kind", "valid choice"),
        ({"tendered_amount": "5"}, "tendered_currency", "Say in which currency"),
        ({"tendered_amount": "5", "tendered_currency": "XYZ"}, "tendered_amount", "not a currency code"),
        ({"fair_market_value": "101"}, "fair_market_value", "cannot be worth more"),
        ({"fair_market_value": "40"}, "in_return", "Say what the giver got"),
        ({"in_return": "A dinner"}, "fair_market_value", "Estimate in good faith"),
        ({"fair_market_value": "40", "in_return": "A dinner", "intangible": "on"}, "intangible", "cannot say both"),
        ({"split_designation": "0900", "split_amount": "100"}, "amount", "nothing is left"),
        ({"split_designation": "0900", "split_amount": "x"}, "amount", "Part 1"),
        ({"soft_giver": "Nobody"}, "soft_giver", "Choose from the list"),
    ],
)
def test_what_is_wrong_stands_in_the_line_and_nothing_is_kept(
    fields: dict[str, str], field: str, said: str, ruth: GivingUnit, batch: GiftBatch, alice: User, visit: Visit
) -> None:
    answer = by_script(visit(alice), batch, **fields)
    assert (answer.status_code, BatchRow.objects.count()) == (422, 0)
    assert said in " ".join(answer.json()["problems"][field])
    page = visit(alice).post(at("batch_row_save", batch), line(**fields))
    assert (page.status_code, BatchRow.objects.count()) == (422, 0)
    assert said in page.content.decode()


def test_a_split_leaves_the_rest_to_the_first(ruth: GivingUnit, batch: GiftBatch, alice: User, visit: Visit) -> None:
    split = {"split_designation": ["0900", ""], "split_amount": ["40", ""], "split_intent": ["half", ""]}
    said = by_script(visit(alice), batch, intent="for the well", **split).json()
    assert (said["place"], said["missing"]) == (1, "1 gift and $50.00 missing")
    assert list(BatchPart.objects.order_by("place").values_list("designation__code", "amount", "intent")) == [
        ("0100", 6000, "for the well"),
        ("0900", 4000, "half"),
    ]
    page = " ".join(visit(alice).get(at("batch", batch)).content.decode().split())
    assert 'name="split_amount" value="40.00"' in page


def test_what_somebody_else_changed_is_not_overwritten(
    ruth: GivingUnit, batch: GiftBatch, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    revision = by_script(browser, batch).json()["values"]["revision"]
    assert by_script(browser, batch, amount="90", revision=revision).status_code == 200
    answer = by_script(browser, batch, amount="80", revision=revision)
    assert (answer.status_code, BatchRow.objects.get().amount) == (422, 9000)
    assert "Somebody else has changed this" in answer.content.decode()


def test_a_twin_is_warned_of_and_kept(ruth: GivingUnit, batch: GiftBatch, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    by_script(browser, batch)
    assert by_script(browser, batch, key="line-2").json()["note"] == (
        "Looks like batch 1, gift 1: the same giver and amount."
    )
    assert BatchRow.objects.count() == 2


def test_a_gift_is_taken_out_and_put_back(
    ruth: GivingUnit, places: SimpleNamespace, batch: GiftBatch, inside: Agency, alice: User, visit: Visit
) -> None:
    row, browser = key_in(inside, alice, batch, ruth, (places.mine, 100)), visit(alice)
    out = browser.post(at("batch_row_remove", batch, row.pk), follow=True).content.decode()
    assert "2 gifts and $150.00 missing" in out
    assert at("batch_row_restore", batch, row.pk) in out
    browser.post(at("batch_row_restore", batch, row.pk))
    assert BatchRow.objects.standing().count() == 1


def test_discarding_asks_why_and_leaves_a_way_back(batch: GiftBatch, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    assert browser.post(at("batch_discard", batch), {"reason": ""}).status_code == 422
    gone = browser.post(at("batch_discard", batch), {"reason": "Keyed twice"}, follow=True).content.decode()
    assert at("batch_take_up", batch) in gone
    assert "Keyed twice" in browser.get(at("batch", batch)).content.decode()
    browser.post(at("batch_take_up", batch))
    assert GiftBatch.objects.get().state == "open"


def test_the_list_is_filtered_and_its_file_is_the_screen(
    batch: GiftBatch, inside: Agency, alice: User, confirmed: Callable[[User], Visitor]
) -> None:
    other = opened(inside, alice, 1, 100, "o", title="Cards")
    discard_batch(agency=inside, actor=alice, batch=other, reason="Keyed twice")
    browser = confirmed(alice)
    for query, numbers in (
        ({}, [2, 1]),
        ({"state": "open"}, [1]),
        ({"q": "cards"}, [2]),
        ({"first": "2026-03-05"}, []),
    ):
        page = browser.get(LIST, query)
        assert [row.number for row in page.context["rows"]] == numbers
        file = browser.get(LIST, {**query, "export": "csv"}).content.decode("utf-8-sig").splitlines()
        assert [int(text.split(",")[0]) for text in file[1:]] == numbers
    assert browser.get(LIST, {"first": "x"}).status_code == 422


def test_the_slip_of_a_batch_leaves_as_a_file(
    ruth: GivingUnit,
    places: SimpleNamespace,
    batch: GiftBatch,
    inside: Agency,
    alice: User,
    confirmed: Callable[[User], Visitor],
) -> None:
    key_in(inside, alice, batch, ruth, (places.mine, 15000, "=well"), reference="4711", method="check")
    file = confirmed(alice).get(at("batch", batch), {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert file[1] == "1,Ruth Moab,0100 Riverbend,Check,4711,2026-03-04,'=well,150.00,USD,,"


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_many_gifts(
    count: int,
    ruth: GivingUnit,
    places: SimpleNamespace,
    batch: GiftBatch,
    inside: Agency,
    alice: User,
    visit: Visit,
    django_assert_num_queries: Any,
) -> None:
    browser = visit(alice)
    browser.get(LIST)
    for number in range(count):
        key_in(inside, alice, batch, ruth, (places.mine, 60), (places.general, 40 + number))
        opened(inside, alice, 1, 100, f"o{number}")
    for path, queries in ((LIST, LIST_QUERIES), (at("batch", batch), GRID_QUERIES)):
        with django_assert_num_queries(queries):
            browser.get(path)


LIST_QUERIES, GRID_QUERIES = 16, 19


def test_who_may_not_record_gifts_sees_no_batch(batch: GiftBatch, dan: User, bob: User, visit: Visit) -> None:
    for path in (LIST, ADD, at("batch", batch), reverse("givers", args=["harbor"])):
        assert [visit(user).get(path).status_code for user in (dan, bob)] == [403, 403]


def test_another_agency_has_neither_batch_nor_giver(
    ruth: GivingUnit, batch: GiftBatch, mallory: User, elsewhere: Agency, visit: Visit
) -> None:
    there = visit(mallory)
    assert there.get(at("batch", batch)).status_code == 404
    assert there.get(reverse("batch", args=["elsewhere", batch.pk])).status_code == 404
    assert there.get(reverse("givers", args=["elsewhere"]), {"q": "Moab"}).json() == {"givers": []}


API = "/api/a/harbor/batches/"


def test_programs_do_what_the_pages_do(ruth: GivingUnit, places: SimpleNamespace, alice: User, visit: Visit) -> None:
    browser = visit(alice)

    def send(path: str, content: Any = None, key: str = "", method: str = "post") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return getattr(browser, method)(API + path, content or {}, content_type="application/json", headers=headers)

    head = {
        "title": "Mail",
        "deposited_on": str(DAY),
        "currency": "USD",
        "expected_count": 1,
        "expected_total": "10.00",
    }
    assert send("", head).status_code == 400
    made = [send("", head, "k") for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    assert send("", {**head, "title": "Other"}, "k").status_code == 409
    pk = made[0].json()["id"]
    assert send(f"{pk}/", {"title": "Mail of Tuesday"}, method="patch").json()["expected_total"] == "10.00"
    part = {"designation": places.mine.pk, "amount": "10.00", "intent": "well"}
    row = {"key": "r", "giving_unit": ruth.pk, "date": str(DAY), "parts": [part], "reference": "4711"}
    kept = send(f"{pk}/rows/", row).json()
    assert (kept["amount"], kept["giver"], kept["parts"][0]["name"]) == ("10.00", "Ruth Moab", "Riverbend")
    assert send(f"{pk}/rows/", {**row, "giving_unit": 999999}).json() == {
        "giving_unit": [{"code": "invalid", "detail": "There is no such giver."}]
    }
    gone = send(f"{pk}/rows/{kept['id']}/", method="delete").json()
    assert (gone["missing_count"], gone["missing_total"], gone["matches"]) == (1, "10.00", False)
    assert send(f"{pk}/posting/", key="p").json()["code"] == "batch_not_matching"
    assert send(f"{pk}/rows/{kept['id']}/").json()["matches"]
    assert [send(f"{pk}/posting/", key="p").json()["state"] for _ in range(2)] == ["posted", "posted"]
    assert send(f"{pk}/discarding/", {"reason": "x"}).status_code == 409
    assert browser.get(f"{API}{pk}/rows/").json()["results"][0]["gift"] == Gift.objects.get().pk
    assert [each["number"] for each in browser.get(API, {"state": "posted"}).json()["results"]] == [1]
