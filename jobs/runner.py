"""Running one job, from its lease to its end."""

import logging
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from agencies.scope import Scope, fresh, within
from core.errors import Refused
from jobs.journal import LEASE, beating
from jobs.kinds import UnknownKind, kind_named
from jobs.models import Job
from jobs.running import JobCancelled, LeaseLost, Running
from jobs.signals import job_ended

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
GAVE_UP = (
    "The work was interrupted three times, so we stopped trying. What was finished before stands. "
    "Start it again, or tell whoever runs this server."
)
GONE = "This installation no longer knows this kind of work."
UNFORESEEN = (
    "Something went wrong that we did not foresee. The step under way was undone. "
    "Tell whoever runs this server: job {}."
)


@dataclass(frozen=True)
class Ending:
    """How an attempt ended: a state, with the sentence or the result that belongs to it."""

    state: str
    error: str = ""
    result: dict[str, Any] = field(default_factory=dict)


AGAIN = Ending(Job.State.QUEUED)


def run_job(scope: Scope, job_id: int, *, has_heart: bool = True) -> bool:
    """Run a job if it is due and nobody else has it; say whether it was run. Calling it too often is harmless."""
    with fresh():
        row = claim(scope, job_id)
        if row is None:
            return False
        job = Running(row, has_heart=has_heart)
        with beating(job.journal) if has_heart else nullcontext():
            ending = attempt(job)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # the database may have gone while the handler was at work
        if ending is not None:
            settle(job, ending)
    return True


def claimable() -> Q:
    """Waiting and due, or left behind by a worker whose lease ran out."""
    now = timezone.now()
    waiting = Q(state=Job.State.QUEUED) & (Q(not_before=None) | Q(not_before__lte=now))
    return waiting | Q(state=Job.State.RUNNING, lease_until__lt=now)


@transaction.atomic
def claim(scope: Scope, job_id: int) -> Job | None:
    """Take the lease of a job; None when it is not due or another worker is faster. A job begun three times in vain
    fails here.
    """
    with within(scope):
        row: Job | None = Job.objects.select_for_update(skip_locked=True).filter(claimable(), pk=job_id).first()
        if row is None:
            return None
        ending = without_running(row)
        if ending is not None:
            end(row, ending)
            return None
        now = timezone.now()
        row.state, row.attempts, row.lease_until = Job.State.RUNNING, row.attempts + 1, now + LEASE
        row.started_at = row.started_at or now
        row.save(update_fields=["state", "attempts", "lease_until", "started_at"])
        return row


def without_running(row: Job) -> Ending | None:
    """How a job ends that is not to be begun (again), if so."""
    if row.cancel_requested_at is not None:
        return Ending(Job.State.CANCELLED)
    return Ending(Job.State.FAILED, GAVE_UP) if row.attempts >= MOST_ATTEMPTS else None


def attempt(job: Running) -> Ending | None:
    """Call the handler and put into a word how it went; None when the job is another worker's by now."""
    try:
        return Ending(Job.State.DONE, result=kind_named(job.kind).handler(job) or {})
    except JobCancelled:
        return Ending(Job.State.CANCELLED)
    except LeaseLost:
        logger.warning("Job %s was taken over by another worker.", job.id)
        return None
    except Refused as refusal:
        return Ending(Job.State.FAILED, str(refusal))
    except UnknownKind:
        return Ending(Job.State.FAILED, GONE)
    except (OperationalError, InterfaceError):
        logger.exception("The database failed job %s (attempt %s).", job.id, job.attempt)
        return AGAIN if job.attempt < MOST_ATTEMPTS else Ending(Job.State.FAILED, GAVE_UP)
    except Exception:
        logger.exception("Job %s failed.", job.id)
        return Ending(Job.State.FAILED, UNFORESEEN.format(job.id))


@transaction.atomic
def settle(job: Running, ending: Ending) -> None:
    """Write down the end, with what the job said last, unless another worker took over meanwhile."""
    job.journal.write()
    if job.journal.lost:
        return
    with within(job.scope):
        end(Job.objects.select_for_update().get(pk=job.id), ending)


def end(row: Job, ending: Ending) -> None:
    """Put the ending on the row, which the caller has locked; tell the apps above unless it is to begin again."""
    now = timezone.now()
    row.state, row.error, row.result, row.lease_until = ending.state, ending.error[:400], ending.result, None
    if ending is AGAIN:
        row.not_before = now + timedelta(seconds=10 * row.attempts)
    else:
        row.finished_at = now
    row.save(update_fields=["state", "error", "result", "lease_until", "not_before", "finished_at"])
    if row.has_ended:
        job_ended.send(Job, job=row)
