"""The background jobs of imports: each makes one domain call."""

from typing import Any

from django.urls import reverse

from agencies.models import Agency
from agencies.scope import current_agency_id
from imports.kinds import Progress
from imports.models import ImportRun
from imports.operations import apply_import, check_import, undo_import
from jobs import kinds
from jobs.running import Running


@kinds.register("imports.check", right="imports.run")
def check(job: Running) -> dict[str, Any]:
    """Judge an uploaded file."""
    with job.unit():
        run = check_import(agency=agency(), run=run_of(job))
        return {"run": run.pk, "state": run.state, **way_onward(run)}


@kinds.register("imports.apply", right="imports.run")
def apply(job: Running) -> dict[str, Any]:
    """Bring a checked file in, in one transaction: a worker that dies leaves nothing half-written."""
    with job.unit():
        run = run_of(job)
        deposit = job.arguments.get("deposit")
        applied = apply_import(
            agency=agency(),
            actor=run.applied_by,
            run=run,
            deposit=deposit,
            whole=bool(job.arguments.get("whole")),
            progress=stepped(job),
        )
        return {"run": applied.pk, **applied.applied, **way_onward(applied)}


@kinds.register("imports.undo", right="imports.run")
def undo(job: Running) -> dict[str, Any]:
    """Take an import back, in one transaction: cancelled before its end, nothing happened."""
    with job.unit():
        run = run_of(job)
        undone = undo_import(agency=agency(), actor=run.undone_by, run=run, progress=stepped(job))
        return {"run": undone.pk, **undone.undone["taken"], **way_onward(undone)}


def stepped(job: Running) -> Progress:
    """Tell how far the work is, and stop between two steps when somebody asked for it."""

    def step(done: int, total: int | None) -> None:
        job.stop_if_cancelled()
        job.progress(done, total)

    return step


def way_onward(run: ImportRun) -> dict[str, str]:
    """Where the job's page leads when it is done."""
    return {"url": reverse("import", args=[agency().slug, run.pk]), "label": "Open the import"}


def agency() -> Agency:
    found: Agency = Agency.objects.get(pk=current_agency_id())
    return found


def run_of(job: Running) -> ImportRun:
    found: ImportRun = ImportRun.objects.get(pk=job.arguments["run"])
    return found
