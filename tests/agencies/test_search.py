"""Search across a workspace: every app finds its own, within what the reader may see."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import search
from agencies.models import Agency
from agencies.search import Hit, Provider
from tests.cast import SECRET


def groups(page: Any) -> dict[str, list[str]]:
    """What a page shows: titles by heading."""
    return {group.label: [hit.title for hit in group.hits] for group in page.context["groups"]}


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch) -> list[Provider]:
    """The finders that stand, changed for one test."""
    standing = list(search._providers)
    monkeypatch.setattr(search, "_providers", standing)
    return standing


def test_people_and_pages_are_found_by_who_may_open_them(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    path = reverse("search", args=["harbor"])
    assert groups(visit(alice).get(path, {"q": "dan"})) == {"People": ["Dan"]}
    assert groups(visit(dan).get(path, {"q": "dan"})) == {}
    assert groups(visit(alice).get(path, {"q": "setti"})) == {"Pages": ["Settings"]}
    assert groups(visit(dan).get(path, {"q": "setti"})) == {}


def test_pages_that_stand_in_no_menu_are_found_once_and_by_right(
    agency: Agency, alice: User, dan: User, visit: Any
) -> None:
    path = reverse("search", args=["harbor"])
    found = {
        question: groups(visit(alice).get(path, {"q": question})).get("Pages")
        for question in ("invite", "matrix", "held", "activity", "people")
    }
    assert found == {
        "invite": ["Invite person"],
        "matrix": ["Step matrix"],
        "held": ["Held invitations"],
        "activity": ["Activity"],
        "people": ["File of people", "People"],
    }
    assert groups(visit(dan).get(path, {"q": "invit"})) == {}
    assert groups(visit(dan).get(path, {"q": "matrix"})) == {"Pages": ["Step matrix"]}


def test_pages_are_found_by_what_is_done_there_and_told_apart(agency: Agency, alice: User, visit: Any) -> None:
    def hits(question: str) -> list[tuple[str, str]]:
        page = visit(alice).get(reverse("search", args=["harbor"]), {"q": question})
        return [(hit.title, hit.hint) for group in page.context["groups"] for hit in group.hits]

    assert hits("passkey") == [("Two-step sign-in", "My account")]
    assert hits("export") == [("Step matrix", "")]
    assert hits("coaching") == [("Coaching", ""), ("Coaching", "Settings")]


def test_people_of_another_agency_are_not_found(agency: Agency, alice: User, visit: Any) -> None:
    for question in ("mallory", SECRET, "elsewhere"):
        page = visit(alice).get(reverse("search", args=["harbor"]), {"q": question})
        assert groups(page) == {}


def test_finder_gets_the_seat_and_a_clean_question(
    agency: Agency, alice: User, visit: Any, providers: list[Provider]
) -> None:
    asked: list[tuple[int, str]] = []

    def find(seat: Any, q: str) -> list[Hit]:
        asked.append((seat.agency.pk, q))
        return [Hit(f"Hit {number}", "/x", "hint") for number in range(11)]

    search.register("Boats", find)
    page = visit(alice).get(reverse("search", args=["harbor"]), {"q": "  red   boat  "})
    assert asked == [(agency.pk, "red boat")]
    assert groups(page)["Boats"] == [f"Hit {number}" for number in range(10)]
    assert "There are more" in page.content.decode()
    search.register("Boats", find)
    assert [provider.label for provider in providers].count("Boats") == 1


@pytest.mark.parametrize("question", ["", " ", "a", " a "])
def test_short_question_asks_nobody(
    agency: Agency, alice: User, visit: Any, providers: list[Provider], question: str
) -> None:
    search.register("Never", lambda seat, q: pytest.fail("was asked"))
    assert groups(visit(alice).get(reverse("search", args=["harbor"]), {"q": question})) == {}


def test_finder_is_not_asked_for_who_lacks_its_right(
    agency: Agency, dan: User, visit: Any, providers: list[Provider]
) -> None:
    search.register("Ledger", lambda seat, q: pytest.fail("was asked"), right="ledger.view")
    assert visit(dan).get(reverse("search", args=["harbor"]), {"q": "gift"}).status_code == 200


def test_question_is_escaped_and_cut(agency: Agency, alice: User, visit: Any) -> None:
    page = visit(alice).get(reverse("search", args=["harbor"]), {"q": "<b>" + "x" * 500})
    assert "<b>x" not in page.content.decode()
    assert page.context["q"] == "<b>" + "x" * 97
