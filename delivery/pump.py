"""Emptying the outbox: one sender at a time, in fair turns, no faster than the mail server likes."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, connection

from delivery.outcomes import Outcome
from delivery.sending import send_one
from jobs.due import due_work
from jobs.nudge import nudge

logger = logging.getLogger(__name__)
SOLE_SENDER = 7_310_220  # any number that nothing else locks
SOLE_TELLER = 7_310_221
BATCH = 100
PASS_SECONDS = 45.0


class Pace:
    """At most so many messages a second."""

    def __init__(self, per_second: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self.gap = 1 / per_second
        self.sleep = sleep
        self.next = 0.0

    def wait(self) -> None:
        """Sleep until the next message may go."""
        ahead = self.next - time.monotonic()
        if ahead > 0:
            self.sleep(ahead)
        self.next = max(self.next, time.monotonic()) + self.gap


def send_due(seconds: float = PASS_SECONDS) -> int:
    """Send what is due for so long, and return how many messages were handed over. Asks for another pass when more is
    due then.

    Does nothing while another worker is at it. A mail server that cannot be reached leaves everything queued for the
    next sweep.
    """
    with sole_sender(SOLE_SENDER) as is_mine:
        if not is_mine:
            return 0
        backend = get_connection(settings.DELIVERY_BACKEND)
        if not opened(backend):
            return 0
        try:
            sent, is_empty = empty(backend, time.monotonic() + seconds)
        finally:
            close(backend)
    if not is_empty:
        nudge("delivery.tasks.send_due")
    return sent


def empty(backend: BaseEmailBackend, deadline: float) -> tuple[int, bool]:
    """Send batch after batch; return how many messages went out, and whether nothing more is due."""
    pace, sent = Pace(settings.DELIVERY_PER_SECOND), 0
    while time.monotonic() < deadline:
        handed = 0
        for due in due_work(BATCH, "outbox"):
            pace.wait()
            outcome = send_one(due, backend)
            handed += outcome is not None
            sent += outcome is Outcome.ACCEPTED
            if outcome is Outcome.UNKNOWN and not reopened(backend):
                return sent, True
        if not handed:
            return sent, True
    return sent, False


def opened(backend: BaseEmailBackend) -> bool:
    """Connect to the mail server before anything is marked; False, with a line in the log, when it does not answer."""
    try:
        backend.open()
    except OSError as error:
        logger.warning("The mail server does not answer; everything stays queued: %s", error)
        return False
    return True


def reopened(backend: BaseEmailBackend) -> bool:
    """A new connection after one that broke."""
    close(backend)
    return opened(backend)


def close(backend: BaseEmailBackend) -> None:
    """Say goodbye; a server that is gone already is no matter."""
    with suppress(Exception):
        backend.close()


@contextmanager
def sole_sender(lock: int) -> Iterator[bool]:
    """Hold the one seat of the sender; yield False when somebody sits there. PostgreSQL frees it when the process
    dies.
    """
    is_mine = ask("SELECT pg_try_advisory_lock(%s)", lock)
    try:
        yield is_mine
    finally:
        if is_mine:
            with suppress(Error):
                ask("SELECT pg_advisory_unlock(%s)", lock)


def ask(question: str, lock: int) -> bool:
    """The answer of one of PostgreSQL's advisory locks."""
    with connection.cursor() as cursor:
        cursor.execute(question, [lock])
        return bool(cursor.fetchone()[0])
