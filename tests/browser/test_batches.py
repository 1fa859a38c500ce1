"""Keying a batch in a real browser: thirty gifts without the mouse, a few on a phone, and without a script."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from funds.operations import open_designation
from partners import operations
from partners.models import BatchRow, Gift, GiftBatch
from tests.browser.axe import violations

Open = Callable[..., Page]
GIVERS = ("Abara", "Brandt", "Castell", "Dahl", "Ekwueme")
GIFTS = 30


@pytest.fixture
def desk(live_server: Any, agency: Agency, alice: User) -> SimpleNamespace:
    """Five givers and two designations; committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        by: dict[str, Any] = {"agency": agency, "actor": alice}
        open_designation(**by, code="0100", public_name="Clean wells", kind="project")
        open_designation(**by, code="0900", public_name="General fund", kind="general")
        for number, name in enumerate(GIVERS, start=1):
            given: dict[str, Any] = {"kind": "person", "first_name": "Ruth", "last_name": name}
            operations.add_partner(**by, **given, number=("HLM", str(100 + number)))
    return SimpleNamespace(list=reverse("batches", args=[agency.slug]))


def start(page: Page, count: int, total: str) -> None:
    """Open a batch on the page where that is done."""
    page.get_by_label("Where it came from").fill("Mail of Tuesday")
    page.get_by_label("Number of gifts").fill(str(count))
    page.get_by_label("Total", exact=True).fill(total)
    page.get_by_label("Method of most gifts").select_option("check")
    page.get_by_label("Designation of most gifts").select_option(label="0100 Clean wells")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/batches/\d+/$"))


def in_agency(agency: Agency, ask: Callable[[], Any]) -> Any:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return ask()


def test_thirty_gifts_are_keyed_without_the_mouse(
    desk: SimpleNamespace, agency: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    page = open_page(f"{desk.list}add/", session=visit(alice).cookies["sessionid"].value)
    start(page, GIFTS, "465.00")
    keys = page.keyboard
    expect(page.locator("[data-line]").first.get_by_label("Giver", exact=True)).to_be_focused()
    for number in range(1, GIFTS + 1):
        keys.type(GIVERS[number % 5][:4].lower() if number % 3 else str(101 + number % 5))
        expect(page.locator(".entry-list [role=option]").first).to_contain_text(f"Ruth {GIVERS[number % 5]}")
        keys.press("Enter")
        keys.type(f"{number}.00")
        if number == 7:
            keys.press("F2")
            keys.type("0900")
            keys.press("Tab")
            keys.type("2.00")
        keys.press("Enter")
        expect(page.locator("[data-keyed]")).to_have_text(re.compile(rf"^\s*{number} gift"))
    expect(page.locator("[data-missing]")).to_have_text(re.compile("Count and total match"))
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator("[data-paper] tbody tr")).to_have_count(GIFTS)
    expect(page.get_by_role("table", name="Gifts of the batch")).to_be_visible()
    expect(page.locator("[data-line]").first).not_to_be_visible()
    page.emulate_media(media="screen")
    rows = in_agency(
        agency, lambda: list(BatchRow.objects.order_by("place").values_list("giving_unit__name", "amount"))
    )
    assert rows == [(f"Ruth {GIVERS[n % 5]}", n * 100) for n in range(1, GIFTS + 1)]
    while page.evaluate("document.activeElement.textContent.trim()") != "Post batch":
        keys.press("Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_text("Batch 1 is posted.")).to_be_visible()
    gifts = in_agency(agency, lambda: [(gift.amount, gift.lines.count()) for gift in Gift.objects.order_by("pk")])
    assert gifts == [(n * 100, 2 if n == 7 else 1) for n in range(1, GIFTS + 1)]


def test_what_did_not_get_through_is_kept_in_its_line(
    desk: SimpleNamespace, agency: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    page = open_page(f"{desk.list}add/", session=visit(alice).cookies["sessionid"].value)
    start(page, 1, "5.00")
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort("aborted") if len(lost) == 1 else route.continue_()

    page.route("**/rows/", lose)
    page.keyboard.type("dahl")
    expect(page.locator(".entry-list [role=option]").first).to_contain_text("Ruth Dahl")
    page.keyboard.press("Enter")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    line = page.locator("[data-line]").first
    expect(line.locator("[data-status]")).to_contain_text("Not saved yet: no connection")
    expect(page.locator("[data-missing]")).to_have_text(re.compile("1 gift and \\$5.00 missing"))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(line.locator("[data-status]")).to_have_text("Saved")
    assert in_agency(agency, lambda: [row.amount for row in BatchRow.objects.all()]) == [500]


@pytest.mark.parametrize("script", [True, False])
def test_a_batch_is_keyed_on_a_phone(
    desk: SimpleNamespace, agency: Agency, alice: User, visit: Any, open_page: Open, script: bool
) -> None:
    session = visit(alice).cookies["sessionid"].value
    page = open_page(f"{desk.list}add/", width=390, script=script, session=session)
    start(page, 2, "7.50")
    for number, (words, amount) in enumerate((("Ruth Brandt", "5.00"), ("?", "2.50")), start=1):
        line = page.locator("[data-line]").last
        line.get_by_label("Giver", exact=True).fill(words)
        line.get_by_label("Amount", exact=True).fill(amount)
        if script:
            page.get_by_role("heading", level=1).click()
        else:
            line.get_by_role("button", name="Save").click()
        expect(page.locator("[data-keyed]")).to_have_text(re.compile(rf"^\s*{number} gift"))
        if script:
            line.get_by_label("Giver", exact=True).press("Enter")
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits)
    page.get_by_role("button", name="Post batch").click()
    expect(page.get_by_text("$5.00", exact=True)).to_have_count(1)
    assert in_agency(agency, lambda: GiftBatch.objects.get().state) == "posted"
