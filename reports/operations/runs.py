"""The statements of a year, made by background jobs side by side."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from jobs.models import Job
from jobs.operations import request_cancel, start
from reports.models import StatementPart, StatementRun
from reports.operations.issuing import NothingToState
from reports.operations.series import lock_series
from reports.queries.givers import givers_of, to_state
from reports.queries.runs import is_under_way, open_jobs

PARTS = 2
WORTH_PARTS = 100
"""From so many giving units on, two workers share a run; below, starting the second costs more than it saves."""


class RunUnderWay(Refused):
    """One run per year at a time."""

    code = "run_under_way"
    message = "The statements of this year are being made already. Open the run to watch it or to stop it."


@transaction.atomic
def start_run(*, agency: Agency, actor: User, year: int) -> StatementRun:
    """Start making the statements of a year. What is issued and unchanged stands, so to run again is to go on.

    Raises RunUnderWay, NothingToState.
    """
    lock_series(year)
    if is_under_way(year):
        raise RunUnderWay
    total = len(to_state(year))
    if not total:
        raise NothingToState
    without = {reason: len(givers) for reason, givers in givers_of(agency, year).without.items() if givers}
    run: StatementRun = StatementRun.objects.create(
        agency=agency, year=year, total=total, skipped=without, started_by=actor
    )
    parts = PARTS if total >= WORTH_PARTS else 1
    for place in range(parts):
        part = StatementPart.objects.create(agency=agency, run=run, place=place, of=parts)
        part.job = start(kind="statements.run", actor=actor, title=title(run, part), arguments={"part": part.pk})
        part.save(update_fields=["job"])
    audit.record(actor=actor, verb="run statements", of=run, label=str(year), changes={"giving units": total})
    return run


def title(run: StatementRun, part: StatementPart | None = None) -> str:
    """The name of a job of a run."""
    if part is None:
        return _("Bundle of giving statements %(year)s") % {"year": run.year}
    words = _("Giving statements %(year)s") if part.of == 1 else _("Giving statements %(year)s, part %(part)s")
    return words % {"year": run.year, "part": part}


def finish_part(*, agency: Agency, part: StatementPart) -> Job | None:
    """Note that a part is through. The last one starts the bundle. Inside the part's own unit of work."""
    run = StatementRun.objects.select_for_update().get(pk=part.run_id)
    part.finished_at = timezone.now()
    part.save(update_fields=["finished_at"])
    if run.bundle_job_id or StatementPart.objects.filter(run=run, finished_at=None).exists():
        return None
    job = start(
        kind="statements.bundle", actor=run.started_by, title=title(run), arguments={"run": run.pk, "year": run.year}
    )
    run.bundle_job = job
    run.save(update_fields=["bundle_job"])
    return job


@transaction.atomic
def cancel_run(*, agency: Agency, actor: User, run: StatementRun) -> int:
    """Ask every job of a run that has not ended to stop; what was issued stands. Return how many were asked."""
    jobs = open_jobs(run)
    for job in jobs:
        request_cancel(actor=actor, job=job)
    return len(jobs)
