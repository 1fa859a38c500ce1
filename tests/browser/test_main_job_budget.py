"""Job 3: a budget that says what the money makes possible, worked with the keyboard alone."""

from typing import Any

from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.walking import Open, session_of, small_agency, tab_to

LINES = (("Lessons for forty families", "Teaching", "1,200"), ("Two leaders trained", "Training", "800.00"))


def test_a_budget_is_written_submitted_and_approved_without_a_pointer(
    live_server: Any, carol: User, dan: User, visit: Any, open_page: Open
) -> None:
    small_agency(finance=carol, administrator=dan)
    page = open_page("/a/bright-coast/budgets/", session=session_of(visit, carol))
    press(page, "link", "Budgets")
    press(page, "button", "Start a budget")
    for line in LINES:
        add_line(page, *line)
    expect(page.get_by_role("row", name=LINES[0][0]).get_by_text("$1,200.00").first).to_be_visible()
    press(page, "button", "Submit for approval")
    other = open_page(page.url, session=session_of(visit, dan))
    press(other, "button", "Approve this version")
    expect(other.get_by_text("Approved", exact=True).first).to_be_visible()
    expect(other.locator(".coverage").first).to_contain_text("of $2,000.00 received or committed")
    other.goto("/a/bright-coast/budgets/")
    expect(other.get_by_role("row", name="Ferry Villages").locator("svg")).to_have_count(1)


def press(page: Page, role: Any, name: str) -> None:
    """Go to the first control of this name with Tab, and press Enter."""
    tab_to(page, page.get_by_role(role, name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def add_line(page: Page, impact: str, category: str, amount: str) -> None:
    press(page, "link", "Add a line")
    for label, words in (("What it makes possible", impact), ("Category", category), ("Amount for the year", amount)):
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(words)
    press(page, "button", "Save line")
