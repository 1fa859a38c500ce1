"""The dresses of a page: at a desk by day and in the dark, on a phone from left to right and from right to left."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page

from tests.browser.axe import BY_COLOR, BY_WIDTH, bring, violations

STILL = """const still = new CSSStyleSheet();
still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];"""
"""Buttons change their colors by a transition: here at once."""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
OVERFLOWING = """[...document.querySelectorAll(".list-cards :is(tbody, tfoot) :is(td, th)")]
    .filter(cell => cell.checkVisibility() && cell.clientWidth > 1 && cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => cell.textContent.trim().replace(/\\s+/g, " ").slice(0, 40))"""
"""Cells of lists that are blocks on a phone and have more in them than they are wide; heads are hidden there."""
CLASSES = "[...new Set([...document.querySelectorAll('[class]')].map(each => each.tagName + ' ' + each.className))]"


def still_page(open_page: Callable[..., Page], session: str, **how: Any) -> Page:
    """A page of somebody signed in, in whose browser nothing moves and axe is there from the start."""
    page = open_page("/me/", session=session, reduced_motion="reduce", **how)
    bring(page.context)
    page.context.add_init_script(STILL)
    return page


def dressed(page: Page, seen: set[str]) -> Iterator[tuple[str, list[str]]]:
    """What is wrong with the page in front of us, in each of its dresses; it is loaded once. Colors are given to
    classes: in the dark those of a page are looked at when it has a class that was not `seen` on an earlier page.
    """
    dress(page, 1280, "light", "ltr")
    yield "light", violations(page)
    classes = set(page.evaluate(CLASSES))
    by_color = () if classes <= seen else BY_COLOR
    if by_color:
        seen |= classes
        dress(page, 1280, "dark", "ltr")
        yield "dark", violations(page, *by_color)
    dress(page, 390, "dark", "rtl")
    yield "phone, right to left, dark", too_wide(page) + violations(page, *by_color, *BY_WIDTH)
    turn(page, "ltr")
    yield "phone", too_wide(page) + overflowing(page)


def faults(page: Page, seen: set[str]) -> list[str]:
    """What is wrong with the page in any of its dresses, a line each."""
    headings = page.get_by_role("heading", level=1).count()
    said = [] if headings == 1 else [f"{page.url}: {headings} main headings"]
    return said + [f"{page.url}, {name}: {fault}" for name, found in dressed(page, seen) for fault in found]


def dress(page: Page, width: int, scheme: Any, direction: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    turn(page, direction)


def turn(page: Page, direction: str) -> None:
    page.evaluate("direction => document.documentElement.dir = direction", direction)


def too_wide(page: Page) -> list[str]:
    """Whether one has to scroll to the side."""
    return [] if page.evaluate(FITS) else [f"{page.evaluate('document.documentElement.scrollWidth')} px wide"]


def overflowing(page: Page) -> list[str]:
    """Cells of a list whose words run out of them, over their neighbor or the edge."""
    return [f"a cell of a list runs over: {words}" for words in page.evaluate(OVERFLOWING)]
