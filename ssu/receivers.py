"""What this app does when a job ends."""

from typing import Any

from django.dispatch import receiver

from jobs.models import Job
from jobs.signals import job_ended
from ssu.operations.kept_people import forget_file
from ssu.queries.people_file import PEOPLE_JOB


@receiver(job_ended, dispatch_uid="ssu.job_ended")
def forget_the_file(sender: Any, job: Job, **kwargs: Any) -> None:
    """A file of people stays no longer than its job, however that ended."""
    if job.kind == PEOPLE_JOB:
        forget_file(pk=int(job.arguments["file"]))
