"""Forgetting files of people: they hold names, addresses and where somebody serves, and stay for their job only."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency
from jobs.models import Job, StoredFile
from jobs.operations.files import remove_file
from ssu.queries.people_file import PEOPLE_FILE, PEOPLE_JOB

LONGEST: Final = timedelta(days=1)


def forget_file(*, pk: int) -> None:
    """Remove a file of people, unless it is gone."""
    stored = StoredFile.objects.filter(pk=pk, purpose=PEOPLE_FILE).first()
    if stored is not None:
        remove_file(stored=stored)


@transaction.atomic
def forget_old_files(*, agency: Agency, now: datetime | None = None) -> int:
    """Remove the files of people that are older than a day and wait for no job; return how many. For what the end of a
    job should have removed, and for files of before it did.
    """
    open_jobs = Job.objects.filter(kind=PEOPLE_JOB).exclude(state__in=Job.ENDED)
    wanted = [each["file"] for each in open_jobs.values_list("arguments", flat=True)]
    old = StoredFile.objects.filter(purpose=PEOPLE_FILE, created_at__lt=(now or timezone.now()) - LONGEST)
    left = list(old.exclude(pk__in=wanted))
    for stored in left:
        remove_file(stored=stored)
    return len(left)
