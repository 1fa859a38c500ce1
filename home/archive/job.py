"""The job that makes the archive, and the one that deletes what has had its time."""

import tempfile
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Membership
from agencies.seats import seat_of
from core.errors import Refused
from home.archive.asking import ARCHIVE_JOB, RIGHT, drop_old_archives, may_have
from home.archive.making import how_much, write_archive
from jobs import kinds, schedule
from jobs.running import Running

STEP = 1_000
"""After so many rows the job says how far it is, and hears whether to stop."""
DROP_JOB = "home.drop_archives"


class MayTakeNoMore(Refused):
    """Rights are those of the moment in which the archive is made."""

    code = "archive_may_no_more"
    message = "Who asked for this archive does not run the agency any more. Somebody who does may ask for a new one."


@kinds.register(ARCHIVE_JOB, right=RIGHT, may_have_files=may_have)
def make_archive(job: Running) -> dict[str, Any]:
    """Everything that the agency owns as one ZIP, written to disk part by part. Raises MayTakeNoMore."""
    agency, actor = job.agency, job.actor
    with job.unit(), tempfile.TemporaryDirectory() as folder:
        membership = Membership.objects.filter(user=actor, left_at=None).select_related("user").first()
        if actor is None or membership is None or not seat_of(agency, membership).can(RIGHT):
            raise MayTakeNoMore
        total = how_much(agency, actor)
        job.progress(0, total)

        def tick(done: int) -> None:
            if done % STEP == 0:
                job.progress(done, max(done, total))
                job.stop_if_cancelled()

        path = Path(folder, "archive.zip")
        made = write_archive(agency, actor, path, tick)
        job.keep_file(f"{agency.slug}-{agency.today():%Y-%m-%d}.zip", path, "application/zip", purpose="archive")
    done = made["rows"] + made["files"]
    job.progress(done, done)
    return {**made, "url": reverse("archive", args=[agency.slug]), "label": _("About the archive")}


@kinds.register(DROP_JOB, right=RIGHT)
def drop_archives(job: Running) -> dict[str, int]:
    """Daily: archives that were there long enough are deleted."""
    agency = job.agency
    with job.unit():
        return {"deleted": drop_old_archives(agency=agency)}


schedule.register("old archives", "50 3 * * *", DROP_JOB, title="Delete old archives", per_agency=True)
