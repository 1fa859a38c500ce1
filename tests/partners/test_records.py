"""One partner's record: adding, changing, ways to reach, numbers, promises, and where the record shows up."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry
from partners.models import Commitment, EmailAddress, GivingUnit, Partner
from partners.slots import unit_giving
from tests.cast import Visitor
from tests.ssu.conftest import seat

Visit = Callable[[User], Visitor]
ADD = reverse("partner_add", args=["harbor"])
RUTH = {"kind": "person", "first_name": "Ruth", "last_name": "Moab"}


def test_a_partner_is_added_with_everything(agency: Agency, alice: User, inside: Agency, visit: Visit) -> None:
    reach = {"email": "ruth@example.org", "phone": "555 0104", "lines": "1 Field Lane", "city": "Bethlehem"}
    answer = visit(alice).post(ADD, {**RUTH, **reach, "number": "000104532", "source": "HLM"})
    ruth = Partner.objects.get()
    assert answer["Location"] == reverse("partner", args=["harbor", ruth.pk])
    page = visit(alice).get(answer["Location"]).content.decode()
    assert [each in page for each in ("ruth@example.org", "555 0104", "1 Field Lane", "Bethlehem", "000104532")] == [
        True
    ] * 5
    assert GivingUnit.objects.get(partner=ruth).name == "Ruth Moab"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "person"}, "Enter a last name, a first name or the name of the organization."),
        ({**RUTH, "email": "ruth@"}, "valid email address"),
        ({**RUTH, "number": "1"}, "Say which system gave the number."),
        ({**RUTH, "kind": "angel"}, "Select a valid choice"),
        ({**RUTH, "first_name": "x" * 81}, "at most 80 characters"),
    ],
)
def test_what_is_wrong_is_said(sent: dict[str, str], said: str, inside: Agency, alice: User, visit: Visit) -> None:
    answer = visit(alice).post(ADD, sent)
    assert (answer.status_code, Partner.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_a_number_names_one_partner(add: Callable[..., Partner], alice: User, visit: Visit) -> None:
    add("Moab", number=("HLM", "104532"))
    answer = visit(alice).post(ADD, {**RUTH, "number": "000104532", "source": "HLM"})
    assert (answer.status_code, Partner.objects.count()) == (422, 1)
    assert "Another partner has this number" in answer.content.decode()


def test_a_changed_name_reaches_the_receipt(add: Callable[..., Partner], alice: User, visit: Visit) -> None:
    ruth = add("Moab", note="met in the field")
    path = reverse("partner_edit", args=["harbor", ruth.pk])
    assert "met in the field" in visit(alice).get(path).content.decode()
    assert visit(alice).post(path, {**RUTH, "last_name": "Bethlehem", "note": ""}).status_code == 302
    ruth.refresh_from_db()
    assert (ruth.name, ruth.sort_name, ruth.note) == ("Ruth Bethlehem", "Bethlehem, Ruth", "")
    assert GivingUnit.objects.get(partner=ruth).name == "Ruth Bethlehem"
    assert visit(alice).post(path, {"kind": "person"}).status_code == 422


@pytest.mark.parametrize(
    ("what", "sent", "shown"),
    [
        ("email", {"email": "ruth@example.org", "whose": "spouse"}, "ruth@example.org"),
        ("phone", {"number": "555 0104", "whose": "partner"}, "555 0104"),
        ("address", {"lines": "1 Field Lane", "city": "Bethlehem"}, "1 Field Lane"),
        ("number", {"source": "WEB", "value": "7"}, "WEB"),
    ],
)
def test_a_way_is_added(what: str, sent: dict[str, str], shown: str, add: Any, alice: User, visit: Visit) -> None:
    ruth, browser = add("Moab"), visit(alice)
    path = reverse("reach_add", args=["harbor", ruth.pk, what])
    assert browser.post(path, {}).status_code == 422
    assert browser.post(path, sent).status_code == 302
    assert shown in browser.get(reverse("partner", args=["harbor", ruth.pk])).content.decode()


def test_a_way_that_ended_is_kept_and_can_come_back(add: Any, inside: Agency, alice: User, visit: Visit) -> None:
    ruth, browser = add("Moab", email="ruth@example.org"), visit(alice)
    way = EmailAddress.objects.get()
    path = reverse("reach_end", args=["harbor", ruth.pk, "email", way.pk])
    assert browser.post(path).status_code == 302
    way.refresh_from_db()
    assert way.not_valid_since == inside.today()
    page = browser.get(reverse("partner", args=["harbor", ruth.pk])).content.decode()
    assert "<del>ruth@example.org</del>" in page
    browser.post(reverse("reach_restore", args=["harbor", ruth.pk, "email", way.pk]))
    way.refresh_from_db()
    assert way.not_valid_since is None
    again = browser.post(
        reverse("reach_add", args=["harbor", ruth.pk, "email"]), {"email": "RUTH@example.org", "whose": "partner"}
    )
    assert again.status_code == 422
    assert browser.post(reverse("reach_end", args=["harbor", add("Boaz").pk, "email", way.pk])).status_code == 404
    assert browser.get(reverse("reach_add", args=["harbor", ruth.pk, "pigeon"])).status_code == 404


def test_the_trail_tells_no_address(add: Any, alice: User, visit: Visit) -> None:
    ruth = add("Moab", email="ruth@example.org")
    visit(alice).post(reverse("reach_end", args=["harbor", ruth.pk, "email", EmailAddress.objects.get().pk]))
    entry = AuditEntry.objects.get(verb="end way to reach")
    assert (entry.object_id, entry.label) == (ruth.pk, f"partner {ruth.pk}")
    assert "example.org" not in str(entry.changes)


def test_a_promise_is_added_and_ended(
    add: Any, places: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    ruth, browser = add("Moab"), visit(alice)
    path = reverse("commitment_add", args=["harbor", ruth.pk])
    sent = {
        "giving_unit": GivingUnit.objects.get(partner=ruth).pk,
        "designation": places.mine.pk,
        "amount": "50.00",
        "currency": "USD",
        "frequency": "monthly",
        "starts_on": "2026-01-01",
    }
    for wrong in ({"amount": "0"}, {"amount": "x"}, {"ends_on": "2025-12-31"}, {"currency": "XXX1"}):
        assert browser.post(path, {**sent, **wrong}).status_code == 422
    assert browser.post(path, sent).status_code == 302
    promise = Commitment.objects.get()
    assert (promise.amount, promise.frequency) == (5000, "monthly")
    end = reverse("commitment_end", args=["harbor", promise.pk])
    assert browser.post(end, {"on": "2025-12-31"}).status_code == 422
    assert browser.post(end, {"on": "2026-06-30", "reason": "moved away"}).status_code == 302
    page = browser.get(reverse("partner", args=["harbor", ruth.pk]))
    assert [(row.amount, row.reason, row.is_open) for row in page.context["promises"]] == [
        ("$50.00", "moved away", False)
    ]


def test_the_search_of_the_workspace_finds_partners(add: Any, alice: User, visit: Visit) -> None:
    ruth = add("Moab")
    found = visit(alice).get(reverse("search", args=["harbor"]), {"q": "moab"})
    assert [(hit.title, hit.url) for group in found.context["groups"] for hit in group.hits] == [
        ("Ruth Moab", reverse("partner", args=["harbor", ruth.pk]))
    ]


def test_a_unit_shows_its_partners_and_what_it_received(
    add: Any,
    giving: Any,
    places: SimpleNamespace,
    led: SimpleNamespace,
    inside: Agency,
    bob: User,
    dan: User,
    alice: User,
) -> None:
    giving(add("Moab"), (places.mine, 6000), (places.general, 100))
    giving(add("Orpah"), (places.mine, 700), anonymous=True)
    request: Any = RequestFactory().get("/")
    request.seat = seat(inside, bob)
    shown = unit_giving(request, unit=led.open)
    assert "$67.00" in shown
    assert ">1</a>" in shown
    request.seat = seat(inside, dan)
    assert unit_giving(request, unit=led.open) == ""
