"""What is found before any scope exists, and what the clock starts."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from agencies import scope
from agencies.lookups import agency_ids
from agencies.models import Agency
from jobs import due, operations, schedule
from jobs.fan_out import for_each_agency
from jobs.models import Job, ScheduledRun

PAST, NOW, FUTURE = timedelta(minutes=-1), timedelta(0), timedelta(hours=1)


def columns(call: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {call}")
        return [column.name for column in cursor.description]


def test_look_ups_before_scope_tell_ids_only(db: None) -> None:
    assert columns("due_work(1)") == ["kind", "agency_id", "alliance_id", "id"]
    assert columns("agency_ids()") == ["agency_ids"]


def test_look_ups_cannot_be_bent_by_the_search_path(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosecdef, proconfig FROM pg_proc WHERE proname IN ('due_work', 'agency_ids')")
        assert sorted(cursor.fetchall()) == [
            ("agency_ids", True, ["search_path=pg_catalog, public, pg_temp"]),
            ("due_work", True, ["search_path=pg_catalog, public, pg_temp"]),
        ]


CASES = [
    ({}, True),
    ({"not_before": FUTURE}, False),
    ({"not_before": PAST}, True),
    ({"nudged_at": NOW}, False),
    ({"nudged_at": PAST}, True),
    ({"state": "running", "lease_until": FUTURE}, False),
    ({"state": "running", "lease_until": PAST}, True),
    ({"state": "done"}, False),
    ({"state": "failed"}, False),
    ({"state": "cancelled"}, False),
]


@pytest.mark.parametrize(("fields", "is_due"), CASES)
def test_jobs_that_are_due(agency: Agency, handler: Any, fields: dict[str, Any], is_due: bool) -> None:
    handler(lambda job: None)
    with scope.of_agency(agency.pk):
        job = operations.start(kind="test", actor=None, title="x")
        now = timezone.now()
        Job.objects.update(**{name: now + v if isinstance(v, timedelta) else v for name, v in fields.items()})
    assert due.due_work(10) == ([due.Due("job", agency.pk, None, job.pk)] if is_due else [])


def test_due_work_of_all_scopes_is_found_by_everybody_and_limited(
    agency: Agency, elsewhere: Agency, handler: Any
) -> None:
    handler(lambda job: None)
    for where in (scope.Scope(agency_id=agency.pk), scope.Scope(agency_id=elsewhere.pk), scope.Scope(alliance_id=5)):
        with scope.within(where):
            operations.start(kind="test", actor=None, title="x")
    operations.start(kind="test", actor=None, title="nobody's")
    found = [(row.agency_id, row.alliance_id) for row in due.due_work(10)]
    assert found == [(agency.pk, None), (elsewhere.pk, None), (None, 5), (None, None)]
    assert len(due.due_work(2)) == 2


def test_sweep_nudges_once_in_half_a_minute(
    agency: Agency, handler: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr("jobs.nudge.nudge", lambda task, *arguments: sent.append((task, *arguments)))
    handler(lambda job: None)
    with scope.of_agency(agency.pk):
        job = operations.start(kind="test", actor=None, title="x")
    with django_capture_on_commit_callbacks(execute=True):
        assert (due.sweep_due(), due.sweep_due()) == (1, 0)
    assert sent == [("jobs.tasks.run", [agency.pk, None], job.pk)]


def test_sweepers_error_keeps_no_other_from_its_work(
    agency: Agency, handler: Any, monkeypatch: Any, caplog: Any
) -> None:
    from delivery.operations import queue

    called: list[str] = []
    monkeypatch.setitem(due._sweepers, "job", lambda rows: 1 / 0)
    monkeypatch.setitem(due._sweepers, "outbox", lambda rows: called.append(rows[0].kind))
    handler(lambda job: None)
    with scope.of_agency(agency.pk):
        operations.start(kind="test", actor=None, title="x")
        queue(to="a@example.org", subject="s", text="t", purpose="letter")
    due.sweep_due()
    assert called == ["outbox"]
    assert "Sweeping job failed" in caplog.text


def test_each_agency_in_turn_and_nothing_of_it_stays_in_scope(agency: Agency, elsewhere: Agency) -> None:
    seen = for_each_agency(lambda found: (found.pk, scope.current_agency_id(), Agency.objects.count()))
    assert sorted(seen) == sorted((pk, pk, 1) for pk in (agency.pk, elsewhere.pk))
    assert sorted(agency_ids()) == sorted([agency.pk, elsewhere.pk])
    assert scope.current() == scope.NOBODY


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "now", "expected"),
    [
        ("20 3 * * *", "2026-03-01 03:19", "2026-02-28 03:20"),
        ("20 3 * * *", "2026-03-01 03:20", "2026-03-01 03:20"),
        ("*/15 * * * *", "2026-03-01 00:14", "2026-03-01 00:00"),
        ("0 0 1 * *", "2026-03-31 12:00", "2026-03-01 00:00"),
        ("0 6 * * 0", "2026-11-21 12:00", "2026-11-15 06:00"),
        ("0 6 29 2 *", "2026-11-21 12:00", None),
        ("5,50 8-9 * * *", "2026-11-21 09:10", "2026-11-21 09:05"),
    ],
)
def test_newest_moment_of_a_schedule(cron: str, now: str, expected: str | None) -> None:
    assert schedule.last_due(cron, at(now)) == (at(expected) if expected else None)


@pytest.fixture
def entries(monkeypatch: Any, handler: Any) -> None:
    """Only the entries that the test registers."""
    monkeypatch.setattr(schedule, "_entries", {})
    handler(lambda job: None)


def test_entry_fires_once_per_period(db: None, entries: None) -> None:
    schedule.register("nightly", "0 2 * * *", "test", title="Nightly")
    moments = ["2026-03-01 02:00", "2026-03-01 02:01", "2026-03-01 13:59", "2026-03-02 01:59", "2026-03-02 02:00"]
    assert [schedule.fire_due(at(moment)) for moment in moments] == [["nightly"], [], [], [], ["nightly"]]
    assert Job.objects.filter(title="Nightly").count() == 2


def test_entry_that_was_missed_is_late_but_not_by_a_day(db: None, entries: None) -> None:
    schedule.register("nightly", "0 2 * * *", "test")
    assert schedule.fire_due(at("2026-03-01 14:01")) == []
    assert schedule.fire_due(at("2026-03-01 14:00")) == ["nightly"]


def test_entry_for_each_agency_starts_a_job_in_each(agency: Agency, elsewhere: Agency, entries: None) -> None:
    schedule.register("nightly", "0 2 * * *", "test", per_agency=True)
    assert schedule.fire_due(at("2026-03-01 02:00")) == ["nightly"]
    assert sorted(row.agency_id or 0 for row in due.due_work(10)) == sorted([agency.pk, elsewhere.pk])


def test_row_of_a_period_is_unique_in_the_database(db: None) -> None:
    from django.db import IntegrityError

    ScheduledRun.objects.create(name="nightly", period=at("2026-03-01 02:00"))
    with pytest.raises(IntegrityError):
        ScheduledRun.objects.create(name="nightly", period=at("2026-03-01 02:00"))


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_start_one_job(db: None, entries: None) -> None:
    schedule.register("nightly", "0 2 * * *", "test")
    fired: list[list[str]] = []
    gate = threading.Barrier(4)

    def beat() -> None:
        gate.wait()
        fired.append(schedule.fire_due(at("2026-03-01 02:00")))
        connection.close()

    beats = [threading.Thread(target=beat) for _ in range(4)]
    for thread in beats:
        thread.start()
    for thread in beats:
        thread.join()
    assert sorted(fired) == [[], [], [], ["nightly"]]
    assert Job.objects.count() == 1
