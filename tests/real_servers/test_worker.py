"""A job and a mail through the broker of `REDIS_URL`, as an installation has it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from agencies import scope
from agencies.models import Agency
from delivery.models import OutgoingMessage
from delivery.operations import queue
from jobs import nudge, operations
from jobs.models import Job
from tests.jobs import worker_kinds  # noqa: F401 - this process knows the trial kinds too
from tests.jobs.worker import wait_until, worker_on

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def worker(tmp_path: Path, settings: Any, db: None) -> Iterator[None]:
    settings.CELERY_BROKER_URL = os.environ["REDIS_URL"].replace("unix://", "redis+socket://")
    nudge.producer.cache_clear()
    with worker_on(os.environ["REDIS_URL"], tmp_path / "worker.log"):
        yield
    nudge.producer.cache_clear()


def test_job_and_mail_go_through_the_real_broker(agency: Agency, worker: None) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        arguments = {"steps": 3, "seconds": 0.01}
        job = operations.start(kind="trial.steps", actor=None, title="Trial", arguments=arguments)
        mail = queue(to="grace@example.org", subject="s", text="t", purpose="letter")

    def states() -> bool:
        with transaction.atomic(), scope.of_agency(agency.pk):
            found = (Job.objects.get(pk=job.pk).state, OutgoingMessage.objects.get(pk=mail.pk).state)
        return found == ("done", "accepted")

    wait_until(states)
