"""The time for which a letter waits, and the job that waits with it."""

from accounts.models import User
from communications.models import Letter
from communications.operations.locking import lock
from jobs import operations as jobs
from jobs.models import Job


def lock_with_job(letter: Letter) -> Letter:
    """The letter as it stands now, locked after the job that waits for its time: who cancels that job holds it first
    too.
    """
    waiting = Letter.objects.filter(pk=letter.pk, send_at__isnull=False).values("job")
    list(Job.objects.select_for_update().filter(pk__in=waiting))
    return lock(letter)


def forget_time(row: Letter, actor: User | None) -> None:
    """A locked letter waits for no time any more, and nothing waits for it. Doing it twice changes nothing."""
    if row.send_at is None:
        return
    job = Job.objects.filter(pk=row.job_id, state=Job.State.QUEUED).first()
    row.send_at = row.job_id = None
    row.save(update_fields=["send_at", "job_id"])
    if job is not None and actor is not None:
        jobs.request_cancel(actor=actor, job=job)
