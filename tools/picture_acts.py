"""What pictures of the README do before they are taken: files are brought in, gifts keyed, old and new compared."""

import csv
import io
import re
from collections.abc import Callable, Mapping

from playwright.sync_api import FilePayload, Page

from tools.places import ROOT

Act = Callable[[Page], None]
SAMPLES = ROOT / "data/samples"
RUN_SECONDS = 600
FAULTY = """\
source,gift_id,gift_date,donor_id,donor_name,designation,amount,currency
HLM,5100001,2026-03-02,000878476,Müllerstedt,0900101,120.00,USD
HLM,5100002,2026-02-30,000878476,Müllerstedt,0900101,75.00,USD
HLM,5100003,2026-03-05,000878476,Müllerstedt,0900101,"1.250,00",USD
HLM,5100004,2026-03-09,000878476,Müllerstedt,0900101,40.00,DOL
HLM,5100005,2026-03-12,000878476,Müllerstedt,0900101,,USD
"""
KEYED = (("Caleb Barrowby", "120.00"), ("Rowntreeman", "75.00"), ("Cawthornby", "250.00"))


def payload(name: str, content: bytes) -> FilePayload:
    """A file as it is chosen in a form."""
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def wait_for_job(page: Page) -> None:
    """Wait until the job on the page polls no more; then the page loads anew by itself and shows what it left."""
    page.wait_for_load_state()
    page.locator(".job[hx-get]").wait_for(state="detached", timeout=RUN_SECONDS * 1000)
    page.wait_for_load_state()


def check_file(agency: str, name: str = "gifts-march.csv", content: bytes = FAULTY.encode()) -> Act:
    """A file, checked; the usual one has faults."""

    def go(page: Page) -> None:
        page.goto(f"{agency}/giving/imports/")
        page.get_by_label("File").set_input_files(payload(name, content))
        page.get_by_role("button", name="Check file").click()
        wait_for_job(page)

    return go


def make_statements(agency: str) -> Act:
    """A run of all statements of the last year, to its end."""

    def go(page: Page) -> None:
        page.goto(f"{agency}/reports/statements/")
        page.get_by_role("button", name="Make statements").click()
        wait_for_job(page)

    return go


def key_batch(agency: str) -> Act:
    """A batch of checks, half of it keyed."""

    def go(page: Page) -> None:
        page.goto(f"{agency}/giving/batches/add/")
        page.get_by_label("Where it came from").fill("Mail of Tuesday")
        page.get_by_label("Number of gifts").fill("6")
        page.get_by_label("Total", exact=True).fill("765.00")
        page.get_by_label("Designation of most gifts").select_option(index=1)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/batches/\d+/$"))
        for number, (words, amount) in enumerate(KEYED, start=1):
            page.keyboard.type(words)
            page.locator(".entry-list [role=option]", has_text=words.split()[-1]).first.wait_for()
            page.keyboard.press("Enter")
            page.keyboard.type(amount)
            page.keyboard.press("Enter")
            page.locator("[data-keyed]", has_text=re.compile(rf"^\s*{number} gift")).wait_for()

    return go


def compare_old(agency: str, live_on: str) -> Act:
    """The totals of an old system that knows one month otherwise, as somebody sees them before signing."""

    def go(page: Page) -> None:
        address = f"{agency}/giving/go-live/?on={live_on}"
        told = page.request.get(f"{address}&export=csv").body()
        page.goto(address)
        page.locator("input[type=file]").set_input_files(payload("old-totals.csv", old_totals(told)))
        page.get_by_role("button", name="Take in totals").click()

    return go


def old_totals(comparison: bytes) -> bytes:
    """The file of totals that an old system gives: what stands here, $40 more in the last month."""
    rows: list[Mapping[str, str]] = list(csv.DictReader(io.StringIO(comparison.decode("utf-8-sig"))))
    written = io.StringIO()
    kept = csv.writer(written)
    kept.writerow(["designation", "month", "currency", "amount", "count"])
    for place, row in enumerate(rows):
        cents = round(float(row["New amount"]) * 100) + (4000 if place == len(rows) - 1 else 0)
        kept.writerow([row["Code"], row["Month"], row["Currency"], f"{cents / 100:.2f}", row["New count"]])
    return written.getvalue().encode()
