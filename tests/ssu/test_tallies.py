"""The numbers on the tabs of saved views: as many as the list then shows, to this reader, in one question for all."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.operations.saved_views import save_view
from ssu.queries import tallies
from tests.ssu.conftest import TRUE_NAME, claimed, item_of

Visit = Callable[[User], Any]
QUERIES = ("kind=program", "q=Riverbend", f"q={TRUE_NAME}", "activity=quiet", "state=ready", "step=1&state=not_started")


def keep(agency: Agency, owner: User, listing: str, queries: tuple[str, ...]) -> None:
    for number, query in enumerate(queries):
        save_view(agency=agency, actor=owner, listing=listing, name=f"View {number}", query=query, shared=False)


def told(browser: Any, url: str) -> list[tuple[str, int | None]]:
    """The tabs: where each leads, and its number."""
    return [(tab.url, tab.count) for tab in browser.get(url).context["saved"].tabs]


@pytest.mark.parametrize("name", ["alice", "dan", "bob"])
@pytest.mark.parametrize("listing", ["matrix", "units"])
def test_each_tab_tells_as_many_as_its_list_shows(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, dan: User, visit: Visit, listing: str, name: str
) -> None:
    claimed(inside, bob, item_of(led.open))
    user = {"alice": alice, "dan": dan, "bob": bob}[name]
    keep(inside, user, listing, QUERIES if listing == "matrix" else QUERIES[:3])
    browser, url = visit(user), reverse(listing, args=[inside.slug])
    tabs = told(browser, url)
    shown = [len(rows_of(browser.get(url + tab).context)) for tab, _ in tabs]
    assert [count for _, count in tabs] == shown
    assert len(set(shown)) > 1


def rows_of(context: Any) -> Any:
    return context["matrix"].rows if "matrix" in context else context["rows"]


def test_a_name_that_is_kept_back_is_not_counted(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, visit: Visit
) -> None:
    for user in (alice, dan):
        keep(inside, user, "matrix", (f"q={TRUE_NAME}",))
    url = reverse("matrix", args=[inside.slug])
    assert [told(visit(user), url)[1][1] for user in (alice, dan)] == [1, 0]


def test_a_list_without_views_counts_nothing(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    assert [count for _, count in told(visit(alice), reverse("matrix", args=[inside.slug]))] == [None]


@pytest.mark.parametrize(("queries", "more"), [(("kind=program",), 1), (("state=ready",), 5)])
def test_any_number_of_tabs_costs_the_same(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, queries: tuple[str, ...], more: int
) -> None:
    browser, url = visit(alice), reverse("matrix", args=[inside.slug])

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(url)
        return len(captured)

    bare = statements()
    keep(inside, alice, "matrix", queries)
    one = statements()
    for name in ("Second", "Third"):
        save_view(agency=inside, actor=alice, listing="matrix", name=name, query="kind=community")
    assert (one - bare, statements() - bare) == (more, more)


def test_a_count_that_looks_at_nothing_is_seen(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without looking at how units stand, a tab would count units that its list leaves out."""
    keep(inside, alice, "matrix", ("activity=quiet",))
    monkeypatch.setattr(tallies, "asks_how_it_stands", lambda filters: False)
    tab, count = told(visit(alice), url := reverse("matrix", args=[inside.slug]))[1]
    assert count != len(visit(alice).get(url + tab).context["matrix"].rows)
