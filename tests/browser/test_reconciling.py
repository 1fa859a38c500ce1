"""July at the bank: the samples are brought in, their lines matched and taken back, on a phone and without a script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from funds.operations import open_designation
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.models import BankMatch, GivingUnit
from tests.browser.axe import violations
from tests.browser.hands import DESK, PHONE
from tests.partners.reconciliation.bank import Bank
from tests.partners.reconciliation.test_payouts import SAMPLES

Open = Callable[..., Page]


@pytest.fixture
def july(live_server: Any, agency: Agency, alice: User) -> str:
    """The bank's July and Stripe's payouts, and two batches of checks; committed. Returns the page."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        by: dict[str, Any] = {"agency": agency, "actor": alice}
        place = open_designation(**by, code="0900", public_name="General fund", kind="general")
        giver = GivingUnit.objects.get(partner=operations.add_partner(**by, kind="person", last_name="Moab"))
        for name in ("stripe/payout_reconciliation.csv", "bank/checking_july.ofx"):
            run = receive_file(**by, name=name, content=SAMPLES / name, check=False)
            apply_import(**by, run=check_import(agency=agency, run=run))
        bank = Bank(agency, alice, giver, place)
        for minor, day in ((452377, 3), (200000, 6), (113389, 6)):
            bank.batch(minor, on=agency.today().replace(year=2026, month=7, day=day))
    return reverse("reconcile", args=[agency.slug])


def standing(agency: Agency) -> int:
    with transaction.atomic(), scope.of_agency(agency.pk):
        count: int = BankMatch.objects.standing().count()
        return count


@pytest.mark.parametrize(("width", "script"), [(DESK, True), (PHONE, False)])
def test_july_is_matched_and_taken_back(
    width: int, script: bool, july: str, agency: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    session = visit(alice).cookies["sessionid"].value
    page = open_page(july, session=session, width=width, script=script)
    expect(page.get_by_role("link", name="At the bank, not matched 22")).to_be_visible()
    expect(page.locator("input[name=pick]:checked")).to_have_count(3)
    expect(page.get_by_text("less $64.55 fees")).to_be_visible()
    page.get_by_role("link", name="Stripe po_1AAPKNHGJru2dpm, 19 charges").click()
    expect(page.get_by_text("No line of the bank is matched with it yet.")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Match the 3 ticked lines").click()
    expect(page.get_by_text("3 lines are matched.")).to_be_visible()
    assert standing(agency) == 3
    if script:
        assert violations(page) == []
    page.get_by_role("link", name=re.compile("PAYPAL")).click()
    page.get_by_label("What the rest is").select_option(label="Transfer between own accounts")
    page.get_by_role("button", name="Match the line").click()
    expect(page.get_by_role("heading", name="Matched")).to_be_visible()
    page.get_by_role("button", name="Take the match back").click()
    expect(page.get_by_text("Taken back. The line is in the queue again.")).to_be_visible()
    expect(page.get_by_role("heading", name="What was matched before")).to_be_visible()
    assert standing(agency) == 3


@pytest.mark.parametrize("script", [True, False])
def test_what_was_never_keyed_is_posted_and_matched_with_a_few_taps(
    script: bool, live_server: Any, agency: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    """What the line tells is saved without a letter typed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        by: dict[str, Any] = {"agency": agency, "actor": alice}
        place = open_designation(**by, code="0900", public_name="General fund", kind="general")
        moab = operations.add_partner(**by, kind="person", first_name="Ruth", last_name="Moab")
        bank = Bank(agency, alice, GivingUnit.objects.get(partner=moab), place)
        bank.batch(700)
        line = bank.line(5000, party="Ruth Moab")
    session = visit(alice).cookies["sessionid"].value
    page = open_page(reverse("reconcile_line", args=[agency.slug, line.pk]), session=session, script=script)
    page.get_by_role("link", name="Enter the gift").click()
    page.get_by_role("button", name="Open batch and key gifts").click()
    if not script:
        page.get_by_role("button", name="Save").first.click()
    page.get_by_role("button", name="Post batch").click()
    expect(page.get_by_text("matched with its line of the bank")).to_be_visible()
    assert standing(agency) == 1
