"""Runs and their jobs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from jobs.models import Job
from reports.models import StatementPart, StatementRun

OPEN = (Job.State.QUEUED, Job.State.RUNNING)


def is_under_way(year: int) -> bool:
    """Whether a run of this year has jobs that have not ended."""
    parts = StatementPart.objects.filter(run=OuterRef("pk"), job__state__in=OPEN)
    found: bool = StatementRun.objects.filter(Q(Exists(parts)) | Q(bundle_job__state__in=OPEN), year=year).exists()
    return found


def open_jobs(run: StatementRun) -> list[Job]:
    """The jobs of a run that have not ended."""
    ids = StatementPart.objects.filter(run=run).values_list("job_id", flat=True)
    return list(Job.objects.filter(Q(pk__in=ids) | Q(pk=run.bundle_job_id), state__in=OPEN).order_by("pk"))


def runs(year: int | None = None) -> Any:
    """Runs with their parts and jobs, the newest first. Two queries."""
    parts = StatementPart.objects.select_related("job").order_by("place")
    found = StatementRun.objects.select_related("bundle_job", "started_by").prefetch_related(Prefetch("parts", parts))
    return (found if year is None else found.filter(year=year)).order_by("-pk")


@dataclass(frozen=True)
class RunState:
    """Where a run is, from its jobs: `state` is a state of a job."""

    state: str
    done: int
    issued: int
    replaced: int
    unchanged: int
    failures: tuple[tuple[int, str], ...]

    @property
    def has_ended(self) -> bool:
        return self.state in Job.ENDED


def state_of(run: Any) -> RunState:
    """The state of a run that `runs` found. No query."""
    parts = list(run.parts.all())
    counted = {name: sum(getattr(part, name) for part in parts) for name in ("done", "issued", "replaced", "unchanged")}
    failures = tuple((giver, reason) for part in parts for giver, reason in part.failures)
    return RunState(state=overall([part.job for part in parts], run.bundle_job), failures=failures, **counted)


def overall(parts: list[Job], bundle: Job | None) -> str:
    """One state for all jobs: the run is done when its bundle is, and has ended when nothing can start it."""
    if bundle is not None:
        return bundle.state
    states = {job.state for job in parts}
    for state in (Job.State.RUNNING, Job.State.QUEUED, Job.State.FAILED, Job.State.CANCELLED):
        if state in states:
            return state.value
    return Job.State.RUNNING.value
