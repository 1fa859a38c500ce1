"""Units and their roll-out in a real browser: accessible in every dress, worked from the keyboard and on a phone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from ssu import operations
from ssu.models import ActionItem, Unit
from tests.browser.dresses import faults, still_page

GOAL: dict[str, Any] = {
    "indicator": "communities with Scripture in use",
    "unit_of_measure": "communities",
    "baseline": 2,
    "target": 14,
}


@pytest.fixture
def unit(live_server: Any, agency: Agency, alice: User, bob: User) -> Unit:
    """Bob leads a unit in which something was done already, committed so that the server sees it."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        worker = operations.worker_of(people.add_member(agency=agency, actor=alice, user=bob))
        strategy = operations.add_strategy(agency=agency, actor=alice, code="S1", name="Unreached Peoples")
        given: dict[str, Any] = {
            "strategy": strategy,
            "kind": "people_group",
            "region": "Central Asia",
            "place": "Tamrin Valley",
        }
        made = operations.add_unit(
            agency=agency, actor=alice, code="U1", name="Tamrin", alias="Project Cedar", discretion="closed", **given
        )
        today = agency.today()
        operations.add_team_member(
            agency=agency, actor=alice, unit=made, worker=worker, role=Role.LEADER, joined_on=today
        )
        said = "Scripture in use in 14 communities by 2029."
        goal = operations.add_goal_version(agency=agency, actor=bob, unit=made, statement=said, by_when=today, **GOAL)
        operations.add_reading(agency=agency, actor=bob, goal=goal, date=today, value=Decimal(5), story="Two began.")
        for key in ("1.1", "2.1", "3.1"):
            item = ActionItem.objects.get(unit=made, key=key)
            operations.add_note(agency=agency, actor=bob, item=item, text="Seen by the elders.")
            operations.claim_item(agency=agency, actor=bob, item=item)
        operations.confirm_item(agency=agency, actor=alice, item=ActionItem.objects.get(unit=made, key="1.1"))
    return made


def addresses(agency: Agency, unit: Unit) -> list[str]:
    """Pages of a unit in which something was done, claimed and confirmed; the rest is in the walk of every page."""
    keyed = [reverse("item", args=[agency.slug, unit.pk, key]) for key in ("1.1", "2.1", "4.1")]
    return [reverse("matrix", args=[agency.slug]), reverse("rollout", args=[agency.slug, unit.pk]), *keyed]


def test_pages_are_accessible_and_fit(
    agency: Agency, unit: Unit, alice: User, visit: Any, open_page: Callable[..., Any]
) -> None:
    page, seen = still_page(open_page, visit(alice).cookies["sessionid"].value), set[str]()
    for url in addresses(agency, unit):
        page.goto(url)
        assert faults(page, seen) == []


@pytest.mark.parametrize("script", [True, False])
def test_leader_claims_on_a_phone_and_administrator_confirms(
    agency: Agency, unit: Unit, alice: User, bob: User, visit: Any, open_page: Callable[..., Any], script: bool
) -> None:
    url = reverse("rollout", args=[agency.slug, unit.pk])
    phone = open_page(url, width=390, session=visit(bob).cookies["sessionid"].value, script=script)
    phone.get_by_role("link", name="SSU’s core messages to communicate").click()
    phone.get_by_label("What happened").fill("Three sentences are agreed. Everybody on the team says them.")
    phone.get_by_role("button", name="Add note").click()
    phone.get_by_role("button", name="Claim as done").click()
    expect(phone.get_by_text("You claimed it. Somebody else confirms it")).to_be_visible()
    expect(phone.get_by_role("button", name="Confirm", exact=True)).to_be_hidden()
    desk = open_page(phone.url, session=visit(alice).cookies["sessionid"].value, script=script)
    desk.get_by_role("button", name="Confirm", exact=True).click()
    expect(desk.get_by_text("Confirmed by Alice").first).to_be_visible()
    desk.get_by_role("button", name="Undo").last.click()
    expect(desk.get_by_text("Ready to confirm").first).to_be_visible()
