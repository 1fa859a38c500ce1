"""A board member prints the matrix: on a phone and by keys alone to the page, narrowed by a saved view, thirty units
on one sheet of either paper, masked as the board may see; and on a phone nothing scrolls sideways.
"""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from agencies.operations.saved_views import save_view
from ssu import operations as ssu
from tests.browser.axe import violations
from tests.browser.hands import DESK, PHONE, Finger, Hand, Keys
from tests.browser.walking import Open, session_of
from tests.cast import make_agency, person

UNITS = 30
MATRIX = "/a/harbor/units/matrix/"


@pytest.fixture
def board(live_server: Any) -> User:
    """Dan, on the board of an agency with thirty units of two strategies, every third of them closed."""
    alice, dan = person("Alice"), person("Dan")
    agency = make_agency("harbor", alice, name="Harbor Light")
    with transaction.atomic(), scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=alice, user=dan, roles=(Role.BOARD,))
        fill(agency, alice)
    return dan


def fill(agency: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    strategies = [
        ssu.add_strategy(**act, code=code, name=name) for code, name in (("S1", "Villages"), ("S2", "Cities"))
    ]
    for number in range(UNITS):
        level = "closed" if number % 3 == 0 else "open"
        ssu.add_unit(
            **act,
            strategy=strategies[number % 2],
            code=f"U{number:02}",
            name=f"{'Tamrin' if level == 'closed' else 'Riverbend'} {number:02}",
            alias=f"Project Cedar {number:02}" if level == "closed" else "",
            place="Tamrin Valley" if level == "closed" else "Riverbend Town",
            kind="community" if number % 5 else "initiative",
            discretion=level,
        )
    save_view(**act, listing="matrix", name="Initiatives", query="kind=initiative", shared=True)


def printed(page: Page, paper: str) -> PdfReader:
    """The page as it comes out of the printer."""
    return PdfReader(io.BytesIO(page.pdf(format=paper)))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_thirty_units_lie_on_one_sheet(board: User, visit: Any, open_page: Open, paper: str) -> None:
    page = open_page(MATRIX, session=session_of(visit, board))
    sheets = printed(page, paper).pages
    words = sheets[0].extract_text()
    assert len(sheets) == 1
    assert sheets[0].mediabox.width > sheets[0].mediabox.height
    assert [words.count(each) for each in ("Project Cedar", "Riverbend", "Tamrin")] == [10, 20, 0]
    assert "30 units, as of" in words
    assert "Set the impact goal" in words


@pytest.mark.parametrize(("way", "width"), [(Finger, PHONE), (Keys, DESK)])
def test_a_board_member_finds_narrows_and_prints_it(
    board: User, visit: Any, open_page: Open, way: Callable[[Page], Hand], width: int
) -> None:
    hand = way(open_page("/a/harbor/", width=width, session=session_of(visit, board)))
    page = hand.page
    hand.press(page.get_by_role("link", name="Open the matrix"))
    expect(page.get_by_role("heading", name="Six steps", level=1)).to_be_visible()
    hand.press(page.get_by_role("navigation", name="Saved views").get_by_role("link", name="Initiatives"))
    expect(page.get_by_role("link", name="Initiatives")).to_have_attribute("aria-current", "page")
    expect(page.locator(".matrix tbody tr")).to_have_count(6)
    assert "Only: Initiative" in printed(page, "A4").pages[0].extract_text()
    hand.press(page.locator(".matrix td a"))
    expect(page).to_have_url(re.compile(r"/roll-out/#step-1$"))


def test_on_a_phone_nothing_scrolls_sideways_and_every_cell_says_its_step(
    board: User, visit: Any, open_page: Open
) -> None:
    page = open_page(MATRIX, width=390, session=session_of(visit, board))
    widths = "[document.documentElement.scrollWidth, document.querySelector('.scroll').scrollWidth]"
    assert max(page.evaluate(widths)) <= 390
    page.evaluate("document.querySelector('.matrix th[scope=row] a').textContent = 'm'.repeat(120)")
    assert max(page.evaluate(widths)) <= 390
    page.set_viewport_size({"width": 1280, "height": 900})
    assert max(page.evaluate(widths)) <= 1280
    page.set_viewport_size({"width": PHONE, "height": 900})
    head = page.locator(".matrix tbody td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert head == '"1 Unit"'
    assert violations(page) == []


def test_a_reader_without_a_script_narrows_it_too(board: User, visit: Any, open_page: Open) -> None:
    page = open_page(MATRIX, script=False, session=session_of(visit, board))
    page.locator("summary", has_text="More filters").click()
    page.get_by_label("Kind").select_option("initiative")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".matrix tbody tr")).to_have_count(6)
    expect(page.get_by_role("list", name="Filters in use").get_by_text("Initiative")).to_be_visible()
