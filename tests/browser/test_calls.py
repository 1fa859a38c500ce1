"""The staff moment: "Where did my gift go?", found in four ways, told, logged, done within a minute."""

import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency, Role
from agencies.operations import add_member
from core.money import Money
from funds.operations import open_designation
from partners import operations
from partners.models import Contact, FollowUp, GivingUnit, Phone
from partners.operations import Part
from ssu import operations as ssu
from ssu.models import Unit
from tests.cast import Visitor, person

A_MINUTE = 60


@pytest.fixture
def world(live_server: Any, agency: Agency, alice: User) -> SimpleNamespace:
    """Stan of the staff; Ruth, who promised and gave $50 a month by check to a unit that shifts soon, held by Bob."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        act: dict[str, Any] = {"agency": agency, "actor": alice}
        stan = person("Stan")
        add_member(**act, user=stan, roles=(Role.STAFF,))
        strategy = ssu.add_strategy(**act, code="S1", name="Rivers")
        unit = ssu.add_unit(**act, strategy=strategy, code="U1", name="Riverbend", kind="community", discretion="open")
        Unit.objects.filter(pk=unit.pk).update(shift_date=agency.today() + timedelta(days=30))
        worker = ssu.add_worker(**act, name="Bob Ferry")
        since = agency.today() - timedelta(days=90)
        ssu.add_team_member(**act, worker=worker, unit=unit, role=Role.LEADER, joined_on=since)
        place = open_designation(**act, code="0100", public_name="Riverbend", kind="unit", unit=unit)
        ruth = operations.add_partner(**act, kind="person", first_name="Ruth", last_name="Moäb")
        operations.add_partner(**act, kind="person", first_name="Adam", last_name="Abel")
        Phone.objects.create(partner=ruth, number="(555) 010-1234")
        giver = GivingUnit.objects.get(partner=ruth)
        start = agency.today() - timedelta(days=20)
        operations.add_commitment(
            **act, giving_unit=giver, designation=place, amount=Money(5000, "USD"), frequency="monthly", starts_on=start
        )
        parts = [Part(place, Money(5000, "USD"), "")]
        given: dict[str, Any] = {"method": "check", "reference": "1042", "parts": parts, "key": "k"}
        operations.record_gift(**act, giving_unit=giver, on=start, **given)
        operations.appoint_holder(**act, partner=ruth, unit=unit, worker=worker)
    return SimpleNamespace(stan=stan, ruth=ruth)


@pytest.fixture
def find_page(open_page: Callable[..., Page], visit: Callable[[User], Visitor], world: SimpleNamespace) -> Any:
    session = visit(world.stan).cookies["sessionid"].value
    return lambda **options: open_page(reverse("calls", args=["harbor"]), session=session, **options)


def all_is_told(page: Page) -> None:
    """Every fact that Stan needs while the caller speaks."""
    gifts = page.get_by_role("region", name="The last gifts")
    for words in ("$50.00", "posted", "Riverbend", "Check 1042", "Your gift of $50.00 (check 1042) arrived."):
        expect(gifts).to_contain_text(words)
    for region, words in (
        ("Who is calling", "(555) 010-1234"),
        ("Commitment", "$50.00 monthly, Riverbend"),
        ("Shift", "Riverbend: Shifts on"),
        ("Who holds the relationship", "Bob Ferry, Riverbend"),
        ("Safe to say", "I will tell Bob Ferry that you called."),
    ):
        expect(page.get_by_role("region", name=region, exact=True)).to_contain_text(words)


def test_the_staff_moment_by_keys_alone_within_a_minute(find_page: Any, world: SimpleNamespace, agency: Agency) -> None:
    """Found by name, telephone, amount and number of the check, each logged: type, Tab to the answer, Enter, and at the
    end the call is logged from the keyboard.
    """
    page: Page = find_page()
    for words, why in (
        ("moab", "by name"),
        ("+1 555 0101234", "telephone (555) 010-1234"),
        ("50", "check 1042, $50.00"),
        ("check 1042", "check 1042, $50.00"),
    ):
        begun, steps = time.monotonic(), 0
        expect(page.get_by_label("Who is calling, or which gift?")).to_be_focused()
        page.keyboard.type(words)
        answer = page.get_by_role("link", name="Ruth Moäb")
        expect(page.locator(".callers")).to_contain_text(why)
        for key in ("Tab", "Tab", "Enter"):  # past the button, to the answer
            page.keyboard.press(key)
            steps += 1
        expect(page.get_by_role("heading", name="Ruth Moäb", level=1)).to_be_visible()
        expect(answer).to_have_count(0)
        all_is_told(page)
        page.get_by_role("link", name="Log the call").press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("What was said", exact=False)).to_be_focused()
        page.keyboard.type("Asked where it went")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Talked")).to_be_focused()
        page.keyboard.press("Enter")
        steps += 5
        expect(page.get_by_text("The call with Ruth Moäb is logged.")).to_be_visible()
        assert steps == 8
        assert time.monotonic() - begun < A_MINUTE
    with transaction.atomic(), scope.of_agency(agency.pk):
        notes = list(Contact.objects.filter(partner=world.ruth).values_list("note", "by__name"))
    assert notes == [("Asked where it went", "Stan")] * 4


@pytest.mark.parametrize("options", [{"width": 390}, {"width": 390, "script": False}])
def test_on_a_phone_and_without_a_script_somebody_is_asked_to_come_back(
    options: dict[str, Any], find_page: Any, world: SimpleNamespace, agency: Agency
) -> None:
    page: Page = find_page(**options)
    page.get_by_label("Who is calling, or which gift?").fill("$50.00")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Ruth Moäb").click()
    all_is_told(page)
    page.get_by_label("What about", exact=False).fill("Check 1042")
    page.get_by_role("button", name="Add follow-up").click()
    expect(page.get_by_text("Follow-up added.").first).to_be_visible()
    expect(page.get_by_role("region", name="Who holds the relationship")).to_contain_text("Check 1042")
    page.get_by_role("button", name="Talked").click()
    expect(page.get_by_text("The call with Ruth Moäb is logged.").first).to_be_visible()
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert FollowUp.objects.get().text == "Check 1042"
