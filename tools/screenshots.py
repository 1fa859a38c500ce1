"""Take the pictures of the README from a running demo: `.venv/bin/python -m tools.screenshots [NAME …]`.

Works on the demo as `./dev manage demo --reset` leaves it: some pictures do the job that they show (a check of a file,
a run of statements), in the order of `PICTURES`. `ADDRESS` is where the demo runs, `CHROMIUM` the browser.
"""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.picture_acts import Act, check_file, compare_old, key_batch, make_statements
from tools.places import ROOT

FOLDER = ROOT / "docs/screenshots"
AGENCY, ALLIANCE = "/a/harbor-light-mission", "/alliances/river-alliance"
SMALL = "/a/bright-coast"
ALICE, STAN, FIONA, BOB, CARL = (f"{name}@harbor-light.example" for name in ("alice", "stan", "fiona", "bob", "carl"))
CAROL = "carol@common-river.example"
RUTH = "ruth@bright-coast.example"
PASSWORD = "walk the second mile"  # as `./dev run` prints it
DESK, PHONE = (1280, 800), (390, 844)
COLORS = 128  # a palette: a picture of text and plain areas loses nothing that an eye sees


@dataclass(frozen=True)
class Picture:
    """One picture: who looks, and the way to what it shows."""

    name: str
    email: str
    act: Act
    size: tuple[int, int] = DESK
    scheme: str = "light"


def at(path: str) -> Act:
    """Open a page."""

    def go(page: Page) -> None:
        page.goto(path)

    return go


def follow(path: str, *links: str) -> Act:
    """Open a page and go on by the first link with each name."""

    def go(page: Page) -> None:
        page.goto(path)
        for link in links:
            page.locator("main").get_by_role("link", name=link).first.click()

    return go


PICTURES = [
    Picture("setup-and-health", ALICE, at(f"{AGENCY}/")),
    Picture("unit", BOB, follow(f"{AGENCY}/units/", "Kareth Valley Families")),
    Picture("step-matrix", ALICE, at(f"{AGENCY}/units/matrix/")),
    Picture("my-unit-phone", BOB, at(f"{AGENCY}/"), PHONE),
    Picture(
        "evidence-phone-dark",
        BOB,
        follow(f"{AGENCY}/", "Open roll-out", "Management system for receiving"),
        PHONE,
        "dark",
    ),
    Picture("coaching-phone", CARL, at(f"{AGENCY}/coaching/"), PHONE),
    Picture("core-messages", BOB, follow(f"{AGENCY}/units/", "Riverbend Deaf Community", "Messages")),
    Picture("benefits", ALICE, follow(f"{AGENCY}/units/", "Clean Wells Initiative", "Benefits")),
    Picture("gifts", FIONA, at(f"{AGENCY}/giving/")),
    Picture("partner", STAN, follow(f"{AGENCY}/partners/?q=Barrowby", "Caleb and Rachel Barrowby")),
    Picture("call", STAN, follow(f"{AGENCY}/calls/?q=Barrowby", "Caleb and Rachel Barrowby")),
    Picture("fourteen-months", STAN, at(f"{AGENCY}/giving/reports/grid/")),
    Picture("batch", FIONA, key_batch(AGENCY)),
    Picture("import", FIONA, follow(f"{AGENCY}/giving/imports/", "Import 1")),
    Picture("import-faults", FIONA, check_file(AGENCY)),
    Picture("go-live", RUTH, compare_old(SMALL, "2026-11-01")),
    Picture("reconcile", FIONA, at(f"{AGENCY}/giving/reconcile/")),
    Picture("coverage", FIONA, at(f"{AGENCY}/budgets/")),
    Picture("budget", FIONA, follow(f"{AGENCY}/budgets/", "Harbor Youth Workshops")),
    Picture("transition", BOB, follow(f"{AGENCY}/transition/", "Riverbend Deaf Community")),
    Picture("letter", STAN, follow(f"{AGENCY}/letters/", "Pray with")),
    Picture("outbox", STAN, follow(f"{AGENCY}/outbox/", "Nineteen families")),
    Picture("statements", FIONA, make_statements(AGENCY)),
    Picture("alliance", CAROL, at(f"{ALLIANCE}/")),
    Picture("alliance-member", "noor@river-outreach.example", at(f"{ALLIANCE}/")),
    Picture("publication", CAROL, follow(f"{ALLIANCE}/measures/", "New people in small groups", "Q3 2026")),
    Picture("board", "dan@harbor-light.example", at(f"{AGENCY}/")),
]


def signed_in(browser: Browser, address: str, picture: Picture) -> Page:
    """A page of the person who looks."""
    width, height = picture.size
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        device_scale_factor=2 if picture.size == PHONE else 1,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(picture.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Do what the picture shows and keep it as a small PNG."""
    page = signed_in(browser, address, picture)
    picture.act(page)
    page.wait_for_load_state("load")
    path = keep(page, picture.name)
    page.context.close()
    return path


def keep(page: Page, name: str) -> Path:
    """What the screen shows, as a small PNG."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:
        taken.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def main(names: list[str]) -> int:
    """Take all pictures, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        for picture in PICTURES:
            if not names or picture.name in names:
                path = take(browser, os.environ.get("ADDRESS", "http://localhost:8000"), picture)
                print(f"{path.stat().st_size // 1024:4} kB  {path.relative_to(ROOT)}", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
