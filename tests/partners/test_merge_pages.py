"""The pages of duplicates: the list, records side by side, merging and undoing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import DuplicateCandidate, Gift, Merge, NotSame, Partner
from partners.operations.duplicates import look_again
from tests.cast import Visitor

Visit = Callable[[User], Visitor]
ADDRESS = {"lines": "12 Mill Lane", "city": "Riverbend", "postal_code": "12345"}


def to(name: str, *args: Any, **query: Any) -> str:
    path = reverse(name, args=["harbor", *args])
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def pair(add: Any, places: SimpleNamespace, giving: Callable[..., Gift]) -> SimpleNamespace:
    kept, gone = add("Moab", email="ruth@example.org"), add("Moab", first_name="Ruth A.", email="ruth@example.org")
    giving(kept, (places.mine, 5000))
    giving(gone, (places.closed, 2000), currency="EUR")
    return SimpleNamespace(kept=kept, gone=gone)


def pairs(answer: Any) -> list[tuple[str, str, str, str]]:
    return [(row.one.name, row.two.name, row.certainty, row.reasons) for row in answer.context["rows"]]


def test_the_list_tells_who_and_why_the_surest_first(
    pair: SimpleNamespace, add: Any, act: dict[str, Any], visit: Visit, alice: User
) -> None:
    one, _two = add("Boaz", address=ADDRESS), add("Boas", address=ADDRESS)
    browser = visit(alice)
    sure = ("Ruth Moab", "Ruth A. Moab", "Almost certain", "Names alike 90 %, same e-mail")
    likely = ("Ruth Boaz", "Ruth Boas", "Likely", "Names alike 89 %, same address")
    assert pairs(browser.get(to("duplicates"))) == [sure, likely]
    assert pairs(browser.get(to("duplicates", certainty="likely"))) == [likely]
    assert pairs(browser.get(to("duplicates", reason="email"))) == [sure]
    assert pairs(browser.get(to("duplicates", partner=one.pk))) == [likely]
    assert pairs(browser.get(to("duplicates", q="moab"))) == [sure]
    assert "1 record may be the same" in browser.get(to("partner", one.pk)).content.decode()


def test_the_list_asks_as_much_for_three_pairs_as_for_one(
    add: Any, act: dict[str, Any], visit: Visit, alice: User
) -> None:
    browser, asked = visit(alice), []
    for number in range(3):
        for _twice in range(2):
            add(f"Moab{number}", email=f"ruth{number}@example.org")
        browser.get(to("duplicates"))
        with CaptureQueriesContext(connection) as caught:
            assert len(browser.get(to("duplicates")).context["rows"]) == number + 1
        asked.append(len(caught))
    assert asked[0] == asked[1] == asked[2]


def test_two_are_compared_merged_and_undone(pair: SimpleNamespace, visit: Visit, alice: User, inside: Agency) -> None:
    browser, page = visit(alice), to("partners_compare", partner=[pair.kept.pk, pair.gone.pk])
    answer = browser.get(page)
    rows = {row.label: [cell.lines for cell in row.cells] for part in answer.context["sections"] for row in part.rows}
    assert rows["First name"] == [["Ruth"], ["Ruth A."]]
    assert rows["Given"] == [["$50.00 in one line"], ["€20.00 in one line"]]
    sent = {"survivor": pair.kept.pk, "key": "k1", "reason": "She told us", "take_first_name": pair.gone.pk}
    done = browser.post(page, sent)
    assert done.headers["Location"] == to("partner", pair.kept.pk)
    record = browser.get(to("partner", pair.kept.pk))
    assert "Ruth A. Moab" in record.content.decode()
    assert [(row.name, row.reason) for row in record.context["merged"]] == [("Ruth A. Moab", "She told us")]
    assert browser.post(page, sent).status_code == 404  # it was sent before, and the loser stands no more
    led = browser.get(to("partner", pair.gone.pk))
    assert (led.status_code, led.headers["Location"]) == (302, to("partner", pair.kept.pk))
    merge = Merge.objects.get()
    asked = browser.get(to("merge_undo", merge.pk))
    assert asked.context["comes_back"] == [("Ruth A. Moab", "€20.00", 1)]
    assert browser.post(to("merge_undo", merge.pk), {}).headers["Location"] == to("partner", pair.gone.pk)
    assert Partner.objects.standing().count() == 2
    assert browser.post(to("merge_undo", merge.pk), {}).status_code == 422


def test_not_the_same_is_remembered_and_taken_back(
    pair: SimpleNamespace, visit: Visit, alice: User, inside: Agency
) -> None:
    browser = visit(alice)
    browser.post(to("keep_apart"), {"one": pair.kept.pk, "two": pair.gone.pk})
    look_again(agency=inside, partner_ids=[pair.kept.pk])
    assert pairs(browser.get(to("duplicates"))) == []
    said = browser.get(to("duplicates_apart")).context["rows"]
    assert [(row.one.name, row.two.name, row.by) for row in said] == [("Ruth Moab", "Ruth A. Moab", str(alice))]
    page = to("partners_compare", partner=[pair.kept.pk, pair.gone.pk])
    refused = browser.post(page, {"survivor": pair.kept.pk, "key": "k", "take_first_name": pair.kept.pk})
    assert refused.status_code == 422
    browser.post(to("keep_apart_end", NotSame.objects.get().pk))
    assert DuplicateCandidate.objects.count() == 1


def test_who_has_not_the_right_learns_nothing(pair: SimpleNamespace, visit: Visit, bob: User, dan: User) -> None:
    """Bob leads both units of these partners, Dan sits on the board."""
    for person in (bob, dan):
        browser = visit(person)
        for name in ("duplicates", "duplicates_apart"):
            assert browser.get(to(name)).status_code == 403
        page = to("partners_compare", partner=[pair.kept.pk, pair.gone.pk])
        assert browser.get(page).status_code == 403
        assert browser.post(to("keep_apart"), {"one": pair.kept.pk, "two": pair.gone.pk}).status_code == 403
    assert "may be the same" not in visit(bob).get(to("partner", pair.kept.pk)).content.decode()


def test_the_other_record_is_found_from_one(pair: SimpleNamespace, visit: Visit, alice: User) -> None:
    answer = visit(alice).get(to("partners_compare", partner=pair.kept.pk, q="moab"))
    found = [(each.name, url) for each, url in answer.context["rows"]]
    assert found == [("Ruth A. Moab", to("partners_compare", partner=[pair.kept.pk, pair.gone.pk]))]


@pytest.mark.parametrize(
    "said", ["partner=", "partner=x", "partner=0", "partner=1&partner=2&partner=3&partner=4&partner=5"]
)
def test_who_is_not_here_is_not_compared(inside: Agency, visit: Visit, alice: User, said: str) -> None:
    assert visit(alice).get(f"{to('partners_compare')}?{said}").status_code == 404


def test_without_a_record_one_is_led_to_the_list(inside: Agency, visit: Visit, alice: User) -> None:
    browser = visit(alice)
    for answer in (browser.get(to("partners_compare")), browser.post(to("keep_apart"), {})):
        assert (answer.status_code, answer.headers["Location"]) == (302, to("duplicates"))


def test_three_are_merged_at_once_and_undone_one_by_one(
    add: Any, act: dict[str, Any], visit: Visit, alice: User
) -> None:
    three = [add("Moab", first_name=name) for name in ("Ruth", "Rut", "R")]
    page = to("partners_compare", partner=[each.pk for each in three])
    sent = {"survivor": three[0].pk, "key": "k", "take_first_name": three[1].pk}
    assert visit(alice).post(page, sent).status_code == 302
    assert Partner.objects.standing().get().name == "Rut Moab"
    for merge in Merge.objects.order_by("-pk"):
        operations.undo_merge(**act, merge=merge)
    assert [each.name for each in Partner.objects.standing().order_by("pk")] == ["Ruth Moab", "Rut Moab", "R Moab"]


@pytest.mark.parametrize("listing", ["gifts", "commitments"])
def test_an_old_link_of_a_list_leads_to_the_record_that_stays(
    listing: str, pair: SimpleNamespace, act: dict[str, Any], visit: Visit, alice: User
) -> None:
    operations.merge_partners(**act, survivor=pair.kept, losers=[pair.gone])
    answer = visit(alice).get(to(listing, partner=pair.gone.pk))
    assert (answer.status_code, answer.context["form"].cleaned_data["partner"]) == (200, pair.kept)
    assert visit(alice).get(to(listing, partner=987654321)).status_code == 422
