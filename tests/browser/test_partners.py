"""The record beside the list, and a call from finding the partner to the next thing to do, in a real browser."""

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
from ssu import operations as ssu
from tests.cast import Visitor


@pytest.fixture
def world(live_server: Any, agency: Agency, alice: User) -> SimpleNamespace:
    """Three partners, Adam, Ruth and Zoe, and a unit; committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        act: dict[str, Any] = {"agency": agency, "actor": alice}
        strategy = ssu.add_strategy(**act, code="S1", name="Rivers")
        unit = ssu.add_unit(**act, strategy=strategy, code="U1", name="Riverbend", kind="community", discretion="open")
        names = (("Adam", "Abel"), ("Ruth", "Moab"), ("Zoe", "Zimri"))
        people = [operations.add_partner(**act, kind="person", first_name=one, last_name=two) for one, two in names]
    return SimpleNamespace(unit=unit, adam=people[0], ruth=people[1], zoe=people[2])


@pytest.fixture
def list_page(
    open_page: Callable[..., Page], visit: Callable[[User], Visitor], alice: User, world: SimpleNamespace
) -> Callable[..., Page]:
    """`list_page(width=390)` is the list of partners as Alice sees it."""
    session = visit(alice).cookies["sessionid"].value
    path = reverse("partners", args=["harbor"])
    return lambda query="", **options: open_page(path + query, session=session, **options)


def test_the_record_opens_beside_the_list_and_by_keys(list_page: Callable[..., Page], world: SimpleNamespace) -> None:
    page = list_page("?sort=name")
    link = page.get_by_role("link", name="Adam Abel")
    link.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("heading", name="Adam Abel")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"\?sort=name&open={world.adam.pk}$"))
    expect(panel.get_by_role("button", name="Previous")).to_be_disabled()
    page.keyboard.press("j")
    expect(panel.get_by_role("heading", name="Ruth Moab")).to_be_focused()
    expect(page).to_have_url(re.compile(rf"open={world.ruth.pk}$"))
    panel.get_by_role("button", name="Next").click()
    expect(panel.get_by_role("heading", name="Zoe Zimri")).to_be_focused()
    page.keyboard.press("k")
    expect(panel.get_by_role("heading", name="Ruth Moab")).to_be_focused()
    page.reload()
    expect(panel.get_by_role("heading", name="Ruth Moab")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("link", name="Ruth Moab")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?sort=name$"))


@pytest.mark.parametrize("options", [{"width": 390}, {"script": False}])
def test_on_a_phone_and_without_a_script_the_record_is_a_page(
    options: dict[str, Any], list_page: Callable[..., Page], world: SimpleNamespace
) -> None:
    page = list_page(**options)
    page.get_by_role("link", name="Ruth Moab").click()
    expect(page).to_have_url(re.compile(rf"/partners/{world.ruth.pk}/$"))
    expect(page.get_by_role("heading", name="Ruth Moab", level=1)).to_be_visible()


@pytest.mark.parametrize("options", [{"width": 1280}, {"width": 390}, {"width": 390, "script": False}])
def test_a_call_is_logged_and_what_follows_is_taken(
    options: dict[str, Any], list_page: Callable[..., Page], world: SimpleNamespace
) -> None:
    page = list_page(**options)
    page.goto(reverse("partner", args=["harbor", world.ruth.pk]))
    page.get_by_role("link", name="Log contact").first.click()
    page.get_by_label("Outcome").select_option("Agreed to meet")
    page.get_by_label("In the name of").select_option("Riverbend")
    page.get_by_label("Note", exact=False).first.fill("Tuesday at the mill")
    page.get_by_role("button", name="Log contact").click()
    page.get_by_role("button", name="Change stage").click()
    page.get_by_role("button", name="Add to my tasks").click()
    glance = page.get_by_role("region", name="At a glance")
    expect(glance).to_contain_text("Appointment (Riverbend)")
    expect(glance).to_contain_text("Phone call: agreed to meet")
    expect(page.get_by_role("region", name="To do")).to_contain_text("Visit by")
    expect(page.get_by_text("Tuesday at the mill").first).to_be_visible()
