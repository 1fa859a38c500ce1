"""One statement, made by a background job: numbers without a gap, whatever dies, and a lock that is held briefly."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.pdf.errors import DocumentTooLarge
from jobs.due import due_work
from jobs.models import Job, StoredFile
from jobs.runner import run_job
from jobs.testing import run_due
from partners.models import Gift, GivingUnit
from reports import operations
from reports.models import StatementFile, StatementIssue
from reports.operations import rehearsal
from reports.operations.issuing import NothingToState, issue_statements
from reports.tasks import statements as tasks
from tests.reports.conftest import YEAR, issued_by_job
from tests.reports.test_issuing import prepared

Give = Callable[..., Gift]


def begin(agency: Agency, actor: User, giver: GivingUnit) -> Job:
    return operations.start_single(agency=agency, actor=actor, giving_unit=giver, year=YEAR)


def state(job: Job) -> tuple[str, str]:
    now = Job.objects.get(pk=job.pk)
    return now.state, now.error


def run_again(job: Job) -> None:
    """As the sweep does after a worker died."""
    Job.objects.filter(pk=job.pk).update(state="queued", nudged_at=None, finished_at=None)
    run_due()


def versions() -> list[tuple[int, int, int]]:
    """Number, version and count of files of each issue."""
    found = StatementIssue.objects.order_by("number", "version")
    return [(each.number, each.version, each.files.count()) for each in found]


def test_nothing_is_made_inside_the_request(inside: Agency, alice: User, ruth: GivingUnit, give: Give) -> None:
    give(ruth)
    job = begin(inside, alice, ruth)
    assert (job.state, job.title, versions()) == ("queued", f"Giving statement {YEAR}", [])
    run_due()
    assert (state(job), versions()) == (("done", ""), [(1, 1, 1)])


def test_asking_twice_is_one_job_and_one_statement(inside: Agency, alice: User, ruth: GivingUnit, give: Give) -> None:
    give(ruth)
    assert begin(inside, alice, ruth) == begin(inside, alice, ruth)
    run_due()
    again = begin(inside, alice, ruth)
    run_due()
    assert (state(again), versions(), StoredFile.objects.count()) == (("done", ""), [(1, 1, 1)], 1)


def test_document_that_is_refused_spends_no_number(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, make_giver: Any, monkeypatch: Any
) -> None:
    give(ruth)

    def refuse(issue: StatementIssue) -> Any:
        raise DocumentTooLarge("More than 500 pages.")

    with monkeypatch.context() as patched:
        patched.setattr(rehearsal, "render_issue", refuse)
        job = begin(inside, alice, ruth)
        run_due()
    assert (state(job), versions()) == (("failed", "More than 500 pages."), [])
    give(other := make_giver("Other"))
    assert issued_by_job(inside, alice, other).number == 1


def test_worker_that_dies_in_the_trial_spends_no_number(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, monkeypatch: Any
) -> None:
    give(ruth)
    with monkeypatch.context() as patched:
        patched.setattr(rehearsal, "render_issue", die)
        job = begin(inside, alice, ruth)
        run_due()
    assert (state(job)[0], versions()) == ("failed", [])
    run_again(job)
    assert (state(job), versions()) == (("done", ""), [(1, 1, 1)])


def die(*arguments: Any, **named: Any) -> None:
    raise MemoryError


@pytest.mark.parametrize("step", ["render_issue", "keep_statement_files"])
def test_worker_that_dies_behind_the_number_makes_the_same_document_later(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, monkeypatch: Any, step: str
) -> None:
    """Of version 2, whose document names version 1: what is read for it must be read inside a step."""
    give(ruth)
    issued_by_job(inside, alice, ruth)
    give(ruth, 700)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, step, die)
        job = begin(inside, alice, ruth)
        run_due()
    assert (state(job)[0], versions()) == ("failed", [(1, 1, 1), (1, 2, 0)])
    run_again(job)
    assert (state(job), versions()) == (("done", ""), [(1, 1, 1), (1, 2, 1)])


def test_page_offers_to_make_a_file_that_is_missing(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, issue: Any, visit: Any
) -> None:
    give(ruth)
    issue()
    here = f"/a/harbor/reports/statements/{YEAR}/{ruth.pk}/"
    page = visit(alice).get(here).content.decode()
    assert ("Make the file" in page, "The file is not made yet." in page) == (True, True)
    visit(alice).post(f"{here}issue/")
    run_due()
    assert versions() == [(1, 1, 1)]
    assert "Make the file" not in visit(alice).get(here).content.decode()


def test_two_workers_that_made_the_same_file_keep_one(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, issue: Any, monkeypatch: Any
) -> None:
    give(ruth)
    (made,) = issue()
    operations.keep_statement_files(made=[(made, ("a.pdf", b"%PDF-1"))])
    monkeypatch.setattr("reports.operations.files.with_file", lambda issues: set())  # the other had not committed
    operations.keep_statement_files(made=[(made, ("a.pdf", b"%PDF-1"))])
    assert (StatementFile.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_in_a_run_only_what_is_long_is_tried_first(
    inside: Agency, alice: User, ruth: GivingUnit, give: Give, make_giver: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(rehearsal, "LONG", 2)
    tried: list[int] = []

    def refuse(issue: StatementIssue) -> Any:
        tried.append(issue.giving_unit_id)
        raise DocumentTooLarge("More than 500 pages.")

    monkeypatch.setattr(rehearsal, "render_issue", refuse)
    give(short := make_giver("Short"))
    for _ in range(3):
        give(ruth)
    operations.start_run(agency=inside, actor=alice, year=YEAR)
    run_due()
    assert (tried, versions()) == ([ruth.pk], [(1, 1, 1)])
    assert StatementIssue.objects.get().giving_unit_id == short.pk


def test_without_a_gift_it_is_refused_at_once(inside: Agency, alice: User, ruth: GivingUnit) -> None:
    with pytest.raises(NothingToState):
        begin(inside, alice, ruth)
    assert not Job.objects.exists()


# the lock


def number_for(agency: Agency, actor: User, giver: int) -> str:
    """What another session hears that wants a number of the same year and waits a fifth of a second for it."""
    heard: list[str] = []

    def ask() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
                (outcome,) = issue_statements(agency=agency, actor=actor, year=YEAR, givers=[giver])
            heard.append(outcome.state)
        except OperationalError as error:
            heard.append(type(error.__cause__).__name__)
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return heard[0]


@pytest.mark.django_db(transaction=True)
def test_others_get_their_number_while_a_document_is_made(agency: Agency, alice: User, monkeypatch: Any) -> None:
    one, two = prepared(agency, alice)
    with transaction.atomic(), scope.of_agency(agency.pk):
        job = begin(agency, alice, GivingUnit.objects.get(pk=one))
    make, heard = operations.render_issue, []

    def make_and_ask(issue: StatementIssue) -> Any:
        heard.append(number_for(agency, alice, two))
        return make(issue)

    monkeypatch.setattr(tasks, "render_issue", make_and_ask)
    (due,) = due_work(10, "job")
    assert run_job(due.scope, due.id, has_heart=False) is True
    assert heard == ["issued"]
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert (state(job), versions()) == (("done", ""), [(1, 1, 1), (2, 1, 0)])


@pytest.mark.django_db(transaction=True)
def test_control_inside_the_transaction_of_the_number_they_wait(agency: Agency, alice: User) -> None:
    one, two = prepared(agency, alice)
    with transaction.atomic(), scope.of_agency(agency.pk):
        issue_statements(agency=agency, actor=alice, year=YEAR, givers=[one])
        assert number_for(agency, alice, two) == "LockNotAvailable"
