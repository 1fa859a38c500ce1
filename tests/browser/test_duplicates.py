"""Two records of one partner, from the list to one record and back to two, by keys and on a phone."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from partners import operations
from tests.cast import Visitor


@pytest.fixture
def twice(live_server: Any, agency: Agency, alice: User) -> SimpleNamespace:
    """Ruth, whom two systems knew; committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        act: dict[str, Any] = {"agency": agency, "actor": alice, "kind": "person", "last_name": "Moab"}
        one = operations.add_partner(**act, first_name="Ruth", email="ruth@example.org")
        two = operations.add_partner(**act, first_name="Ruth Ann", email="ruth@example.org", phone="555 0100")
    return SimpleNamespace(one=one, two=two)


@pytest.fixture
def duplicates(
    open_page: Callable[..., Page], visit: Callable[[User], Visitor], alice: User, twice: SimpleNamespace
) -> Callable[..., Page]:
    """`duplicates(width=390)` is the list of duplicates as Alice sees it."""
    session = visit(alice).cookies["sessionid"].value
    path = reverse("duplicates", args=["harbor"])
    return lambda **options: open_page(path, session=session, **options)


@pytest.mark.parametrize("width", [1280, 390])
def test_two_records_become_one_and_two_again_by_keys(
    duplicates: Callable[..., Page], twice: SimpleNamespace, width: int
) -> None:
    page = duplicates(width=width)
    page.get_by_role("link", name="Compare").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Compare records")).to_be_visible()
    stays = page.get_by_role("radio", name="Keep Ruth Moab")
    expect(stays).to_be_checked()
    page.get_by_role("radio", name=re.compile("First name ?: Ruth Ann")).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Merge records").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/partners/{twice.one.pk}/$"))
    expect(page.get_by_role("heading", name="Ruth Ann Moab", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="555 0100")).to_be_visible()
    page.goto(page.url.replace(f"/{twice.one.pk}/", f"/{twice.two.pk}/"))
    expect(page).to_have_url(re.compile(rf"/partners/{twice.one.pk}/$"))
    page.get_by_role("region", name="Merged into this record").get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo merge").click()
    expect(page).to_have_url(re.compile(rf"/partners/{twice.two.pk}/$"))
    expect(page.get_by_text("1 record may be the same")).to_be_visible()


def test_not_the_same_is_said_and_taken_back(duplicates: Callable[..., Page]) -> None:
    page = duplicates(width=390)
    page.get_by_role("button", name="Not the same").click()
    expect(
        page.get_by_text("No record looks like another").or_(page.get_by_text("Nobody has looked yet"))
    ).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Compare")).to_be_visible()


def test_nothing_runs_out_of_the_page_on_a_phone(duplicates: Callable[..., Page]) -> None:
    page = duplicates(width=390)
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_role("heading", name="Compare records")).to_be_visible()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)
