"""What a handler holds while its job is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from agencies.models import Agency
from agencies.scope import NoScope, Scope, within
from jobs.journal import Journal
from jobs.models import Job, StoredFile
from jobs.operations.files import Content, keep_file
from jobs.written import undone_with_its_row


class JobCancelled(Exception):
    """Somebody asked the job to stop; the unit in which it is raised is undone."""


class LeaseLost(Exception):
    """Another worker has taken the job over: this one must write nothing more."""


class Running:
    """A job at work. Nobody is in scope except inside `unit()`.

    `arguments` is what `start` was given, `attempt` counts from 1 (more than 1: a worker died, or the database was
    away, and the handler begins anew), `scope` is the one in which the job was started.
    """

    def __init__(self, row: Job, *, has_heart: bool) -> None:
        self.row = row
        self.id: int = row.pk
        self.kind: str = row.kind
        self.title: str = row.title
        self.arguments: dict[str, Any] = row.arguments
        self.attempt: int = row.attempts
        self.scope = Scope(agency_id=row.agency_id, alliance_id=row.alliance_id, member_id=row.member_id)
        self.journal = Journal(row.pk, row.attempts, self.scope)
        self._has_heart = has_heart
        self._depth = transactions_open()

    @cached_property
    def actor(self) -> User | None:
        """Who started the job; None for a nightly one."""
        return self.row.actor

    @cached_property
    def agency(self) -> Agency:
        """The agency in whose scope the job runs; raises NoScope for an alliance's or nobody's job."""
        if self.scope.agency_id is None:
            raise NoScope(f"Job {self.id} belongs to no agency.")
        with self.unit():
            found: Agency = Agency.objects.get(pk=self.scope.agency_id)
        return found

    @contextmanager
    def unit(self) -> Iterator[None]:
        """One step that commits or vanishes: a transaction in the scope of the job. Raises LeaseLost rather than
        commit when another worker has taken over. A unit inside a unit is part of the outer step. Files kept in a step
        that vanishes go with it.
        """
        with undone_with_its_row(), transaction.atomic(), within(self.scope):
            yield
            if transactions_open() == self._depth + 1:
                self.hold()

    def hold(self) -> None:
        """Keep the job from being taken over until the transaction ends, or raise LeaseLost when it was already."""
        mine = Job.objects.filter(pk=self.id, state=Job.State.RUNNING, attempts=self.attempt)
        if self.journal.lost or not mine.select_for_update().exists():
            raise LeaseLost(self.id)

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the work is: `done` of `total` (kept when not given) and a few words. Cheap: call it for each
        row if you like.
        """
        values: dict[str, Any] = {"done": done, "message": message[:200]}
        if total is not None:
            values["total"] = total
        self.journal.note(**values)
        self.publish()

    def log(self, text: str) -> None:
        """Add a line to the job's log: a sentence for people, without secrets or names of closed places. Cut at 500
        signs.
        """
        self.journal.say(text)
        self.publish()

    def publish(self) -> None:
        """Let the heart write what was said. A job that runs without one (in tests) writes itself, when no step is
        open.
        """
        if self.journal.lost:
            raise LeaseLost(self.id)
        if not self._has_heart and transactions_open() == self._depth:
            self.journal.write()

    def stop_if_cancelled(self) -> None:
        """Raise JobCancelled when somebody asked for it. Call it between steps, or inside a unit that shall be undone
        then.
        """
        with transaction.atomic(), within(self.scope):
            asked = Job.objects.values_list("cancel_requested_at", flat=True).get(pk=self.id)
        if asked is not None:
            raise JobCancelled(self.id)

    def keep_file(
        self, name: str, content: Content, content_type: str = "application/octet-stream", purpose: str = ""
    ) -> StoredFile:
        """Keep a file that people download from the job's page: bytes, a path, or an open file. The same name again
        replaces it.
        """
        with self.unit():
            return keep_file(name=name, content=content, content_type=content_type, purpose=purpose, job=self.row)


def transactions_open() -> int:
    """How deep the connection is inside `atomic` blocks."""
    return len(connection.atomic_blocks)
