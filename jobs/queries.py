"""Which jobs and files a person may see. Nothing here writes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from agencies.seats import Seat
from jobs.kinds import kinds_without, may_have_files, own_kinds, titles_by
from jobs.models import Job, StoredFile


def jobs_seen_by(seat: Seat) -> Any:
    """The jobs of the agency that a person started, or all for who may look after jobs, but for those of a kind that
    is its starter's own; never those of a kind whose own right the person has not got.
    """
    mine = Q(actor_id=seat.user_id)
    if seat.can("jobs.view"):
        mine |= ~Q(kind__in=own_kinds())
    seen = Job.objects.named().filter(mine).exclude(kind__in=kinds_without(seat.can))
    return seen.select_related("actor").order_by("-id")


def may_cancel(seat: Seat, job: Job) -> bool:
    """Who started a job may stop it, and an administrator."""
    return job.actor_id == seat.user_id or seat.can("settings.edit")


def has_withdrawn_files(seat: Seat, job: Job) -> bool:
    """Whether a job kept files that this person, who may see the job, may have no more. A query where it is so."""
    if may_have_files(job.kind, seat, job.arguments):
        return False
    kept: bool = StoredFile.objects.filter(job=job).exists()
    return kept


def files_seen_by(seat: Seat, job: Job) -> Any:
    """The files that a person may have now, of a job that they may see."""
    if not may_have_files(job.kind, seat, job.arguments):
        return StoredFile.objects.none()
    return StoredFile.objects.filter(job=job).order_by("id")


def titles_of(seat: Seat, jobs: Sequence[Job]) -> dict[int, str]:
    """What a seat calls jobs, by id: as it may know now what they are about, for a name may have become guarded since
    they began (trust rule T6). One query for each kind that is about such a thing.
    """
    found = {job.pk: job.title for job in jobs}
    by_kind: dict[str, list[Job]] = {}
    for job in jobs:
        by_kind.setdefault(job.kind, []).append(job)
    for kind, some in by_kind.items():
        titles = titles_by(kind)
        if titles is not None:
            words = titles(seat, [job.arguments for job in some])
            found |= dict(zip((job.pk for job in some), words, strict=True))
    return found
