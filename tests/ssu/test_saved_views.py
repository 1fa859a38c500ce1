"""Saved views: kept filters as tabs, private or shared, and what they never carry."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry, SavedView
from agencies.saved_views import Listing, applied, cleaned
from ssu import operations as ssu
from ssu.models import Strategy
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE

Visit = Callable[[User], Any]
LISTING = Listing("fish", "units", "units.view", ("q", "kind"), lambda seat: {"kind": {"big": "Big"}})


@pytest.fixture
def matrix(inside: Agency) -> str:
    return reverse("matrix", args=[inside.slug])


@pytest.fixture
def add(inside: Agency) -> str:
    return reverse("saved_view_add", args=[inside.slug, "matrix"])


def bar(browser: Any, url: str, query: str = "") -> list[tuple[str, bool]]:
    """The tabs: their words, and whether they are the present ones."""
    return [(tab.label, tab.current) for tab in browser.get(f"{url}?{query}").context["saved"].tabs]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("q=salmon&kind=big&page=3&export=csv&secret=1", "q=salmon&kind=big"),
        ("kind=huge&q=", ""),
        ("kind=big&kind=huge", ""),
        ("q=" + "x" * 300, "q=" + "x" * 100),
    ],
)
def test_a_view_keeps_what_the_list_declares_and_offers(query: str, kept: str) -> None:
    assert cleaned(LISTING, QueryDict(query), {"kind": {"big": "Big"}}) == kept


def test_applying_a_view_keeps_every_other_parameter() -> None:
    present = QueryDict("q=salmon&sort=-name&columns=a&columns=b&page=4")
    assert applied(present, LISTING, "kind=big") == "?sort=-name&columns=a&columns=b&kind=big"


def test_a_saved_view_is_a_tab_marked_where_it_applies(
    led: SimpleNamespace,
    alice: User,
    visit: Visit,
    matrix: str,
    add: str,
) -> None:
    browser = visit(alice)
    answer = browser.post(add, {"name": "Villages", "query": "kind=community&page=2"})
    assert (answer.status_code, answer["Location"]) == (302, f"{matrix}?kind=community&page=2")
    assert bar(browser, matrix) == [("All", True), ("Villages", False)]
    assert bar(browser, matrix, "kind=community&page=2") == [("All", False), ("Villages", True)]
    assert bar(browser, matrix, "kind=community&sort=name") == [("All", False), ("Villages", False)]


def test_a_private_view_is_nobody_elses_and_a_shared_one_everybodys(
    led: SimpleNamespace,
    alice: User,
    dan: User,
    visit: Visit,
    matrix: str,
    add: str,
) -> None:
    visit(alice).post(add, {"name": "Mine", "query": "kind=community"})
    visit(alice).post(add, {"name": "Ours", "query": "kind=program", "shared": "on"})
    assert bar(visit(dan), matrix) == [("All", True), ("Ours", False)]
    assert list(AuditEntry.objects.filter(verb="save view").values_list("label", flat=True)) == ["Ours"]
    mine, ours = SavedView.objects.order_by("pk")
    assert visit(dan).get(reverse("saved_view_edit", args=["harbor", mine.pk])).status_code == 404
    assert visit(dan).post(reverse("saved_view_remove", args=["harbor", ours.pk])).status_code == 403


def test_removing_can_be_undone(
    led: SimpleNamespace,
    alice: User,
    visit: Visit,
    matrix: str,
    add: str,
) -> None:
    browser = visit(alice)
    browser.post(add, {"name": "Villages", "query": "kind=community"})
    view = SavedView.objects.get()
    page = browser.post(reverse("saved_view_remove", args=["harbor", view.pk]), follow=True).content.decode()
    assert bar(browser, matrix) == [("All", True)]
    undo = reverse("saved_view_restore", args=["harbor", view.pk])
    assert undo in page
    browser.post(undo)
    assert bar(browser, matrix) == [("All", True), ("Villages", False)]


def test_a_name_is_taken_once_and_renaming_says_so(
    led: SimpleNamespace,
    alice: User,
    visit: Visit,
    add: str,
) -> None:
    browser = visit(alice)
    for name, kind in (("One", "community"), ("Two", "program")):
        browser.post(add, {"name": name, "query": f"kind={kind}"})
    two = SavedView.objects.get(name="Two")
    answer = browser.post(reverse("saved_view_edit", args=["harbor", two.pk]), {"name": "One"})
    assert answer.status_code == 422
    assert "You have a view of this name already" in answer.content.decode()
    browser.post(reverse("saved_view_edit", args=["harbor", two.pk]), {"name": "Three", "shared": "on"})
    two.refresh_from_db()
    assert (two.name, two.shared_at is not None) == ("Three", True)


def test_nothing_is_saved_without_a_filter(
    led: SimpleNamespace,
    alice: User,
    visit: Visit,
    add: str,
) -> None:
    answer = visit(alice).post(add, {"name": "Everything", "query": "page=2"})
    assert answer.status_code == 422
    assert not SavedView.objects.exists()


def test_a_view_never_carries_another_agencys_id(
    led: SimpleNamespace,
    elsewhere: Agency,
    mallory: User,
    alice: User,
    visit: Visit,
    add: str,
) -> None:
    """A foreign strategy and one that does not exist are the same: not offered, so not kept."""
    with scope.of_agency(elsewhere.pk):
        theirs = ssu.add_strategy(agency=elsewhere, actor=mallory, code="M", name="Theirs")
    own = Strategy.objects.get()
    for name, query in (("a", f"strategy={theirs.pk}&kind=program"), ("b", "strategy=987654&kind=community")):
        visit(alice).post(add, {"name": name, "query": query})
    visit(alice).post(add, {"name": "c", "query": f"strategy={own.pk}"})
    kept = SavedView.objects.order_by("name").values_list("query", flat=True)
    assert list(kept) == ["kind=program", "kind=community", f"strategy={own.pk}"]


@pytest.mark.parametrize(
    "sent",
    [
        {"name": "Valley", "query": f"q={TRUE_NAME}"},
        {"name": f"In {TRUE_PLACE}"},
        {"name": "Tamrin first"},
        {"name": "First", "query": "q=tam-rin"},
    ],
)
def test_what_is_shared_tells_no_closed_name(
    led: SimpleNamespace,
    alice: User,
    visit: Visit,
    add: str,
    sent: dict[str, str],
) -> None:
    given = {"query": "kind=community", **sent}
    answer = visit(alice).post(add, {**given, "shared": "on"})
    assert answer.status_code == 422
    assert "Keep the view to yourself" in answer.content.decode()
    assert visit(alice).post(add, given).status_code == 302


def test_a_plain_word_of_a_closed_name_tells_nothing(led: SimpleNamespace, alice: User, visit: Visit, add: str) -> None:
    sent = {"name": "All valleys and people", "query": "kind=community", "shared": "on"}
    assert visit(alice).post(add, sent).status_code == 302


def test_who_does_not_know_a_name_learns_nothing_by_trying(
    led: SimpleNamespace,
    dan: User,
    visit: Visit,
    add: str,
) -> None:
    sent = {"name": f"In {TRUE_PLACE}", "query": "kind=community", "shared": "on"}
    assert visit(dan).post(add, sent).status_code == 302


def test_a_shared_view_goes_from_sight_when_its_word_becomes_closed(
    led: SimpleNamespace,
    alice: User,
    dan: User,
    visit: Visit,
    matrix: str,
    add: str,
) -> None:
    visit(alice).post(add, {"name": "Only Riverbend Town", "query": "q=Riverbend", "shared": "on"})
    assert bar(visit(dan), matrix)[1:] == [("Only Riverbend Town", False)]
    agency = Agency.objects.get()
    ssu.edit_unit(agency=agency, actor=alice, unit=led.open, discretion="closed", alias="Project Oak")
    assert bar(visit(dan), matrix)[1:] == []
    assert bar(visit(alice), matrix)[1:] == [("Only Riverbend Town", False)]


def test_a_shared_view_goes_from_sight_also_by_a_part_of_the_name(
    led: SimpleNamespace,
    alice: User,
    dan: User,
    visit: Visit,
    matrix: str,
    add: str,
) -> None:
    agency = Agency.objects.get()
    ssu.edit_unit(agency=agency, actor=alice, unit=led.open, name="Zarqib People", place="")
    visit(alice).post(add, {"name": "Zarqib view", "query": "q=Zarqib", "shared": "on"})
    assert bar(visit(dan), matrix)[1:] == [("Zarqib view", False)]
    ssu.edit_unit(agency=agency, actor=alice, unit=led.open, discretion="closed", alias="Oak", region="North")
    assert bar(visit(dan), matrix)[1:] == []


def test_an_unknown_list_is_not_found(inside: Agency, alice: User, visit: Visit) -> None:
    assert visit(alice).get(reverse("saved_view_add", args=["harbor", "fish"])).status_code == 404


def test_the_link_opens_the_same_filter_for_others(
    led: SimpleNamespace,
    alice: User,
    dan: User,
    visit: Visit,
    matrix: str,
    add: str,
) -> None:
    visit(alice).post(add, {"name": "Villages", "query": "kind=community"})
    current = visit(alice).get(matrix, {"kind": "community"}).context["saved"].current
    assert current.link == f"http://testserver{matrix}?kind=community"
    assert visit(dan).get(current.link).status_code == 200
