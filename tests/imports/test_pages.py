"""Bringing a file in through the browser: upload, check, apply, result; also what is refused."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Role
from agencies.operations import add_member
from imports.models import ImportFinding, ImportRun
from imports.operations import apply_import
from imports.operations.check import KeptFileLost, path_of
from imports.pages.runs import apply_words, there_words
from jobs.models import Job
from jobs.operations import request_cancel
from jobs.testing import run_due
from partners.models import Gift, GiftLine
from tests.agencies.conftest import confirm
from tests.cast import SECRET, Visitor
from tests.imports.conftest import SAMPLES

Visit = Callable[[User], Visitor]
IMPORTS = reverse("imports", args=["harbor"])
MIXED = "bad/split_does_not_sum.csv"
QUERIES = 22
LISTED = 14


def upload(browser: Visitor, name: str, called: str = "") -> Any:
    """Send a sample file."""
    file = SimpleUploadedFile(called or name.rpartition("/")[2], (SAMPLES / name).read_bytes())
    return browser.post(IMPORTS, {"file": file, "format_name": "auto"})


def page_of(browser: Visitor, run: ImportRun, **query: Any) -> Any:
    return browser.get(reverse("import", args=["harbor", run.pk]), query)


@pytest.fixture
def checked(harbor: Agency, alice: User, visit: Visit) -> ImportRun:
    """A file with ten good rows and two bad ones, uploaded and checked."""
    upload(visit(alice), MIXED)
    run_due()
    found: ImportRun = ImportRun.objects.get()
    return found


def test_upload_waits_for_its_check(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    answer = upload(browser, MIXED)
    run = ImportRun.objects.get()
    assert answer["Location"] == reverse("import", args=["harbor", run.pk])
    page = page_of(browser, run)
    assert page.context["job"].poll_seconds == 2
    assert reverse("import_apply", args=["harbor", run.pk]) not in page.content.decode()


def test_the_page_loads_anew_when_the_check_has_ended(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    page = upload(browser, MIXED)["Location"]
    asked = browser.get(page).context["job"].url
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    assert "HX-Refresh" not in browser.get(asked, headers=headers).headers
    run_due()
    assert browser.get(asked, headers=headers).headers["HX-Refresh"] == "true"
    assert "Checked" in browser.get(page).content.decode()


def test_the_check_shows_every_error(checked: ImportRun, alice: User, visit: Visit) -> None:
    page = page_of(visit(alice), checked)
    assert [(each.row, each.line, each.column) for each in page.context["findings"]] == [
        (6, 7, "gift_total"),
        (7, 8, "gift_total"),
    ]
    assert page.context["button"] == "Import 10 new gift lines, keep 2 rows out"
    assert [tab.count for tab in page.context["finding_tabs"]] == [2, 10]
    assert dict(page.context["totals"])["By year, in USD"] == [("2025", "$682.00")]
    review = page_of(visit(alice), checked, kind="review")
    assert len(review.context["findings"]) == 10


def say(run: ImportRun, count: int) -> None:
    """Let the check have found so many errors."""
    run.findings.all().delete()
    says = {"kind": "errors", "column": "amount", "reason": "amount", "message": "No."}
    ImportFinding.objects.bulk_create(
        ImportFinding(import_run=run, position=n, row=n, line=n + 1, **says) for n in range(1, count + 1)
    )
    run.outcome |= {"findings": {"errors": count}, "kept_out": count}
    run.save(update_fields=["outcome"])


@pytest.mark.parametrize(("count", "page", "rows"), [(1, 1, [1]), (50, 1, [1, 50]), (5_000, 100, [4_951, 5_000])])
def test_findings_come_by_pages(
    count: int, page: int, rows: list[int], checked: ImportRun, alice: User, visit: Visit, request: Any
) -> None:
    say(checked, count)
    browser = visit(alice)
    page_of(browser, checked)
    with request.getfixturevalue("django_assert_num_queries")(QUERIES):
        shown = page_of(browser, checked, page=page)
    found = shown.context["findings"]
    assert [found[0].row, found[-1].row][: len(rows)] == rows
    assert (len(found), found.paginator.count) == (min(count, 50), count)


def test_the_list_of_imports_loads_no_outcome(checked: ImportRun, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(IMPORTS).status_code == 200
    asked = [query["sql"] for query in captured if '"imports_importrun"' in query["sql"]]
    assert len(asked) == 2
    assert [sql for sql in asked if '"outcome",' in sql] == []


@pytest.mark.parametrize("count", [1, 30])
def test_refused_files_are_listed_with_as_few_queries(
    count: int, checked: ImportRun, alice: User, visit: Visit, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        checked.pk, checked.state, checked.outcome = None, ImportRun.State.REFUSED, {"reason": "not_recognised"}
        checked.outcome |= {"is_table": False} if number % 2 else {}
        checked.save(force_insert=True)
    browser = visit(alice)
    browser.get(IMPORTS)
    with django_assert_num_queries(LISTED):
        shown = browser.get(IMPORTS).content.decode()
    assert shown.count("Waits for its columns") == count - count // 2
    assert shown.count(">Refused<") == count // 2


def test_findings_as_a_file(checked: ImportRun, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), reverse("import_findings", args=["harbor", checked.pk])
    asked = browser.get(path)
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert not AuditEntry.objects.filter(verb="export findings").exists()
    answer = confirm(browser).get(path)
    entry = AuditEntry.objects.get(verb="export findings")
    assert (entry.actor, entry.kind, entry.object_id, entry.label) == (
        alice, "imports.importrun", checked.pk, f"import {checked.pk}"
    )  # fmt: skip
    assert entry.changes == {"rows": 12, "filters": "", "format": "csv"}
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["List", "Row", "Line", "Column", "Reason", "What to do"]
    assert [row[:5] for row in rows[1:3]] == [
        ["Errors", "6", "7", "gift_total", "split_total"],
        ["Errors", "7", "8", "gift_total", "split_total"],
    ]
    assert len(rows) == 13


def test_the_good_rows_are_applied_and_lead_to_their_gifts(checked: ImportRun, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    apply = reverse("import_apply", args=["harbor", checked.pk])
    assert browser.post(apply)["Location"] == reverse("import", args=["harbor", checked.pk])
    assert browser.post(apply).status_code == 409
    run_due()
    page = page_of(browser, checked)
    assert GiftLine.objects.count() == 10
    gifts = browser.get(reverse("gifts", args=["harbor"]), {"run": checked.pk})
    assert len(gifts.context["rows"]) == Gift.objects.count()
    assert f"?run={checked.pk}&amp;currency=USD" in page.content.decode()
    job = Job.objects.get(kind="imports.apply")
    assert job.result["url"] == reverse("import", args=["harbor", checked.pk])
    upload(browser, MIXED)
    run_due()
    again = ImportRun.objects.latest("pk")
    assert again.outcome["new_lines"] == 0
    offered = page_of(browser, again)
    assert (offered.context["button"], offered.context["there"]) == (
        "", "10 gift lines are there already and stay as they are."
    )  # fmt: skip
    assert reverse("import_apply", args=["harbor", again.pk]) not in offered.content.decode()


@pytest.mark.parametrize(
    ("outcome", "button", "there"),
    [
        ({"currency": "USD", "rows": 7783, "gift_lines": 7783, "new_lines": 45}, "Import 45 new gift lines",
         "7,738 gift lines are there already and stay as they are."),
        ({"currency": "USD", "rows": 1, "gift_lines": 1, "new_lines": 1}, "Import 1 new gift line", ""),
        ({"currency": "USD", "rows": 9, "kept_out": 9}, "", ""),
        ({"currency": "USD", "rows": 2, "gift_lines": 2, "donor_rows": 1200}, "Import 1,200 rows of givers",
         "2 gift lines are there already and stay as they are."),
        ({"rows": 30, "kept_out": 1}, "Import 29 rows of givers, keep 1 row out", ""),
    ],
)  # fmt: skip
def test_the_button_names_what_is_new(outcome: dict[str, Any], button: str, there: str, harbor: Agency) -> None:
    assert (apply_words(harbor, outcome), there_words(harbor, outcome)) == (button, there)


def test_a_refused_file_says_why(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    browser.post(IMPORTS, {"file": SimpleUploadedFile("gifts.csv", b""), "format_name": "auto"})
    run_due()
    run = ImportRun.objects.get()
    page = page_of(browser, run)
    assert (run.state, run.outcome["reason"]) == ("refused", "empty")
    assert run.outcome["message"] in page.content.decode()
    assert browser.post(reverse("import_apply", args=["harbor", run.pk])).status_code == 409


def test_a_file_is_checked_again(checked: ImportRun, alice: User, visit: Visit) -> None:
    browser, path = visit(alice), reverse("import_check", args=["harbor", checked.pk])
    assert browser.post(path).status_code == 302
    checked.refresh_from_db()
    assert checked.state == "uploaded"
    run_due()
    checked.refresh_from_db()
    assert checked.state == "checked"
    applied = apply_import(agency=checked.agency, actor=alice, run=checked)
    ImportRun.objects.update(outcome=applied.outcome | {"kept_out": 0})
    assert browser.post(path).status_code == 409
    ImportRun.objects.update(outcome=applied.outcome)
    assert (applied.outcome["kept_out"], browser.post(path).status_code) == (2, 302)


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_kept_file_that_changed_is_not_applied(change: str, checked: ImportRun, alice: User, visit: Visit) -> None:
    path = path_of(checked)
    if change == "changed":
        path.write_bytes(path.read_bytes().replace(b",10.00,", b",90.00,") + b"\n")
    else:
        path.unlink()
    with pytest.raises(KeptFileLost):
        apply_import(agency=checked.agency, actor=alice, run=checked)
    visit(alice).post(reverse("import_apply", args=["harbor", checked.pk]))
    run_due()
    checked.refresh_from_db()
    assert (checked.state, Gift.objects.count()) == ("checked", 0)
    job = Job.objects.get(kind="imports.apply")
    assert (job.state, KeptFileLost.message in page_of(visit(alice), checked).content.decode()) == ("failed", True)


def test_a_cancelled_import_can_be_applied_again(checked: ImportRun, alice: User, visit: Visit) -> None:
    browser, apply = visit(alice), reverse("import_apply", args=["harbor", checked.pk])
    browser.post(apply)
    request_cancel(actor=alice, job=Job.objects.get(kind="imports.apply"))
    checked.refresh_from_db()
    assert (checked.state, Gift.objects.count()) == ("checked", 0)
    browser.post(apply)
    run_due()
    checked.refresh_from_db()
    assert checked.state == "applied"


def test_no_title_tells_the_name_of_the_file(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    upload(browser, MIXED, called="gifts for the Tamrin people.csv")
    run_due()
    browser.post(reverse("import_apply", args=["harbor", ImportRun.objects.get().pk]))
    assert [job.title for job in Job.objects.order_by("pk") if "Tamrin" in job.title] == []
    assert Job.objects.count() == 2


def test_the_name_of_a_file_is_for_who_uploaded_it(
    checked: ImportRun, harbor: Agency, alice: User, carol: User, visit: Visit
) -> None:
    add_member(agency=harbor, actor=alice, user=carol, roles=(Role.FINANCE,))
    for path in (IMPORTS, reverse("import", args=["harbor", checked.pk])):
        assert "split_does_not_sum" in visit(alice).get(path).content.decode()
        assert "split_does_not_sum" not in visit(carol).get(path).content.decode()


@override_settings(MAX_UPLOAD_BYTES=1000)
def test_an_oversize_upload_gets_the_page_for_it(harbor: Agency, alice: User, visit: Visit) -> None:
    file = SimpleUploadedFile("large.csv", b"x" * 2000)
    answer = visit(alice).post(IMPORTS, {"file": file, "format_name": "auto"})
    assert (answer.status_code, ImportRun.objects.count()) == (413, 0)


@pytest.mark.parametrize("fields", [{"format_name": "auto"}, {"format_name": "nonsense"}])
def test_a_form_without_a_file_or_of_no_format(
    fields: dict[str, str], harbor: Agency, alice: User, visit: Visit
) -> None:
    assert visit(alice).post(IMPORTS, fields).status_code == 422
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("name", ["import", "import_findings"])
def test_who_may_look(name: str, checked: ImportRun, dan: User, mallory: User, alice: User, visit: Visit) -> None:
    path = reverse(name, args=["harbor", checked.pk])
    assert [confirm(visit(user)).get(path).status_code for user in (alice, dan, mallory)] == [200, 403, 404]
    assert SECRET not in visit(alice).get(path).content.decode()


@pytest.mark.slow
def test_thousands_of_findings_stand_on_pages(harbor: Agency, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    upload(browser, "generic/gifts.csv")
    run_due()
    run = ImportRun.objects.get()
    apply_import(agency=harbor, actor=alice, run=run)
    upload(browser, "generic/gifts.csv")
    run_due()
    again = ImportRun.objects.latest("pk")
    page = page_of(browser, again, kind="duplicates", page=2)
    assert len(page.context["findings"]) == 50
    assert len(page.content) < 150_000
