"""The background jobs of imports: each makes one domain call."""

from typing import Any

from django.urls import reverse

from agencies.models import Agency
from agencies.scope import current_agency_id
from imports.models import ImportRun
from imports.operations import apply_import, check_import
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
        applied = apply_import(agency=agency(), actor=run.applied_by, run=run, progress=job.progress)
        return {"run": applied.pk, **applied.applied, **way_onward(applied)}


def way_onward(run: ImportRun) -> dict[str, str]:
    """Where the job's page leads when it is done."""
    return {"url": reverse("import", args=[agency().slug, run.pk]), "label": "Open the import"}


def agency() -> Agency:
    found: Agency = Agency.objects.get(pk=current_agency_id())
    return found


def run_of(job: Running) -> ImportRun:
    found: ImportRun = ImportRun.objects.get(pk=job.arguments["run"])
    return found
