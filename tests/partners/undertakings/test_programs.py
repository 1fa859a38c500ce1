"""Who prays and promotes, by program: the same operations, rights and masking, once per key, in pages."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import Partner, Undertaking
from tests.cast import Visitor
from tests.partners.test_care_api import at, send

Visit = Callable[[User], Visitor]


def test_a_program_notes_changes_ends_continues_and_takes_back(
    ruth: Partner, led: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, path = visit(alice), at("api_undertakings", ruth.pk)
    today = str(inside.today())
    said = {"unit": led.open.pk, "kind": "pray", "starts_on": today, "rhythm": "daily", "about": "Rain"}
    first, again = (send(browser, path, said, "k1") for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    told = {name: first.json()[name] for name in ("unit_name", "kind", "rhythm", "about", "basis", "ends_on")}
    assert told == {"unit_name": "Riverbend", "kind": "pray", "rhythm": "daily", "about": "Rain", "basis": "contact",
                    "ends_on": None}  # fmt: skip
    assert send(browser, path, {**said, "about": "other"}, "k1").status_code == 409
    assert send(browser, path, said).json()["code"] == "undertaking_stands"
    pk = first.json()["id"]
    steps: list[tuple[str, dict[str, Any], int]] = [
        ("change", {"about": "Schools", "rhythm": "weekly"}, 200),
        ("continue", {}, 409),
        ("end", {"on": today, "reason": "Moved"}, 200),
        ("end", {"on": today}, 409),
        ("continue", {}, 200),
        ("withdraw", {"reason": "Another Ruth"}, 200),
        ("withdraw", {}, 409),
    ]
    for step, content, status in steps:
        answer = send(browser, at(f"api_undertaking_{step}", pk), content)
        assert (step, answer.status_code) == (step, status)
    assert browser.get(path).json() == {"next": None, "previous": None, "results": []}


def test_one_that_was_taken_back_is_not_answered_as_standing(
    ruth: Partner, led: SimpleNamespace, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, path = visit(alice), at("api_undertakings", ruth.pk)
    said = {"unit": led.open.pk, "kind": "pray", "starts_on": str(inside.today())}
    made = send(browser, path, said, "k1").json()
    gone = send(browser, at("api_undertaking_withdraw", made["id"]), {"reason": "Another Ruth"}, "k2").json()
    assert (made["withdrawn_at"], gone["withdrawn_at"] is None, gone["ends_on"]) == (None, False, None)
    assert send(browser, path, said, "k1").status_code == 404
    assert send(browser, path, said, "k3").status_code == 201


def test_a_list_of_partners_is_filtered_by_it(ruth: Partner, alice: User, take: Any, visit: Visit) -> None:
    path = reverse("api_partners", args=["harbor"])
    asked = [[row["id"] for row in visit(alice).get(path, {"how": "prays_only"}).json()["results"]]]
    take()
    asked.append([row["id"] for row in visit(alice).get(path, {"how": "prays_only"}).json()["results"]])
    assert asked == [[], [ruth.pk]]


def test_what_a_contact_proposes_is_taken_once(
    ruth: Partner, act: dict[str, Any], led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    said = {"partner": ruth, "unit": None, "channel": "call", "happened_on": act["agency"].today()}
    logged = operations.log_contact(**act, **said, outcome="prays")
    take = at("api_contact_take", logged.pk)
    assert [send(visit(alice), take, {"part": "prayer"}).status_code for _ in range(2)] == [201, 409]
    assert Undertaking.objects.get().unit is None


def test_the_field_says_for_which_unit(
    ruth: Partner, take: Any, led: SimpleNamespace, inside: Agency, bob: User, visit: Visit
) -> None:
    take()
    browser, path = visit(bob), at("api_undertakings", ruth.pk)
    said = {"kind": "promote", "starts_on": str(inside.today())}
    assert [send(browser, path, {**said, "unit": unit}).status_code for unit in (None, led.careful.pk)] == [400, 400]
    assert send(browser, path, {**said, "unit": led.open.pk}).status_code == 201
