"""What axe finds wrong on a page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

# Fetching nothing: the CSP would refuse it. The answer holds the violations only.
OPTIONS: dict[str, Any] = {"preload": False, "resultTypes": ["violations"], "iframes": False}
BY_COLOR = ("color-contrast", "link-in-text-block")
BY_WIDTH = (
    "aria-hidden-focus",
    "aria-required-children",
    "aria-required-parent",
    "button-name",
    "empty-table-header",
    "input-button-name",
    "label",
    "landmark-one-main",
    "landmark-unique",
    "link-name",
    "list",
    "page-has-heading-one",
    "region",
    "scrollable-region-focusable",
    "select-name",
    "skip-link",
    "summary-name",
    "target-size",
    "td-headers-attr",
)
"""What can be wrong on a phone of a page that is right at a desk: of what only a phone shows, and what it lays out."""


def bring(context: BrowserContext) -> None:
    """Let every page of this context have axe from the start: sending its half megabyte takes as long as its work."""
    context.add_init_script(AXE_SCRIPT)


def violations(page: Page, *rules: str) -> list[str]:
    """One line for each rule that the page breaks, with the elements. Some rules only: on a page that was looked at
    whole before, and of which they alone can have changed.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    chosen = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    return said(page.evaluate("options => axe.run(document, options)", {**OPTIONS, **chosen}))


def said(response: dict[str, Any]) -> list[str]:
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes']]}" for rule in response["violations"]]
