"""What axe finds wrong on a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Fetching nothing: the CSP would refuse it. The answer holds the violations only.
OPTIONS: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
BY_COLOR = ("color-contrast", "link-in-text-block")


def violations(page: Page) -> list[str]:
    """One line for each rule that the page breaks, with the elements."""
    return said(Axe().run(page, options=OPTIONS).response)


def color_violations(page: Page) -> list[str]:
    """The same for the rules that can change when only the colors did; on a page that `violations` looked at before."""
    only = {**OPTIONS, "runOnly": {"type": "rule", "values": list(BY_COLOR)}}
    return said(page.evaluate("options => axe.run(document, options)", only))


def said(response: dict[str, Any]) -> list[str]:
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes']]}" for rule in response["violations"]]
