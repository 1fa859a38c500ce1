"""Mail overtakes long jobs: two real workers on a real broker, started as `./dev run` starts them."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from delivery.models import OutgoingMessage
from delivery.operations import queue
from jobs import operations
from jobs.models import Job
from tests.jobs.test_real_worker import address, begin, broker, ended, look  # noqa: F401 - two are fixtures
from tests.jobs.worker import ONE_FOR_ALL, wait_until, worker_on
from tools import workers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@contextlib.contextmanager
def busy(agency: Agency, alice: User) -> Iterator[list[Job]]:
    """Three long jobs: two at work, and one that waits behind them. Cancelled at the end."""
    begun = [begin(agency, steps=10_000, seconds=0.02) for _ in range(3)]
    wait_until(lambda: sum(look(agency, job).state == "running" for job in begun) == 2)
    try:
        yield begun
    finally:
        with transaction.atomic(), scope.of_agency(agency.pk):
            for job in begun:
                operations.request_cancel(actor=alice, job=job)
        assert [ended(agency, job).state for job in begun] == ["cancelled"] * 3


def mail_of(agency: Agency) -> OutgoingMessage:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return queue(to="grace@example.org", subject="s", text="t", purpose="letter")


def state_of(agency: Agency, mail: OutgoingMessage) -> str:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return str(OutgoingMessage.objects.get(pk=mail.pk).state)


def test_mail_goes_out_while_long_jobs_hold_their_worker(
    agency: Agency,
    alice: User,
    broker: Path,  # noqa: F811
) -> None:
    logs = broker.parent
    with (
        worker_on(f"unix://{broker}", logs / "long.log", workers.LONG),
        worker_on(f"unix://{broker}", logs / "short.log", workers.SHORT),
        busy(agency, alice) as begun,
    ):
        sent, asked = mail_of(agency), time.monotonic()
        wait_until(lambda: state_of(agency, sent) == "accepted")
        assert time.monotonic() - asked < 5
        assert [look(agency, job).state for job in begun].count("queued") == 1


def test_control_with_one_worker_for_all_it_waits(
    agency: Agency,
    alice: User,
    broker: Path,  # noqa: F811
) -> None:
    with worker_on(f"unix://{broker}", broker.parent / "one.log", ONE_FOR_ALL):
        with busy(agency, alice):
            waiting: Any = mail_of(agency)
            time.sleep(3)
            assert state_of(agency, waiting) == "queued"
        wait_until(lambda: state_of(agency, waiting) == "accepted")
