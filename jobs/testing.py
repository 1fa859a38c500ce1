"""For tests: doing at once what a worker would do."""

from agencies.scope import current, within
from jobs.due import due_work
from jobs.runner import run_job


def run_due(limit: int = 100) -> int:
    """Run every job that is due, also those that running jobs start, without Celery; return how many ran.

    In the caller's transaction and thread: a handler's log and progress are written when no unit is open.
    """
    ran = 0
    with within(current()):  # PostgreSQL hears of the caller's scope again when the jobs are through
        while ran < limit:
            done = sum(run_job(due.scope, due.id, has_heart=False) for due in due_work(limit, "job"))
            if not done:
                break
            ran += done
    return ran
