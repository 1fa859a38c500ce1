"""Jobs and mail through a real broker and a real worker process: lost messages, killed workers, a broker that is
flushed or away.
"""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import transaction
from django.utils import timezone

from agencies import scope
from agencies.models import Agency
from delivery.models import OutgoingMessage
from delivery.operations import queue
from jobs import nudge, operations
from jobs.due import sweep_due
from jobs.models import Job
from tests.jobs import worker_kinds  # noqa: F401 - this process knows the trial kinds too
from tests.jobs.worker import process, wait_until, worker_on
from tools.valkey import find_server

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def broker() -> Iterator[Path]:
    """A Valkey of our own, that may be flushed; its socket."""
    with tempfile.TemporaryDirectory(prefix="yk-broker-") as folder:
        socket = Path(folder) / "s"
        arguments = [find_server(), "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder]
        with process(*arguments, log=Path(folder) / "log"):
            wait_until(socket.exists)
            yield socket


@pytest.fixture(scope="module")
def worker(broker: Path, django_db_setup: None) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that is told by the trial broker."""
    with worker_on(f"unix://{broker}", broker.parent / "worker.log") as child:
        yield child


@pytest.fixture(autouse=True)
def address(broker: Path, settings: Any) -> Iterator[None]:
    """This process sends to the trial broker."""
    settings.CELERY_BROKER_URL = f"redis+socket://{broker}"
    nudge.producer.cache_clear()
    yield
    nudge.producer.cache_clear()


def begin(agency: Agency, kind: str = "trial.steps", *, steps: int = 2, seconds: float = 0.01) -> Job:
    with transaction.atomic(), scope.of_agency(agency.pk):
        arguments = {"steps": steps, "seconds": seconds}
        return operations.start(kind=kind, actor=None, title="Trial", arguments=arguments)


def look(agency: Agency, job: Job) -> Job:
    """The job as it is now."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        found: Job = Job.objects.get(pk=job.pk)
        return found


def ended(agency: Agency, job: Job) -> Job:
    """The job once it has ended."""
    found: Job = wait_until(lambda: (now := look(agency, job)).has_ended and now)
    return found


def files(agency: Agency, job: Job) -> list[str]:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return list(job.files.order_by("name").values_list("name", flat=True))


def pid_of(agency: Agency, job: Job) -> int:
    """The process in which the job runs, as it said in its log."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        said = job.lines.order_by("id").values_list("text", flat=True).first()
    return int(said.removeprefix("process ")) if said else 0


def test_job_and_mail_go_through_the_worker(agency: Agency, worker: Any) -> None:
    begun = time.monotonic()
    job = begin(agency, steps=3)
    with transaction.atomic(), scope.of_agency(agency.pk):
        mail = queue(to="grace@example.org", subject="s", text="t", purpose="letter")
    found = ended(agency, job)
    assert (found.state, found.done, found.total, found.result) == ("done", 3, 3, {"begun": 0})
    assert files(agency, job) == ["step 0", "step 1", "step 2"]
    assert time.monotonic() - begun < 5  # by the nudge, not by a sweep

    def is_sent() -> bool:
        with transaction.atomic(), scope.of_agency(agency.pk):
            return bool(OutgoingMessage.objects.get(pk=mail.pk).state == "accepted")

    wait_until(is_sent)


def test_progress_of_one_long_transaction_is_seen_from_outside(agency: Agency, worker: Any) -> None:
    job = begin(agency, "trial.transaction", steps=15, seconds=0.2)
    wait_until(lambda: 0 < look(agency, job).done < 15)
    assert look(agency, job).state == "running"
    assert ended(agency, job).done == 15


def test_running_job_stops_when_it_is_cancelled(agency: Agency, alice: Any, worker: Any) -> None:
    job = begin(agency, steps=1000, seconds=0.02)
    wait_until(lambda: look(agency, job).done > 0)
    with transaction.atomic(), scope.of_agency(agency.pk):
        operations.request_cancel(actor=alice, job=job)
    found = ended(agency, job)
    assert found.state == "cancelled"
    assert 0 < found.done < 1000


def test_killed_worker_is_replaced_and_the_job_goes_on(agency: Agency, worker: Any) -> None:
    job = begin(agency, steps=20, seconds=0.1)
    pid = wait_until(lambda: look(agency, job).done > 2 and pid_of(agency, job))
    os.kill(pid, signal.SIGKILL)
    time.sleep(1)  # Celery gives the message to the new process, which must leave the job to its lease
    assert (look(agency, job).state, look(agency, job).attempts) == ("running", 1)
    let_lease_run_out(agency, job)
    sweep_due()
    found = ended(agency, job)
    assert (found.state, found.attempts, found.done) == ("done", 2, 20)
    assert found.result["begun"] > 0
    assert len(files(agency, job)) == 20


def let_lease_run_out(agency: Agency, job: Job) -> None:
    with transaction.atomic(), scope.of_agency(agency.pk):
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_job_survives_a_flushed_broker(agency: Agency, alice: Any, broker: Path, worker: Any) -> None:
    """Two jobs keep the worker busy until they are cancelled, so that the message of the third waits in the broker
    when that is flushed. Without the sweep it would wait for ever: that is the control in the middle.
    """
    busy = [begin(agency, steps=10_000, seconds=0.02) for _ in range(2)]
    wait_until(lambda: all(look(agency, job).state == "running" for job in busy))
    job = begin(agency)
    with redis.Redis(unix_socket_path=str(broker)) as server:
        server.flushall()
    with transaction.atomic(), scope.of_agency(agency.pk):
        for other in busy:
            operations.request_cancel(actor=alice, job=other)
    assert [ended(agency, other).state for other in busy] == ["cancelled", "cancelled"]
    time.sleep(0.5)
    assert look(agency, job).state == "queued"
    sweep_due()
    assert ended(agency, job).state == "done"


def test_job_begun_without_a_broker_runs_when_it_is_back(
    agency: Agency, broker: Path, worker: Any, settings: Any
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    nudge.producer.cache_clear()
    begun = time.monotonic()
    job = begin(agency)
    assert time.monotonic() - begun < 2
    settings.CELERY_BROKER_URL = f"redis+socket://{broker}"
    nudge.producer.cache_clear()
    assert look(agency, job).state == "queued"
    sweep_due()
    assert ended(agency, job).state == "done"
