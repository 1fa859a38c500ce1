"""An administrator sets up a strategy with two units, the second by copy; and what is entered wrongly is said, with
nothing lost.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from ssu import operations
from ssu.models import ActionItem, Unit
from tests.browser.axe import violations
from tests.browser.hands import DESK, PHONE, Finger, Hand, Keys
from tests.browser.walking import session_of

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
GIGABYTE = 1024**3


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Open]:
    """As everywhere, but refusals are expected here, and the browser's console calls them errors."""
    contexts = []

    def open_at(path: str, *, session: str, width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def unit(live_server: Any, agency: Agency, alice: User) -> Unit:
    with transaction.atomic(), scope.of_agency(agency.pk):
        strategy = operations.add_strategy(agency=agency, actor=alice, code="S0", name="Water")
        return operations.add_unit(
            agency=agency, actor=alice, strategy=strategy, code="U0", name="Wells", kind="program", discretion="open"
        )


@pytest.fixture(params=["finger", "keys"])
def hand(request: pytest.FixtureRequest, open_page: Open, agency: Agency, alice: User, visit: Any) -> Hand:
    """The administrator before the strategies: on a phone, or at a desk without a mouse."""
    way, width = (Finger, PHONE) if request.param == "finger" else (Keys, DESK)
    return way(open_page(f"/a/{agency.slug}/strategies/", session=session_of(visit, alice), width=width))


def test_strategy_with_two_units_the_second_by_copy(hand: Hand, agency: Agency) -> None:
    add_strategy(hand)
    add_unit(hand)
    copy_unit(hand)
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert ActionItem.objects.filter(unit__code="U2").count() == 11
        assert set(Unit.objects.values_list("strategy__name", "kind")) == {("Mother-tongue Scripture", "community")}


def field(hand: Hand, label: str) -> Locator:
    return hand.page.get_by_role("textbox", name=label)


def button(hand: Hand, name: str) -> Locator:
    return hand.page.get_by_role("main").get_by_role("button", name=name)


def add_strategy(hand: Hand) -> None:
    hand.press(hand.page.get_by_role("main").get_by_role("link", name="Add strategy"))
    hand.write(field(hand, "Name"), "Mother-tongue Scripture")
    hand.write(field(hand, "Code"), "S1")
    hand.press(button(hand, "Save strategy"))
    expect(hand.page.get_by_role("heading", name="Mother-tongue Scripture", level=1)).to_be_visible()


def add_unit(hand: Hand) -> None:
    hand.press(hand.page.locator("header summary", has_text="Add"))
    hand.press(hand.page.locator("header").get_by_role("link", name="SSU", exact=True))
    hand.choose(hand.page.get_by_label("Strategy"), "Mother-tongue Scripture")
    hand.write(field(hand, "Name"), "Riverbend")
    hand.write(field(hand, "Code"), "U1")
    hand.mark(hand.page.get_by_label("Community"))
    hand.press(button(hand, "Add SSU"))
    expect(hand.page.get_by_role("heading", name="Riverbend", level=1)).to_be_visible()


def copy_unit(hand: Hand) -> None:
    """A code that is taken is said, and nothing of what was entered is lost."""
    page = hand.page
    hand.press(page.locator("main summary", has_text="More"))
    hand.press(page.get_by_role("link", name="Copy", exact=True))
    assert violations(page) == []
    expect(page.get_by_text("Partners, gifts, commitments and letters")).to_be_visible()
    hand.write(field(hand, "Name"), "Hillside")
    hand.write(field(hand, "Code"), "U1")
    hand.press(button(hand, "Make the copy"))
    expect(page.get_by_text("Another unit has this code").first).to_be_visible()
    expect(field(hand, "Name")).to_have_value("Hillside")
    hand.write(field(hand, "Code"), "U2")
    hand.press(button(hand, "Make the copy"))
    expect(page.get_by_role("heading", name="Hillside", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Riverbend")).to_be_visible()


def item_page(open_page: Open, agency: Agency, unit: Unit, session: str, **options: Any) -> Page:
    return open_page(reverse("item", args=[agency.slug, unit.pk, "1.1"]), session=session, **options)


def test_file_of_a_gigabyte_is_refused_when_it_is_chosen(
    open_page: Open, agency: Agency, unit: Unit, alice: User, visit: Any, tmp_path: Path
) -> None:
    large = tmp_path / "film.pdf"
    with large.open("wb") as file:
        file.truncate(GIGABYTE)
    page = item_page(open_page, agency, unit, session_of(visit, alice))
    page.get_by_text("Add file", exact=True).first.click()
    form = page.locator("form[enctype='multipart/form-data']")
    form.get_by_label("What it shows").fill("Film of the dedication")
    form.locator("input[type=file]").set_input_files(large)
    said = form.locator("input[type=file]").evaluate("field => field.validationMessage")
    assert said == "This file is larger than 20 MB. Choose a smaller one."
    form.get_by_role("button", name="Add file").click()
    expect(form.get_by_label("What it shows")).to_have_value("Film of the dedication")
    expect(page).to_have_url(page.url)


def test_without_a_script_the_server_says_it_and_the_connection_holds(
    open_page: Open, agency: Agency, unit: Unit, alice: User, visit: Any, tmp_path: Path, settings: Any
) -> None:
    settings.MAX_UPLOAD_BYTES = 1024**2
    large = tmp_path / "film.pdf"
    large.write_bytes(b"%PDF-" + bytes(30 * 1024**2))
    page = item_page(open_page, agency, unit, session_of(visit, alice), script=False)
    page.get_by_text("Add file", exact=True).first.click()
    form = page.locator("form[enctype='multipart/form-data']")
    form.locator("input[type=file]").set_input_files(large)
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        form.get_by_role("button", name="Add file").click()
    assert posted.value.status == 413
    expect(page.get_by_text("This page takes up to 1 MB.")).to_be_visible()


def test_file_of_a_false_type_is_refused_in_a_sentence_and_the_title_stays(
    open_page: Open, agency: Agency, unit: Unit, alice: User, visit: Any, tmp_path: Path
) -> None:
    false = tmp_path / "plan.pdf"
    false.write_bytes(b"MZ\x90 a program")
    page = item_page(open_page, agency, unit, session_of(visit, alice), script=False)
    page.get_by_text("Add file", exact=True).first.click()
    form = page.locator("form[enctype='multipart/form-data']")
    form.get_by_label("What it shows").fill("The plan")
    form.locator("input[type=file]").set_input_files(false)
    form.get_by_role("button", name="Add file").click()
    expect(page.get_by_text("This file cannot be kept as evidence").first).to_be_visible()
    expect(page.locator("form[enctype='multipart/form-data']").get_by_label("What it shows")).to_have_value("The plan")
