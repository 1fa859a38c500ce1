"""Undoing an import through the browser: what it says beforehand, the job, its cancelling, and what is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from jobs.models import Job
from jobs.operations import request_cancel
from jobs.testing import run_due
from partners import operations
from partners.models import Gift, Partner
from tests.cast import SECRET, Visitor

Visit = Callable[[User], Visitor]
HEAD = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency\n"


def applied(agency: Agency, actor: User, rows: int = 3) -> ImportRun:
    """An import of so many gifts."""
    text = HEAD + "".join(f"9{rows}{n:03},2026-03-02,77{n:03},Name {n},0900101,10.00,USD\n" for n in range(rows))
    received = receive_file(agency=agency, actor=actor, name="gifts.csv", content=text.encode(), check=False)
    return apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=received))


@pytest.fixture
def run(harbor: Agency, alice: User) -> ImportRun:
    """An applied import of three gifts."""
    return applied(harbor, alice)


def undo(run: ImportRun) -> str:
    return reverse("import_undo", args=["harbor", run.pk])


def facts(answer: object, name: str) -> dict[str, str]:
    return {fact.label: fact.value for fact in answer.context[name]}  # type: ignore[attr-defined]


def test_from_the_import_to_its_undo_and_back(run: ImportRun, alice: User, visit: Visit) -> None:
    browser, page = visit(alice), reverse("import", args=["harbor", run.pk])
    assert undo(run) in browser.get(page).content.decode()
    asked = browser.get(undo(run))
    assert facts(asked, "takes") == {"Gifts": "3"}
    assert browser.post(undo(run), {"reason": " "}).status_code == 422
    assert browser.post(undo(run), {"reason": "wrong year"})["Location"] == page
    assert browser.get(page).context["job"].title == f"Undo of import {run.pk}"
    run_due()
    shown = browser.get(page)
    assert (shown.context["undone"]["reason"], shown.context["applied"]) == ("wrong year", False)
    assert (undo(run) in shown.content.decode(), Gift.objects.standing().count()) == (False, 0)
    assert browser.post(undo(run), {"reason": "again"}).status_code == 422
    assert browser.post(reverse("import_check", args=["harbor", run.pk])).status_code == 302
    run_due()
    browser.post(reverse("import_apply", args=["harbor", run.pk]))
    run_due()
    assert (Gift.objects.standing().count(), browser.get(page).context["applied"]) == (3, True)


def test_a_row_that_holds_the_import_is_named(run: ImportRun, harbor: Agency, alice: User, visit: Visit) -> None:
    gift = Gift.objects.order_by("pk")[1]
    operations.refund_gift(
        agency=harbor, actor=alice, gift=gift, amount=Money(1, "USD"), on=harbor.today(), reason="asked", key="r"
    )
    browser = visit(alice)
    page = browser.get(undo(run))
    assert [(each.row, each.line) for each in page.context["held"]] == [("2", "3")]
    assert "Withdraw that refund first" in page.content.decode()
    answer = browser.post(undo(run), {"reason": "wrong"})
    assert (answer.status_code, Job.objects.filter(kind="imports.undo").count()) == (422, 0)


def test_what_came_between_request_and_job_stops_the_job(
    run: ImportRun, harbor: Agency, alice: User, visit: Visit
) -> None:
    browser = visit(alice)
    browser.post(undo(run), {"reason": "wrong"})
    operations.correct_gift(agency=harbor, actor=alice, gift=Gift.objects.order_by("pk")[0], reason="none", key="c")
    refunded = Gift.objects.order_by("pk")[2]
    operations.refund_gift(
        agency=harbor, actor=alice, gift=refunded, amount=Money(1, "USD"), on=harbor.today(), reason="asked", key="r"
    )
    run_due()
    run.refresh_from_db()
    assert (run.state, Job.objects.get(kind="imports.undo").state) == ("applied", "failed")
    assert "Row 3 (line 4)" in browser.get(reverse("import", args=["harbor", run.pk])).content.decode()


def test_a_cancelled_undo_changes_nothing(run: ImportRun, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    browser.post(undo(run), {"reason": "wrong"})
    request_cancel(actor=alice, job=Job.objects.get(kind="imports.undo"))
    run_due()
    run.refresh_from_db()
    assert (run.state, Gift.objects.standing().count()) == ("applied", 3)
    browser.post(undo(run), {"reason": "wrong"})
    job = Job.objects.filter(kind="imports.undo").latest("pk")
    Job.objects.filter(pk=job.pk).update(cancel_requested_at=timezone.now())  # while it is at work
    run_due()
    run.refresh_from_db()
    assert (run.state, Gift.objects.standing().count()) == ("applied", 3)
    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_partners_who_stay_are_named(harbor: Agency, alice: User, visit: Visit) -> None:
    text = "donor_id,display_name,last_name\n8101,Ruth Moab,Moab\n8102,Boaz Ephrath,Ephrath\n"
    received = receive_file(agency=harbor, actor=alice, name="p.csv", content=text.encode(), check=False)
    run = apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))
    boaz = Partner.objects.get(last_name="Ephrath")
    operations.update_partner(agency=harbor, actor=alice, partner=boaz, greeting="Boaz")
    undo_import(agency=harbor, actor=alice, run=run, reason="wrong")
    page = visit(alice).get(reverse("import", args=["harbor", run.pk])).content.decode()
    assert (reverse("partner", args=["harbor", boaz.pk]) in page, "Ruth Moab" in page) == (True, False)


def test_after_thirty_days_the_way_is_closed(run: ImportRun, alice: User, visit: Visit) -> None:
    ImportRun.objects.update(applied_at=timezone.now() - timedelta(days=31))
    browser = visit(alice)
    assert undo(run) not in browser.get(reverse("import", args=["harbor", run.pk])).content.decode()
    assert "It could be undone until" in browser.get(undo(run)).content.decode()
    assert browser.post(undo(run), {"reason": "late"}).status_code == 422


def test_who_may_undo(run: ImportRun, dan: User, mallory: User, alice: User, visit: Visit) -> None:
    assert [visit(user).get(undo(run)).status_code for user in (alice, dan, mallory)] == [200, 403, 404]
    assert SECRET not in visit(alice).get(undo(run)).content.decode()


def test_the_page_asks_the_same_number_of_questions(harbor: Agency, alice: User, visit: Visit) -> None:
    browser, asked = visit(alice), []
    for rows in (1, 3, 50):
        path = undo(applied(harbor, alice, rows))
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            browser.get(path)
        asked.append(len(captured))
        ImportRun.objects.update(undone_at=None)
    assert asked[0] == asked[1] == asked[2]
