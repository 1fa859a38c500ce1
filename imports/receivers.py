"""What this app does when a job ends."""

from typing import Any

from django.dispatch import receiver

from imports.operations import release_import, release_undo
from jobs.models import Job
from jobs.signals import job_ended


@receiver(job_ended, dispatch_uid="imports.job_ended")
def release(sender: Any, job: Job, **kwargs: Any) -> None:
    """A file whose import failed or was cancelled can be checked and applied again; one whose undo did stands."""
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        return
    if job.kind == "imports.apply":
        release_import(run_id=int(job.arguments["run"]), job=job)
    elif job.kind == "imports.undo":
        release_undo(run_id=int(job.arguments["run"]), job=job)
