"""No page of an import is a dead end: what failed or was stopped goes on, and what it brought can be looked at."""

from collections.abc import Callable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from funds.operations import close_months
from imports.models import ImportRun
from jobs.models import Job
from jobs.operations import request_cancel
from jobs.testing import run_due
from partners.models import Gift, Partner
from partners.operations import add_partner
from tests.cast import Visitor
from tests.imports.conftest import SAMPLES

Visit = Callable[[User], Visitor]
IMPORTS = reverse("imports", args=["harbor"])
GIFT = (
    b"gift_id,gift_date,donor_id,donor_name,designation,amount,currency\nG1,2025-03-02,77,Ruth Moab,0900101,5.00,USD\n"
)


def brought(browser: Visitor, name: str, content: bytes) -> ImportRun:
    browser.post(IMPORTS, {"file": SimpleUploadedFile(name, content), "format_name": "auto"})
    run_due()
    found: ImportRun = ImportRun.objects.latest("pk")
    return found


def at(name: str, run: ImportRun) -> str:
    return reverse(name, args=["harbor", run.pk])


def test_closed_months_are_told_before_the_import_and_it_can_be_tried_again(
    harbor: Agency, alice: User, visit: Visit
) -> None:
    close_months(agency=harbor, actor=alice, month=date(2025, 6, 1), reason="agreed")
    browser = visit(alice)
    run = brought(browser, "gifts.csv", GIFT)
    page = browser.get(at("import", run)).content.decode()
    assert "The months before 2025-07-01 are closed" in page
    assert f'action="{at("import_apply", run)}"' not in page  # its only row stays out


def test_months_that_were_closed_since_the_check_are_told_before_the_import(
    harbor: Agency, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    run = brought(browser, "gifts.csv", GIFT)
    close_months(agency=harbor, actor=alice, month=date(2025, 6, 1), reason="agreed")
    page = browser.get(at("import", run)).content.decode()
    assert "The ledger takes postings from 1 Jul 2025 on" in page
    assert reverse("months", args=["harbor"]) in page
    browser.post(at("import_apply", run))
    run_due()
    assert (Job.objects.get(kind="imports.apply").state, Gift.objects.count()) == ("done", 0)


def test_a_file_of_open_months_says_nothing_of_them(harbor: Agency, alice: User, visit: Visit) -> None:
    close_months(agency=harbor, actor=alice, month=date(2025, 2, 1), reason="agreed")
    browser = visit(alice)
    run = brought(browser, "gifts.csv", GIFT)
    assert "The ledger takes postings" not in browser.get(at("import", run)).content.decode()


def test_the_lines_of_a_bank_come_in_whatever_is_closed(harbor: Agency, alice: User, visit: Visit) -> None:
    close_months(agency=harbor, actor=alice, month=date(2026, 8, 1), reason="agreed")
    browser = visit(alice)
    run = brought(browser, "july.ofx", (SAMPLES / "bank/checking_july.ofx").read_bytes())
    assert run.outcome["new_lines"] == 25
    assert "The ledger takes postings" not in browser.get(at("import", run)).content.decode()


def test_a_check_that_was_stopped_can_be_made_again(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    browser.post(IMPORTS, {"file": SimpleUploadedFile("gifts.csv", GIFT), "format_name": "auto"})
    run = ImportRun.objects.get()
    again = f'<form method="post" action="{at("import_check", run)}"'
    menu = browser.get(at("import", run)).content.decode().count(again)
    request_cancel(actor=alice, job=Job.objects.get())
    assert browser.get(at("import", run)).content.decode().count(again) == menu + 2  # in the menu, and on the page


def test_new_partners_lead_to_those_partners(harbor: Agency, alice: User, visit: Visit) -> None:
    add_partner(agency=harbor, actor=alice, kind="person", last_name="Elsewhere")
    browser = visit(alice)
    run = brought(browser, "partners.csv", (SAMPLES / "generic/partners.csv").read_bytes())
    browser.post(at("import_apply", run))
    run_due()
    url = f"{reverse('partners', args=['harbor'])}?run={run.pk}"
    assert url in browser.get(at("import", run)).content.decode()
    listed = browser.get(url)
    new = Partner.objects.filter(import_run=run).count()
    assert (listed.context["page"].paginator.count, new > 0) == (new, True)
    assert [chip.label for chip in listed.context["chips"]] == [f"Import {run.pk}"]


def test_a_file_without_columns_offers_no_mapping(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    web_page = brought(browser, "gifts.csv", b"<!DOCTYPE html><html><body>Please sign in</body></html>")
    table = brought(browser, "list.csv", b"What,When\nBread,today\n")
    offered = [
        at("import_columns", run) in browser.get(at("import", run)).content.decode() for run in (web_page, table)
    ]
    assert offered == [False, True]


def test_a_file_of_another_kind_is_refused_with_what_to_ask_for(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    run = brought(browser, "july.sta", b":20:STARTUMS\r\n:25:10020030/1234567\r\n")
    page = browser.get(at("import", run)).content.decode()
    assert "This is MT940, which cannot be read here. Ask the bank for CAMT.053, OFX or CSV." in page
    assert (at("import_columns", run) in page, "Waits for its columns" in page) == (False, False)
