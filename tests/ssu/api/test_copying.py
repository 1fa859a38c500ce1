"""Copying, own items and held invitations through the API: what the pages do, by the same rules."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Invitation
from ssu import operations
from ssu.models import OwnItem, Unit
from tests.agencies.conftest import confirm

Visit = Callable[[User], Any]
JSON = "application/json"


@pytest.fixture
def copy_url(inside: Agency, led: SimpleNamespace) -> str:
    return reverse("api_unit_copy", args=[inside.slug, led.careful.pk])


def test_unit_is_copied(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, copy_url: str) -> None:
    operations.add_goal_version(agency=inside, actor=alice, unit=led.careful, statement="Reached.")
    browser = visit(alice)
    assert [part["key"] for part in browser.get(copy_url).json()] == ["goal"]
    given: dict[str, Any] = {"name": "Second", "code": "U9", "strategy": "S1", "discretion": "careful"}
    answer = browser.post(copy_url, {**given, "parts": ["goal"]}, JSON)
    made = Unit.objects.get(code="U9")
    assert (answer.status_code, answer.json()) == (201, {"id": made.pk, "code": "U9", "copied_from": led.careful.pk})
    assert made.goals.count() == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [({"discretion": "open"}, 409), ({"code": "U1"}, 409), ({"parts": ["partners"]}, 400), ({"strategy": "X"}, 400)],
)
def test_refusals_are_answers(
    led: SimpleNamespace, alice: User, visit: Visit, copy_url: str, change: dict[str, Any], status: int
) -> None:
    given: dict[str, Any] = {"name": "Second", "code": "U9", "strategy": "S1", "discretion": "careful", **change}
    assert visit(alice).post(copy_url, given, JSON).status_code == status
    assert Unit.objects.count() == 3


def test_leader_and_outsider_do_not_copy(
    led: SimpleNamespace, bob: User, mallory: User, visit: Visit, copy_url: str
) -> None:
    assert [visit(bob).get(copy_url).status_code, visit(mallory).get(copy_url).status_code] == [403, 404]


def test_own_items_are_added_reworded_given_and_retired(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, slug = visit(alice), inside.slug
    given = {"step": 2, "wording": "Pray", "for_all": False, "unit_ids": [led.open.pk]}
    made = browser.post(reverse("api_own_items", args=[slug]), given, JSON)
    pk = OwnItem.objects.get().pk
    assert (made.status_code, made.json()["units"]) == (201, 1)
    one = reverse("api_own_item", args=[slug, pk])
    reword = reverse("api_own_item_reword", args=[slug, pk])
    assert browser.post(reword, {"wording": "Pray daily"}, JSON).json()["wording"] == "Pray daily"
    assert browser.post(reword, {"wording": "Pray daily"}, JSON).status_code == 409
    more = browser.post(reverse("api_own_item_give", args=[slug, pk]), {"unit_ids": [led.closed.pk]}, JSON)
    assert more.json()["units"] == 2
    assert browser.delete(one).json()["retired_at"] is not None
    assert browser.post(reverse("api_own_item_restore", args=[slug, pk])).json()["retired_at"] is None
    assert [each["key"] for each in browser.get(reverse("api_own_items", args=[slug])).json()["results"]] == ["own-1"]


def test_held_invitations_are_listed_sent_and_withdrawn(inside: Agency, alice: User, visit: Visit) -> None:
    given: dict[str, Any] = {"agency": inside, "actor": alice, "roles": ["staff"], "held": True}
    first, second = (people.invite(email=f"{name}@example.org", name=name, **given) for name in ("Ann", "Ben"))
    browser, slug = confirm(visit(alice)), inside.slug
    listed = browser.get(reverse("api_held_invitations", args=[slug]))
    assert [each["name"] for each in listed.json()["results"]] == ["Ann", "Ben"]
    assert first.nonce not in listed.content.decode()
    sent = browser.post(reverse("api_held_invitations_send", args=[slug]), {"ids": [first.pk]}, JSON)
    assert sent.json() == {"sent": 1, "held": 1}
    one = reverse("api_held_invitation", args=[slug, second.pk])
    assert [browser.delete(one).status_code, browser.delete(one).status_code] == [204, 404]
    assert Invitation.objects.get(pk=second.pk).withdrawn_at is not None


def test_sending_asks_for_the_password_like_the_page_and_taking_back_does_not(
    inside: Agency, alice: User, visit: Visit
) -> None:
    given: dict[str, Any] = {"agency": inside, "actor": alice, "roles": ["administrator"], "held": True}
    first, second = (people.invite(email=f"{name}@example.org", name=name, **given) for name in ("Ann", "Ben"))
    browser, send = visit(alice), reverse("api_held_invitations_send", args=[inside.slug])
    refused = browser.post(send, {"ids": [first.pk]}, JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "password_first")
    page = browser.post(reverse("invitations_send", args=[inside.slug]), {"all": "1"})
    assert page["Location"].startswith(reverse("account_reauthenticate"))
    assert Invitation.objects.exclude(held_since=None).count() == 2
    assert browser.delete(reverse("api_held_invitation", args=[inside.slug, second.pk])).status_code == 204
    assert confirm(browser).post(send, {"ids": [first.pk]}, JSON).json() == {"sent": 1, "held": 0}
