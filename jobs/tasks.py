"""What Celery calls. Each carries (scope, id) or nothing; what is due is in the database."""

from celery import shared_task

from agencies.operations.sent_forms import forget_sent_forms
from agencies.scope import Scope
from jobs import kinds, schedule
from jobs.due import sweep_due
from jobs.fan_out import for_each_agency
from jobs.operations.sweep import sweep_files
from jobs.runner import run_job
from jobs.running import Running
from jobs.schedule import fire_due

TWO_HOURS = 7200  # a handler that hangs is killed then; its lease runs out and it begins anew, three times at most


@shared_task(name="jobs.tasks.run", time_limit=TWO_HOURS)
def run(scope: list[int | None], job_id: int) -> None:
    """Run a job; `scope` is agency and alliance."""
    agency_id, alliance_id = scope
    run_job(Scope(agency_id=agency_id, alliance_id=alliance_id), job_id)


@shared_task(name="jobs.tasks.sweep")
def sweep() -> None:
    """Find what is due and was not told to anybody, or was lost."""
    sweep_due()


@shared_task(name="jobs.tasks.tick")
def tick() -> None:
    """Start what the clock has made due."""
    fire_due()


@kinds.register("jobs.sweep_files")
def sweep_stored(job: Running) -> dict[str, int]:
    """Nightly: files that no row names."""
    return {"deleted": sweep_files()}


@kinds.register("jobs.forget_forms")
def forget_forms(job: Running) -> dict[str, int]:
    """Nightly: marks of forms that were sent long ago, agency by agency."""
    return {"forgotten": sum(for_each_agency(lambda agency: forget_sent_forms(agency=agency)))}


schedule.register("sweep files", "50 3 * * *", "jobs.sweep_files", title="Delete files that no row names")
schedule.register("forget forms", "55 3 * * *", "jobs.forget_forms", title="Forget the marks of old forms")
