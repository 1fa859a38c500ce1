"""Pages in the system's Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright

PATIENCE = 20_000  # milliseconds; the machine also runs PostgreSQL, a worker and another Chromium
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the run. Playwright keeps an event loop in this thread, which Django would refuse to share."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=QUIET)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Locator, "click", click_and_load)
            expect.set_options(timeout=PATIENCE)
            yield running
        running.close()


press = Locator.click


def click_and_load(self: Locator, **options: Any) -> None:
    """A click that leads to another page ends when that page is there. Playwright's own ends when its first byte is."""
    press(self, **options)
    self.page.wait_for_load_state()


class Problems(list[str]):
    """What the browser complained about: errors in the console, failed scripts, refused requests."""

    def watch(self, page: Page) -> None:
        page.on("console", lambda said: self.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("requestfailed", self.failed)

    def failed(self, request: Request) -> None:
        """A request that the next page cut short (`ERR_ABORTED`) is nobody's fault."""
        if request.failure != "net::ERR_ABORTED":
            self.append(f"{request.url} failed: {request.failure}")


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page("/look/", width=390, script=False)` is a page at that address; any complaint of the browser fails.

    `session` is the session cookie of somebody signed in: `visit(alice).cookies["sessionid"].value`.
    """
    complaints = Problems()
    contexts = []

    def open_at(path: str, *, width: int = 1280, script: bool = True, session: str = "", **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=script, **options
        )
        contexts.append(context)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        complaints.watch(page)
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []
