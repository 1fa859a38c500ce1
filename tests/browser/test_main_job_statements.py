"""Job 5: the giving statement of one giver, and those of all with progress and download."""

import io
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from tests.agencies.conftest import confirm
from tests.browser.walking import Open, amount_of, follow, session_of, small_agency, work_off

STATEMENTS = "/a/bright-coast/reports/statements/"


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile(link)).first.click()
    return Path(waiting.value.path()).read_bytes()


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_one_statement_then_all_of_the_year(live_server: Any, carol: User, visit: Any, open_page: Open) -> None:
    small_agency(finance=carol)
    page = open_page(STATEMENTS, session=session_of(lambda user: confirm(visit(user)), carol), accept_downloads=True)
    follow(page, "25")
    giver = page.get_by_role("table").locator("tbody th a").first
    name = giver.inner_text()
    giver.click()
    total = sum(amount_of(each) for each in page.get_by_role("table").last.locator("td.num").all_inner_texts())
    page.get_by_role("button", name="Issue now").click()
    page.locator(".job").get_by_text("Waiting", exact=True).wait_for()
    work_off()
    follow(page, "See the statement")
    words = words_of(downloaded(page, "Download PDF"))
    assert name in words
    assert f"${total:,.2f}" in words
    page.goto(STATEMENTS)
    page.get_by_role("button", name="Make statements").click()
    expect(page.locator(".job").get_by_role("paragraph").first).to_have_text("0 of 25")
    work_off()
    page.locator(".job").get_by_text("Done", exact=True).wait_for()
    bundle = downloaded(page, r"Download .*\.pdf")
    assert len(PdfReader(io.BytesIO(bundle)).pages) >= 25
    assert name in words_of(bundle)
