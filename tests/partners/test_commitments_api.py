"""Commitments by program: the same lists, rights and operations as the pages, once per key."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners.models import Commitment, CommitmentEvent, Gift, GivingUnit, Partner
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def send(browser: Visitor, path: str, data: dict[str, Any], key: str = "") -> Any:
    return browser.post(path, data, content_type="application/json", headers={"Idempotency-Key": key} if key else {})


def test_the_list_tells_how_each_stands_in_pages(
    inside: Agency, weekly: Commitment, giving: Callable[..., Gift], places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    gift = giving(weekly.giving_unit.partner, (places.mine, 15000))
    browser = visit(alice)
    (told,) = browser.get(at("api_commitments")).json()["results"]
    assert {name: told[name] for name in ("amount", "currency", "late", "days_late", "paid", "giver")} == {
        "amount": "50.00",
        "currency": "USD",
        "late": "on_time",
        "days_late": 0,
        "paid": "150.00",
        "giver": "Ruth Moab",
    }
    assert browser.get(at("api_commitments") + "?late=late_30").json()["results"] == []
    assert browser.get(at("api_commitments") + "?late=x").status_code == 400
    whole = browser.get(at("api_commitment", weekly.pk)).json()
    assert whole["payments"] == [
        {"gift": gift.pk, "day": str(inside.today()), "given": "150.00", "paid": "150.00", "first": 10, "last": 12}
    ]


def test_a_promise_is_added_changed_ended_and_resumed_once_per_key(
    inside: Agency, add: Callable[..., Partner], places: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, today = visit(alice), inside.today()
    said = {
        "giving_unit": GivingUnit.objects.get(partner=add("Moab")).pk,
        "designation": places.mine.pk,
        "amount": "50.00",
        "currency": "USD",
        "frequency": "monthly",
        "starts_on": str(today - timedelta(days=20)),
    }
    first, again = (send(browser, at("api_commitments"), said, "k1") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    pk = first.json()["id"]
    terms = {"amount": "60.00", "frequency": "monthly", "starts_on": str(today), "reason": "more"}
    changed, same = (send(browser, at("api_commitment_change", pk), terms, "k2") for _ in range(2))
    assert (changed.status_code, changed.json()["id"], changed.json()["follows"]) == (201, same.json()["id"], pk)
    assert send(browser, at("api_commitment_change", pk), terms).json()["code"] == "commitment_followed"
    back, repeated = (send(browser, at("api_commitment_undo", changed.json()["id"]), {}, "k3") for _ in range(2))
    assert (back.status_code, back.json()["id"], repeated.json()["id"]) == (200, pk, pk)
    ended = send(browser, at("api_commitment_end", pk), {"on": str(today - timedelta(days=1))})
    assert ended.json()["late"] == "ended"
    assert send(browser, at("api_commitment_reopen", pk), {}).json()["ends_on"] is None
    send(browser, at("api_commitment_end", pk), {"on": str(today - timedelta(days=1))})
    resumed = send(browser, at("api_commitment_resume", pk), terms)
    assert (resumed.status_code, Commitment.objects.get(pk=resumed.json()["id"]).resumes) == (201, True)


def test_the_leader_reads_their_unit_and_changes_nothing(
    inside: Agency, weekly: Commitment, places: SimpleNamespace, promise: Callable[..., Commitment],
    add: Callable[..., Partner], bob: User, visit: Visit,
) -> None:  # fmt: skip
    careful = promise(add("Boaz"), 100, designation=places.careful)
    for each in (weekly, careful):
        CommitmentEvent.objects.create(
            agency=inside, commitment=each, kind="late", key="x", days_late=31, happened_on=inside.today()
        )
    browser = visit(bob)
    assert [each["id"] for each in browser.get(at("api_commitments")).json()["results"]] == [weekly.pk]
    events = browser.get(at("api_commitment_events")).json()["results"]
    assert [each["commitment"] for each in events] == [weekly.pk]
    expected = browser.get(at("api_commitments_expected")).json()
    assert [(each["designation"], each["unit"]) for each in expected] == [(places.mine.pk, places.mine.unit_id)]
    assert browser.get(at("api_commitment", careful.pk)).status_code == 404
    assert send(browser, at("api_commitment_end", weekly.pk), {"on": str(inside.today())}).status_code == 403
    assert browser.get(at("api_commitment_audiences")).status_code == 403


def test_who_hears_is_read_and_chosen(inside: Agency, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), at("api_commitment_audiences")
    said = {"kind": "late", "group": "finance", "is_told": True}
    assert said not in browser.get(path).json()
    answer = send(browser, path, said, "k")
    assert (answer.status_code, said in answer.json(), len(answer.json())) == (200, True, 32)
