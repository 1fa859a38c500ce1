"""Two ways to work a page: with a finger on a phone, and with the keys alone on a desk.

A journey that takes a `Hand` runs both ways: neither may need what only the other can do.
"""

from datetime import date
from typing import Protocol

from playwright.sync_api import Locator, Page

from tests.browser.walking import MOST_TABS, tab_to

PHONE, DESK = 390, 1280


class Hand(Protocol):
    """What a person does to a page."""

    page: Page

    def press(self, target: Locator) -> None:
        """Press a button, follow a link, open what is folded."""

    def write(self, target: Locator, words: str) -> None:
        """Write into a field, in place of what stands there."""

    def date(self, target: Locator, day: date) -> None:
        """Enter a day."""

    def mark(self, target: Locator) -> None:
        """Mark a box or choose one of several."""

    def choose(self, target: Locator, label: str) -> None:
        """Choose from a list."""

    def unit_page(self, label: str) -> None:
        """Go to another page of the same unit."""


class Finger:
    """On a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.first.click()

    def write(self, target: Locator, words: str) -> None:
        target.first.fill(words)

    def date(self, target: Locator, day: date) -> None:
        target.first.fill(str(day))

    def mark(self, target: Locator) -> None:
        target.first.check()

    def choose(self, target: Locator, label: str) -> None:
        target.first.select_option(label=label)

    def unit_page(self, label: str) -> None:
        tabs = up_to_tabs(self)
        self.press(tabs.locator("summary"))
        self.press(tabs.get_by_role("link", name=label, exact=True))


class Keys:
    """At a desk without a mouse: Tab, Enter, Space, arrows and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        tab_to(self.page, target.first).press("Enter")
        self.page.wait_for_load_state()

    def write(self, target: Locator, words: str) -> None:
        tab_to(self.page, target.first).press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def date(self, target: Locator, day: date) -> None:
        """Month, day and year one after the other, as the browser of an American asks for them."""
        tab_to(self.page, target.first)
        self.page.keyboard.type(f"{day:%m%d%Y}")

    def mark(self, target: Locator) -> None:
        """Space marks a box. Of several circles Tab comes to one; the arrows go to the others and choose them."""
        if target.first.get_attribute("type") != "radio":
            tab_to(self.page, target.first).press("Space")
            return
        self.to_group(str(target.first.get_attribute("name")))
        self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if target.first.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow comes to {target}")

    def to_group(self, name: str) -> None:
        """Press Tab until a circle of this group has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"Tab never comes to {name}")

    def choose(self, target: Locator, label: str) -> None:
        tab_to(self.page, target.first)
        self.page.keyboard.type(label)

    def unit_page(self, label: str) -> None:
        self.press(up_to_tabs(self).get_by_role("link", name=label, exact=True))


def up_to_tabs(hand: Hand) -> Locator:
    """The tabs of the unit; a page below one of them leads up to it first."""
    tabs = hand.page.locator("nav.tabs")
    if not tabs.count():
        hand.press(hand.page.locator("nav.crumbs a").last)
    return tabs
