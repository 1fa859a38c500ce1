"""Beginning a background job, and asking it to stop."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.scope import current
from core.errors import Refused
from jobs.kinds import kind_named
from jobs.models import Job
from jobs.nudge import nudge_on_commit
from jobs.signals import job_ended


class JobHasEnded(Refused):
    """There is nothing left to stop."""

    code = "job_has_ended"
    message = "This job has already ended, so there is nothing to cancel."


@transaction.atomic
def start(
    *,
    kind: str,
    actor: User | None,
    title: str,
    arguments: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> Job:
    """Write down a job in the scope in force; a worker begins it after the commit, or the sweep finds it within half
    a minute.

    `arguments` is JSON and carries ids, not data. Raises UnknownKind.
    """
    scope = current()
    job: Job = Job.objects.create(
        kind=kind_named(kind).name,
        actor=actor,
        title=title[:200],
        arguments=arguments or {},
        not_before=not_before,
        member_id=scope.member_id,
    )
    if not_before is None:
        nudge_on_commit("jobs.tasks.run", [scope.agency_id, scope.alliance_id], job.pk)
    return job


@transaction.atomic
def request_cancel(*, actor: User, job: Job) -> Job:
    """Stop a waiting job at once, a running one between two of its steps. Raises JobHasEnded. Asking twice changes
    nothing.
    """
    locked: Job = Job.objects.select_for_update().get(pk=job.pk)
    if locked.has_ended:
        raise JobHasEnded
    if locked.cancel_requested_at is None:
        locked.cancel_requested_at = timezone.now()
        audit.record(actor=actor, verb="cancel job", of=locked, label=locked.title)
    waiting = locked.state == Job.State.QUEUED
    if waiting:
        locked.state, locked.finished_at = Job.State.CANCELLED, timezone.now()
    locked.save(update_fields=["state", "finished_at", "cancel_requested_at"])
    if waiting:
        job_ended.send(Job, job=locked)
    return locked
