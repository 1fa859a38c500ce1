"""Relationships by program: the same operations, rights and masking, once per key, in pages."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership
from partners import operations
from partners.models import Contact, FollowUp, Partner, Stage
from ssu.models import TeamMember
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


@pytest.fixture
def ruth(add: Any, giving: Any, places: SimpleNamespace) -> Partner:
    partner: Partner = add("Moab")
    giving(partner, (places.mine, 6000))
    return partner


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def send(browser: Visitor, path: str, data: dict[str, Any], key: str = "") -> Any:
    return browser.post(path, data, content_type="application/json", headers={"Idempotency-Key": key} if key else {})


def test_a_contact_is_logged_once_per_key(
    ruth: Partner, bob: User, led: SimpleNamespace, inside: Agency, visit: Visit
) -> None:
    browser, path = visit(bob), at("api_contacts", ruth.pk)
    said = {"unit": led.open.pk, "channel": "call", "outcome": "appointment", "happened_on": str(inside.today()),
            "note": "Gladly"}  # fmt: skip
    first, again = (send(browser, path, said, "k1") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    assert send(browser, path, {**said, "note": "other"}, "k1").status_code == 409
    assert [each["note"] for each in browser.get(path).json()["results"]] == ["Gladly"]
    made = Contact.objects.get()
    take = at("api_contact_take", made.pk)
    assert [send(browser, take, {"part": part}).status_code for part in ("stage", "follow-up", "stage")] == [
        201,
        201,
        409,
    ]
    assert (Stage.objects.get().kind, FollowUp.objects.get().after) == ("appointment", made)
    assert send(browser, at("api_contact_withdraw", made.pk), {"reason": "x"}).status_code == 200
    assert browser.get(path).json()["results"] == []


def test_the_field_says_for_which_unit(
    ruth: Partner, bob: User, led: SimpleNamespace, inside: Agency, visit: Visit
) -> None:
    browser, path = visit(bob), at("api_contacts", ruth.pk)
    said = {"channel": "call", "outcome": "talked", "happened_on": str(inside.today())}
    for unit in (None, led.careful.pk, 987654321):
        answer = send(browser, path, {**said, "unit": unit})
        assert (answer.status_code, list(answer.json())) == (400, ["unit"])


def test_a_follow_up_from_given_to_done(ruth: Partner, alice: User, bob: User, inside: Agency, visit: Visit) -> None:
    browser, path = visit(alice), at("api_partner_follow_ups", ruth.pk)
    said = {"channel": "call", "due_on": str(inside.today()), "text": "Thank her"}
    made = send(browser, path, said, "k1").json()
    assert (made["is_mine"], made["text"], made["ended_at"]) == (True, "Thank her", None)
    everything = at("api_follow_ups")
    assert [each["id"] for each in browser.get(everything, {"whose": "mine"}).json()["results"]] == [made["id"]]
    assert send(browser, at("api_follow_up_done", made["id"]), {}).json()["end"] == "done"
    assert send(browser, at("api_follow_up_done", made["id"]), {}).status_code == 409
    assert browser.get(everything).json()["results"] == []
    assert send(browser, at("api_follow_up_reopen", made["id"]), {}).json()["end"] == ""
    moved = send(browser, at("api_follow_up_move", made["id"]), {"due_on": "2031-05-05"}).json()
    assert (moved["due_on"], moved["is_mine"]) == ("2031-05-05", True)
    stranger = Membership.objects.get(user=bob)
    refused = send(browser, path, {**said, "carer": stranger.pk})
    assert (refused.status_code, list(refused.json())) == (400, ["carer"])


def test_stages_and_holders(ruth: Partner, bob: User, carol: User, led: SimpleNamespace, visit: Visit) -> None:
    browser, stages, holders = visit(bob), at("api_stages", ruth.pk), at("api_holders", ruth.pk)
    for kind in ("connection", "partner_care"):
        assert send(browser, stages, {"unit": led.open.pk, "kind": kind}).status_code == 201
    assert send(browser, stages, {"unit": led.open.pk, "kind": "partner_care"}).status_code == 409
    rows = browser.get(stages).json()["results"]
    assert [(each["kind"], each["left_at"] is None) for each in rows] == [("partner_care", True), ("connection", False)]
    service = TeamMember.objects.get(worker__membership__user=carol)
    made = send(browser, holders, {"service": service.pk}, "k").json()
    assert (made["name"], made["unit_name"], made["ends_on"]) == ("Carol", "Riverbend", None)
    assert send(browser, at("api_holder_end", made["id"]), {"reason": "Moved"}).json()["ends_on"] is not None
    assert send(browser, at("api_holder_end", made["id"]), {}).status_code == 409


def test_pages_of_the_log_are_turned_by_cursor(
    ruth: Partner, alice: User, led: SimpleNamespace, inside: Agency, visit: Visit
) -> None:
    for number in range(53):
        operations.log_contact(
            agency=inside, actor=alice, partner=ruth, unit=None, channel="call", outcome="talked",
            happened_on=inside.today(), note=str(number),
        )  # fmt: skip
    browser = visit(alice)
    first = browser.get(at("api_contacts", ruth.pk)).json()
    second = browser.get(first["next"]).json()
    notes = [each["note"] for each in first["results"] + second["results"]]
    assert (notes, second["next"]) == ([str(number) for number in reversed(range(53))], None)
