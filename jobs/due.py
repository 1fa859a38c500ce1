"""Finding what is due, whosever it is, and giving it to whoever does it: the recovery from every lost message (trust
rule T9).
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from agencies.scope import Scope, within
from jobs.models import Job
from jobs.nudge import nudge_on_commit

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A row that is due, by its ids: `kind` names its table."""

    kind: str
    agency_id: int | None
    alliance_id: int | None
    id: int

    @property
    def scope(self) -> Scope:
        return Scope(agency_id=self.agency_id, alliance_id=self.alliance_id)


Sweeper = Callable[[list[Due]], None]
_sweepers: dict[str, Sweeper] = {}


def register_sweeper(kind: str, sweeper: Sweeper) -> None:
    """Tell who looks after the due rows of a kind."""
    _sweepers[kind] = sweeper


def due_work(limit: int, kind: str = "") -> list[Due]:
    """Up to `limit` due rows of each kind, or of one kind, in the order in which they want doing. One of the look-ups
    before scope.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, agency_id, alliance_id, id FROM due_work(%s) WHERE %s IN ('', kind)", [limit, kind]
        )
        return [Due(*row) for row in cursor.fetchall()]


def sweep_due(limit: int = 200) -> int:
    """Hand everything due to its sweeper and return how many rows that were. One sweeper's error keeps no other from
    its work.
    """
    found: dict[str, list[Due]] = defaultdict(list)
    for due in due_work(limit):
        found[due.kind].append(due)
    for kind, rows in found.items():
        try:
            _sweepers[kind](rows)
        except Exception:
            logger.exception("Sweeping %s failed.", kind)
    return sum(map(len, found.values()))


def nudge_jobs(rows: list[Due]) -> None:
    """Send a message for each due job and remember when, so that a busy queue is not flooded with the same."""
    by_scope: dict[Scope, list[int]] = defaultdict(list)
    for due in rows:
        by_scope[due.scope].append(due.id)
    for scope, ids in by_scope.items():
        with transaction.atomic(), within(scope):
            Job.objects.filter(pk__in=ids).update(nudged_at=timezone.now())
            for job_id in ids:
                nudge_on_commit("jobs.tasks.run", [scope.agency_id, scope.alliance_id], job_id)
