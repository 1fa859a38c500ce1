"""Saved views of the lists of partners, gifts and commitments: filter and order under a name, but never a name."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, SavedView
from partners.operations.tags import add_tag
from tests.cast import Visitor

HERE = "harbor"


@pytest.fixture
def tag(inside: Agency, alice: User) -> int:
    return int(add_tag(agency=inside, actor=alice, name="Visit in May").pk)


def kept(browser: Visitor, listing: str, query: str, name: str = "Mine", **sent: str) -> dict[str, str]:
    """What a view of this address holds, once saved."""
    page = browser.post(f"{reverse('saved_view_add', args=[HERE, listing])}?{query}", {"name": name, **sent})
    assert page.status_code == 302
    view = SavedView.objects.get(listing=listing, name=name)
    return {name: str(value) for name, value in QueryDict(view.query).items()}


def test_a_view_keeps_filter_and_order_but_nobody_s_name(
    inside: Agency, alice: User, visit: Callable[[User], Visitor], places: SimpleNamespace, tag: int, add: Any
) -> None:
    browser, ruth = visit(alice), add("Ruth")
    asked = {
        "partners": f"kind=person&tag={tag}&review=on&sort=-last_gift",
        "gifts": f"first=2026-01-01&designation={places.mine.pk}&kind=gift&sort=giver",
        "commitments": f"unit={places.mine.unit_id}&frequency=monthly&late=late_30&sort=-late",
    }
    for listing, query in asked.items():
        tells = f"{query}&q=Ruth&partner={ruth.pk}&page=3"
        assert kept(browser, listing, tells) == {name: str(value) for name, value in QueryDict(query).items()}


def test_a_view_is_a_tab_above_its_list_and_marked_where_it_stands(
    alice: User, visit: Callable[[User], Visitor], places: SimpleNamespace
) -> None:
    browser = visit(alice)
    for listing, query in {"partners": "kind=church", "gifts": "kind=refund", "commitments": "late=late_30"}.items():
        address = reverse(listing, args=[HERE])
        offers = "Save this view"
        assert [offers in browser.get(at).content.decode() for at in (address, f"{address}?{query}")] == [False, True]
        kept(browser, listing, query, name=f"Of {listing}")
        page = browser.get(f"{address}?{query}").context["saved"]
        assert [(tab.label, tab.current) for tab in page.tabs] == [("All", False), (f"Of {listing}", True)]


def test_what_is_not_offered_is_not_kept(
    inside: Agency, alice: User, visit: Callable[[User], Visitor], places: SimpleNamespace, mallory: User
) -> None:
    browser = visit(alice)
    query = "kind=fish&unit=999999&tag=999999&sort=amount&held=on&stage=initiation"
    assert kept(browser, "partners", query) == {"stage": "initiation"}


def test_a_shared_view_may_not_tell_a_closed_unit(
    alice: User, visit: Callable[[User], Visitor], places: SimpleNamespace
) -> None:
    where = f"{reverse('saved_view_add', args=[HERE, 'partners'])}?kind=church"
    page = visit(alice).post(where, {"name": f"Churches of {places.closed.unit.name}", "shared": "on"})
    assert (page.status_code, SavedView.objects.count()) == (422, 0)
