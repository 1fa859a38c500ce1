"""A job from start to end, run in the test's own process."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry
from core.errors import Refused
from jobs import operations, runner
from jobs.kinds import UnknownKind
from jobs.models import Job, StoredFile
from jobs.running import Running
from jobs.testing import run_due


def begin(actor: User | None, **fields: Any) -> Job:
    return operations.start(kind="test", actor=actor, title="Count the gifts", **fields)


def test_job_runs_with_scope_arguments_and_result(inside: Agency, alice: User, handler: Any) -> None:
    def count(job: Running) -> dict[str, Any]:
        assert scope.current() == scope.NOBODY
        job.log("Beginning.")
        with job.unit():
            found = Agency.objects.count()
        job.progress(found, 1, "counted")
        return {"agency": job.agency.slug, "asked": job.arguments["what"], "actor": job.actor.name if job.actor else ""}

    handler(count)
    begun = begin(alice, arguments={"what": "agencies"})
    assert run_due() == 1
    job = Job.objects.get(pk=begun.pk)
    assert (job.state, job.done, job.total, job.message, job.attempts) == ("done", 1, 1, "counted", 1)
    assert job.result == {"agency": "harbor", "asked": "agencies", "actor": "Alice"}
    assert [line.text for line in job.lines.all()] == ["Beginning."]
    assert job.lease_until is None
    assert run_due() == 0


def test_job_of_one_agency_is_not_seen_by_another(inside: Agency, elsewhere: Agency, alice: User, handler: Any) -> None:
    handler(lambda job: job.log("said") or {"seen": job.scope.agency_id})
    begun = begin(alice)
    run_due()
    with scope.of_agency(elsewhere.pk):
        assert not Job.objects.exists()
        assert not begun.lines.exists()
    assert Job.objects.get(pk=begun.pk).result == {"seen": inside.pk}


def test_unknown_kind_is_not_started(inside: Agency, alice: User) -> None:
    with pytest.raises(UnknownKind):
        operations.start(kind="nobody does this", actor=alice, title="x")


def test_refusal_fails_the_job_with_its_sentence_and_undoes_the_unit(inside: Agency, alice: User, handler: Any) -> None:
    def refuse(job: Running) -> None:
        with job.unit():
            Agency.objects.update(name="Changed")
            raise Refused("The file has no rows.")

    handler(refuse)
    begun = begin(alice)
    run_due()
    job = Job.objects.get(pk=begun.pk)
    assert (job.state, job.error) == ("failed", "The file has no rows.")
    assert Agency.objects.get().name == "Harbor Light"


def test_unforeseen_error_shows_no_traceback(inside: Agency, alice: User, handler: Any, caplog: Any) -> None:
    def fail(job: Running) -> None:
        raise KeyError("secret of the program")

    handler(fail)
    begun = begin(alice)
    run_due()
    job = Job.objects.get(pk=begun.pk)
    assert job.state == "failed"
    assert "secret" not in job.error
    assert str(job.pk) in job.error
    assert "secret of the program" in caplog.text


def test_database_error_is_tried_three_times(inside: Agency, alice: User, handler: Any) -> None:
    attempts: list[int] = []

    def fail(job: Running) -> None:
        attempts.append(job.attempt)
        raise OperationalError("deadlock detected")

    handler(fail)
    begun = begin(alice)
    for _ in range(4):
        run_due()
        Job.objects.update(not_before=None)
    job = Job.objects.get(pk=begun.pk)
    assert attempts == [1, 2, 3]
    assert (job.state, job.error) == ("failed", runner.GAVE_UP)


def test_slow_worker_that_lost_its_lease_writes_nothing(inside: Agency, alice: User, handler: Any) -> None:
    """The first worker sleeps past its lease; the second one does the work; what the first has in hand is undone."""

    def sleep_at_first(job: Running) -> dict[str, Any]:
        if job.attempt == 1:
            expire(job)
            assert runner.run_job(job.scope, job.id, has_heart=False)
        with job.unit():
            Agency.objects.update(impact_goal=f"attempt {job.attempt}")
        return {"by": job.attempt}

    handler(sleep_at_first)
    begun = begin(alice)
    run_due()
    job = Job.objects.get(pk=begun.pk)
    assert (job.state, job.attempts, job.result) == ("done", 2, {"by": 2})
    assert Agency.objects.get().impact_goal == "attempt 2"


def expire(job: Running) -> None:
    with job.unit():
        Job.objects.filter(pk=job.id).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_running_job_is_not_begun_twice(inside: Agency, alice: User, handler: Any) -> None:
    again: list[bool] = []
    handler(lambda job: again.append(runner.run_job(job.scope, job.id, has_heart=False)))
    begin(alice)
    run_due()
    assert again == [False]


def test_worker_that_died_three_times_fails_the_job(inside: Agency, alice: User, handler: Any) -> None:
    handler(lambda job: None)
    begun = begin(alice)
    Job.objects.update(state="running", attempts=3, lease_until=timezone.now() - timedelta(seconds=1))
    run_due()
    job = Job.objects.get(pk=begun.pk)
    assert (job.state, job.error, job.attempts) == ("failed", runner.GAVE_UP, 3)


def test_waiting_job_is_cancelled_at_once(inside: Agency, alice: User, handler: Any) -> None:
    handler(lambda job: None)
    begun = begin(alice)
    operations.request_cancel(actor=alice, job=begun)
    assert run_due() == 0
    assert Job.objects.get(pk=begun.pk).state == "cancelled"
    assert AuditEntry.objects.filter(verb="cancel job").count() == 1
    with pytest.raises(operations.jobs.JobHasEnded):
        operations.request_cancel(actor=alice, job=begun)


def test_running_job_is_cancelled_between_steps(inside: Agency, alice: User, handler: Any) -> None:
    steps: list[int] = []

    def work(job: Running) -> None:
        for step in range(3):
            job.stop_if_cancelled()
            steps.append(step)
            if step == 1:
                with job.unit():
                    operations.request_cancel(actor=alice, job=job.row)

    handler(work)
    begun = begin(alice)
    run_due()
    assert steps == [0, 1]
    assert Job.objects.get(pk=begun.pk).state == "cancelled"


def test_kept_file_is_replaced_when_the_job_begins_anew(inside: Agency, alice: User, handler: Any) -> None:
    def work(job: Running) -> None:
        job.keep_file("list.csv", f"attempt {job.attempt}".encode(), "text/csv")
        if job.attempt == 1:
            raise OperationalError

    handler(work)
    begun = begin(alice)
    run_due()
    Job.objects.update(not_before=None)
    run_due()
    (kept,) = StoredFile.objects.filter(job=begun)
    assert (kept.name, kept.size, kept.content_type) == ("list.csv", len("attempt 2"), "text/csv")
    assert "list" not in kept.path


def test_job_that_waits_for_its_time_is_not_due(inside: Agency, alice: User, handler: Any) -> None:
    handler(lambda job: None)
    begin(alice, not_before=timezone.now() + timedelta(hours=1))
    assert run_due() == 0
