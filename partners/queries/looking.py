"""When somebody looked for duplicates."""

from datetime import datetime
from typing import Final

from jobs.models import Job

DUPLICATES: Final = "partners.duplicates"
"""The job that looks through the whole agency."""


def last_look() -> datetime | None:
    """When the newest look through the whole agency ended. One query."""
    ended = Job.objects.named().filter(kind=DUPLICATES, state=Job.State.DONE)
    found: datetime | None = ended.order_by("-pk").values_list("finished_at", flat=True).first()
    return found


def look_under_way() -> Job | None:
    """A look that waits or runs."""
    waiting = Job.objects.named().filter(kind=DUPLICATES, state__in=(Job.State.QUEUED, Job.State.RUNNING))
    found: Job | None = waiting.order_by("-pk").first()
    return found
