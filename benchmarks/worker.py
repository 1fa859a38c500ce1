"""A real Celery worker on the measuring database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.world import Place, World

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0
MADE = (
    *("reports_statementfile", "reports_statementpart", "reports_statementrun", "reports_statementissue"),
    *("reports_statementseries", "jobs_joblog", "jobs_storedfile", "jobs_job"),
)
T = TypeVar("T")


@contextmanager
def working(processes: int) -> Iterator[None]:
    """A worker with so many processes for the length of a `with`."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        "worker",
        "--queues",
        "long",
        "-c",
        str(processes),
        "-l",
        "warning",
    ]
    env = {**os.environ, "DB_ROLE": "worker", "PYTHONWARNINGS": "ignore"}
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=sys.stderr, start_new_session=True)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_until(reached: Callable[[], T], *, each: float = 0.002) -> T:
    """What `reached` answers once it is true. Raises TimeoutError after two minutes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := reached():
            return answer
        time.sleep(each)
    raise TimeoutError("the worker did not do it")


def state_of(place: Place, job: int) -> Any:
    """The state of a job that has ended, else None."""
    from django.db import transaction

    from agencies import scope
    from jobs.models import Job

    with scope.fresh(), transaction.atomic(), scope.of_agency(place.agency.pk):
        found = Job.objects.get(pk=job)
        return found.state if found.has_ended else None


def forget(world: World) -> None:
    """Take away what the workers made, past the triggers that keep it: the next run finds the database as this one."""
    made = world.connected_as("provisioning")
    with made.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in MADE:
            cursor.execute(f"DELETE FROM {table}")
    made.commit()
