"""A broker that is away costs nobody more than a moment."""

import time
from typing import Any

import pytest

from agencies import scope
from agencies.models import Agency
from jobs import nudge, operations
from jobs.models import Job


@pytest.fixture
def no_broker(settings: Any) -> Any:
    """Nobody listens at this address."""
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    nudge.producer.cache_clear()
    yield
    nudge.producer.cache_clear()


def test_nudge_gives_up_at_once(no_broker: None, caplog: Any) -> None:
    begun = time.monotonic()
    assert nudge.nudge("jobs.tasks.run", [1, None], 1) is False
    assert time.monotonic() - begun < 2
    assert "The broker does not answer" in caplog.text


@pytest.mark.django_db
def test_job_is_written_down_without_a_broker(
    agency: Agency, handler: Any, no_broker: None, django_capture_on_commit_callbacks: Any
) -> None:
    handler(lambda job: None)
    with django_capture_on_commit_callbacks(execute=True), scope.of_agency(agency.pk):
        job = operations.start(kind="test", actor=None, title="x")
    with scope.of_agency(agency.pk):
        assert Job.objects.get(pk=job.pk).state == "queued"
