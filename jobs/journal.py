"""What a running job says about itself, and its lease: written in transactions of their own, so that people see it
while the work goes on.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.utils import timezone

from agencies.scope import Scope, within
from jobs.models import Job, JobLog

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
BEAT_SECONDS = 1.0
RENEW_SECONDS = LEASE.total_seconds() / 3


class Journal:
    """Progress and lines that were said and not written yet. `lost` turns true when another worker has taken over the
    job.
    """

    def __init__(self, job_id: int, attempt: int, scope: Scope) -> None:
        self.job_id, self.attempt, self.scope = job_id, attempt, scope
        self.lost = False
        self._lock = threading.Lock()  # around what was said; never held while the database is asked
        self._writing = threading.Lock()
        self._values: dict[str, Any] = {}
        self._lines: list[tuple[datetime, str]] = []
        self._written = time.monotonic()

    def note(self, **values: Any) -> None:
        """Keep columns of the job for the next writing."""
        with self._lock:
            self._values.update(values)

    def say(self, text: str) -> None:
        """Keep a line of the log for the next writing."""
        with self._lock:
            self._lines.append((timezone.now(), text[:500]))

    def is_due(self) -> bool:
        """Whether there is something to write, or the lease wants renewing."""
        return bool(self._values or self._lines) or time.monotonic() - self._written > RENEW_SECONDS

    def write(self) -> None:
        """Write what was said and renew the lease, unless the job is another worker's by now. What could not be
        written is kept.
        """
        with self._writing:
            values, lines = self.take()
            try:
                self.put(values, lines)
            except Error:
                with self._lock:
                    self._values, self._lines = {**values, **self._values}, [*lines, *self._lines]
                raise
            self._written = time.monotonic()

    def take(self) -> tuple[dict[str, Any], list[tuple[datetime, str]]]:
        """Hand over what was said so far."""
        with self._lock:
            taken = self._values, self._lines
            self._values, self._lines = {}, []
        return taken

    @transaction.atomic
    def put(self, values: dict[str, Any], lines: list[tuple[datetime, str]]) -> None:
        """One transaction: progress, lease and lines; nothing when the job was taken over."""
        with within(self.scope):
            mine = Job.objects.filter(pk=self.job_id, state=Job.State.RUNNING, attempts=self.attempt)
            if mine.update(lease_until=timezone.now() + LEASE, **values) == 0:
                self.lost = True
                return
            keep_lines(self.job_id, lines, self.scope)


def keep_lines(job_id: int, lines: list[tuple[datetime, str]], scope: Scope) -> None:
    """Add lines to the log of a job of the scope in force."""
    owner = {"agency_id": scope.agency_id, "alliance_id": scope.alliance_id}
    JobLog.objects.bulk_create([JobLog(job_id=job_id, at=at, text=text, **owner) for at, text in lines])


@contextmanager
def beating(journal: Journal) -> Iterator[None]:
    """Write the journal every second from a thread with a connection of its own: also while the handler is inside one
    long transaction.
    """
    stop = threading.Event()
    heart = threading.Thread(target=beat, args=(journal, stop), name=f"job-{journal.job_id}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        stop.set()
        heart.join()


def beat(journal: Journal, stop: threading.Event) -> None:
    """Until told to stop. A database that is away for a moment is asked again; the lease bounds how long that may
    last.
    """
    try:
        while not stop.wait(BEAT_SECONDS):
            if journal.is_due() and not journal.lost:
                write_or_wait(journal)
    finally:
        connection.close()


def write_or_wait(journal: Journal) -> None:
    try:
        journal.write()
    except Error as error:
        logger.warning("The journal of job %s could not be written: %s", journal.job_id, error)
        connection.close()
