"""What this app does when a job ends."""

from typing import Any

from django.dispatch import receiver

from imports.operations import release_import
from jobs.models import Job
from jobs.signals import job_ended


@receiver(job_ended, dispatch_uid="imports.job_ended")
def release(sender: Any, job: Job, **kwargs: Any) -> None:
    """A file whose import failed or was cancelled can be checked and applied again."""
    if job.kind == "imports.apply" and job.state in {Job.State.FAILED, Job.State.CANCELLED}:
        release_import(run_id=int(job.arguments["run"]), job=job)
