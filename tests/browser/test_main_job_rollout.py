"""Job 1: from the first sign-in to a confirmed step in the matrix, and money that leads down to its lines."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from playwright.sync_api import expect

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency
from tests.browser.walking import Open, amount_of, follow, session_of, sign_in, six_figures


def test_an_administrator_begins_and_a_leader_goes_on(
    agency: Agency, alice: User, bob: User, visit: Any, open_page: Open
) -> None:
    Authenticator.objects.filter(user=alice).delete()
    with transaction.atomic(), scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=alice, user=bob)
    desk = open_page("/")
    sign_in(desk, alice.sign_in)
    set_up_second_factor(desk)
    make_unit(desk)
    name_leader(desk, "Bob")
    phone = open_page("/a/harbor/", width=390, session=session_of(visit, bob))
    expect(phone.get_by_role("heading", level=1)).to_have_text("My unit")
    claim_first_item(phone)
    confirm(desk, phone.url)
    desk.goto("/a/harbor/units/matrix/")
    expect(desk.get_by_role("row", name="Ferry Villages").get_by_role("cell").first).to_have_text("✓ 1/1")


def set_up_second_factor(desk: Any) -> None:
    """The workspace of an administrator opens only behind a second factor."""
    desk.goto("/a/harbor/")
    secret = desk.get_by_label("The key, to type it instead").input_value()
    desk.get_by_label("Authenticator code").fill(six_figures(secret))
    desk.get_by_role("button", name="Turn on two-step sign-in").click()
    desk.get_by_role("heading", level=1, name="recovery codes").wait_for()
    desk.goto("/a/harbor/")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Setup and health")


def make_unit(desk: Any) -> None:
    desk.goto("/a/harbor/units/add/")
    follow(desk, "Add strategy")
    desk.get_by_label("Name").fill("River communities")
    desk.get_by_label("Code").fill("RC")
    desk.get_by_role("button", name="Save strategy").click()
    desk.goto("/a/harbor/units/add/")
    desk.get_by_label("Strategy").select_option(label="River communities")
    desk.get_by_label("Name", exact=True).fill("Ferry Villages")
    desk.get_by_label("Code").fill("FV")
    desk.get_by_label("Community").check()
    desk.get_by_role("button", name="Add SSU").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Ferry Villages")


def name_leader(desk: Any, name: str) -> None:
    follow(desk, "Team")
    desk.get_by_label("Person").first.select_option(label=name)
    desk.get_by_label("Team leader").check()
    desk.get_by_role("button", name="Add to the team").click()
    expect(desk.get_by_role("row", name=name).get_by_text("Team leader")).to_be_visible()


def claim_first_item(phone: Any) -> None:
    follow(phone, "Our organization’s SSU")
    phone.get_by_label("What happened").fill("The elders of three villages and we agreed on the ferry villages.")
    phone.get_by_role("button", name="Add note").click()
    phone.get_by_role("button", name="Claim as done").click()
    expect(phone.get_by_text("You claimed it. Somebody else confirms it")).to_be_visible()


def confirm(desk: Any, item: str) -> None:
    desk.goto(item)
    desk.get_by_role("button", name="Confirm", exact=True).click()
    expect(desk.get_by_text("Confirmed by Alice").first).to_be_visible()


def test_a_gift_by_hand_is_corrected_and_every_total_leads_to_its_lines(
    agency: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    page = open_page("/a/harbor/giving/designations/add/", session=session_of(visit, alice))
    open_fund(page)
    add_partner(page)
    record_gift(page, "120.00")
    correct_gift(page, "102.00", "A digit was typed the wrong way round")
    page.goto("/a/harbor/partners/")
    page.get_by_role("link", name="Ruth Moab").click()
    follow(page, "Open the whole record")
    total = "$102.00"
    year = page.get_by_role("table", name="Totals by year and currency").get_by_role("link")
    expect(year).to_have_text(total)
    year.click()
    lines = page.get_by_role("table").locator("tbody td.num").all_inner_texts()
    assert sum(amount_of(line) for line in lines) == amount_of(total)
    page.goto("/a/harbor/giving/designations/")
    held = page.get_by_role("row", name="Clean wells").get_by_role("link").last
    expect(held).to_have_text(total)


def open_fund(page: Any) -> None:
    page.get_by_label("Code").fill("0100")
    page.get_by_label("Public name").fill("Clean wells")
    page.get_by_label("Project").check()
    page.get_by_role("button", name="Open designation").click()
    page.wait_for_url(re.compile(r"/designations/(\d+/)?$"))


def add_partner(page: Any) -> None:
    page.goto("/a/harbor/partners/add/")
    page.get_by_label(re.compile("^First name")).fill("Ruth")
    page.get_by_label(re.compile("^Last name")).fill("Moab")
    page.get_by_label("E-mail").fill("ruth@example.org")
    page.get_by_role("button", name="Add partner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruth Moab")


def record_gift(page: Any, amount: str) -> None:
    page.goto("/a/harbor/giving/gifts/add/")
    page.get_by_label("Name, e-mail, phone or number").fill("moab")
    page.get_by_role("button", name="Find").click()
    follow(page, "Ruth Moab")
    line = page.get_by_role("group", name="Line 1")
    line.get_by_label("Designation").select_option(index=1)
    line.get_by_label("Amount").fill(amount)
    page.get_by_role("button", name="Record gift").click()
    page.wait_for_url(re.compile(r"/giving/gifts/\d+/$"))


def correct_gift(page: Any, amount: str, reason: str) -> None:
    follow(page, "Correct gift")
    page.get_by_label("Reason").fill(reason)
    page.get_by_role("group", name="Line 1").get_by_label("Amount").fill(amount)
    page.get_by_role("button", name="Correct gift").click()
    page.wait_for_url(re.compile(r"/giving/gifts/\d+/$"))
    follow(page, "Stands in the place of")
    expect(page.get_by_text(reason).first).to_be_visible()
