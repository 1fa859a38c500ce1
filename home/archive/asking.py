"""Asking for the archive, and who may have it how long."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.seats import Seat
from core.errors import Refused
from jobs.models import Job, StoredFile
from jobs.operations import remove_file, start

ARCHIVE_JOB = "home.archive"
STAYS = timedelta(days=7)
"""So long an archive can be downloaded; then it is deleted, and a new one is made in its place."""
RIGHT = "archive.take"


class ArchiveUnderWay(Refused):
    """One archive at a time."""

    code = "archive_under_way"
    status = 409
    message = "An archive is being made now. Wait until it is done, or cancel it."


@transaction.atomic
def ask_for_archive(*, agency: Agency, actor: User) -> Job:
    """Begin an archive of everything that the agency owns. Raises ArchiveUnderWay."""
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if archives().filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
        raise ArchiveUnderWay
    job = start(kind=ARCHIVE_JOB, actor=actor, title=_("Archive of everything"), arguments={"for": actor.pk})
    audit.record(actor=actor, verb="ask for archive", of=job, label=f"job {job.pk}")
    return job


def archives() -> Any:
    """The archives of the agency in scope, the newest first."""
    return Job.objects.named().filter(kind=ARCHIVE_JOB).order_by("-pk")


def ends(job: Job) -> datetime | None:
    """When the download of an archive ends; None while there is none."""
    return job.finished_at + STAYS if job.finished_at and job.state == Job.State.DONE else None


def may_have(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Whoever asked has the file, while they run the agency."""
    return bool(seat.user_id == arguments.get("for")) and seat.can(RIGHT)


@transaction.atomic
def drop_old_archives(*, agency: Agency, now: datetime | None = None) -> int:
    """Delete the files of archives whose time is over; return how many."""
    before = (now or timezone.now()) - STAYS
    old = list(StoredFile.objects.named().filter(job__kind=ARCHIVE_JOB, created_at__lt=before))
    for stored in old:
        remove_file(stored=stored)
    if old:
        audit.record(actor=None, verb="delete archive", label=f"{agency.slug}: {len(old)}")
    return len(old)
