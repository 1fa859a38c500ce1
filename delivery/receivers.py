"""What happens here when something happens below."""

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delivery.operations import notify
from jobs.models import Job
from jobs.signals import job_ended

WATCHED = timedelta(seconds=10)  # whoever waits as long as this has gone to do something else


@receiver(job_ended, dispatch_uid="delivery.job_ended")
def ring(sender: Any, job: Job, **kwargs: Any) -> None:
    """Tell who started a job in an agency that it failed, or that it is done after they stopped waiting for it.

    A job whose result says `silent` is a part of something larger that tells of its own end.
    """
    if job.agency is None or job.actor is None or job.state == Job.State.CANCELLED:
        return
    failed = job.state == Job.State.FAILED
    if not failed and (job.result.get("silent") or timezone.now() - job.created_at < WATCHED):
        return
    words = _("%(title)s: failed. %(error)s") if failed else _("%(title)s: done.")
    notify(
        agency=job.agency,
        users=[job.actor],
        kind="job.ended",
        text=words % {"title": job.title, "error": job.error},
        url=reverse("job", args=[job.agency.slug, job.pk]),
    )
