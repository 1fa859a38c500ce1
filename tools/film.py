"""Film the team leader's moment from a running demo: `.venv/bin/python -m tools.film`.

A phone of 390 px on a poor line (400 kbit/s, 400 ms there and back), with an empty cache at the start. From the landing
page to a claim that is saved, and what the person who confirms finds: five pictures in `docs/screenshots`, and for each
tap the seconds until the next page stood and the kilobytes that it took. Works on the demo as `./dev manage demo
--reset` leaves it. `ADDRESS` is where the demo runs, `CHROMIUM` the browser.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tools.screenshots import AGENCY, ALICE, BOB, PHONE, Picture, keep, signed_in

UNIT, ITEM = "Kareth Valley Families", "Roles, responsibilities, timeline"
WORDS = "Bob writes the letter of each quarter, Laura thanks within two days. The plan hangs in the team room."
POOR_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
"""Chromium's DevTools protocol, Network.emulateNetworkConditions: milliseconds, and bytes per second."""


class Line:
    """A poor line, and what went over it."""

    def __init__(self, page: Page) -> None:
        self.page, self.bytes = page, 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.clearBrowserCache")
        session.send("Network.emulateNetworkConditions", POOR_LINE)
        session.on("Network.loadingFinished", self.count)

    def count(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])

    @contextmanager
    def tap(self, what: str) -> Iterator[None]:
        """Say how long the next page took, and how much."""
        self.bytes, begun = 0, time.monotonic()
        yield
        self.page.wait_for_load_state()
        print(f"{time.monotonic() - begun:5.1f} s {self.bytes / 1000:6.1f} kB  {what}", flush=True)


def shoot(page: Page, name: str) -> None:
    """One picture of what the screen shows."""
    print(f"               {keep(page, f'leader-{name}').name}", flush=True)


def leader(browser: Browser, address: str) -> None:
    """What is next, two sentences, claimed."""
    page = signed_in(browser, address, Picture("leader", BOB, lambda page: None, PHONE))
    line = Line(page)
    with line.tap("my unit"):
        page.goto(f"{AGENCY}/")
    shoot(page, "1-what-is-next")
    with line.tap("the six steps"):
        page.locator("section", has_text=UNIT).get_by_role("link", name="Open roll-out").first.click()
    with line.tap("the item"):
        page.get_by_role("main").get_by_role("link", name=ITEM).first.click()
    page.get_by_label("What happened").fill(WORDS)
    page.get_by_label("What happened").scroll_into_view_if_needed()
    shoot(page, "2-two-sentences")
    with line.tap("the note is saved"):
        page.get_by_role("button", name="Add note").click()
    with line.tap("the claim is saved"):
        page.get_by_role("button", name="Claim as done").click()
    page.get_by_text("You claimed it").scroll_into_view_if_needed()
    shoot(page, "3-claimed")
    with line.tap("are we funded?"):
        page.goto(f"{AGENCY}/")
    page.get_by_text("Are we funded?").first.scroll_into_view_if_needed()
    shoot(page, "4-funded")
    page.context.close()


def confirmer(browser: Browser, address: str) -> None:
    """Who confirms was told."""
    page = signed_in(browser, address, Picture("confirmer", ALICE, lambda page: None, PHONE))
    page.goto(f"{AGENCY}/notices/")
    shoot(page, "5-confirmer-told")
    page.context.close()


def main(acts: tuple[Callable[[Browser, str], None], ...] = (leader, confirmer)) -> int:
    """Film both."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        for act in acts:
            act(browser, os.environ.get("ADDRESS", "http://localhost:8000"))
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
