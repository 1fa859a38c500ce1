"""A version of an impact goal that is not approved: sent back by who would approve it, or thrown away by who wrote it.
Its row stays, and the next version may begin with its words.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import ImpactGoal
from ssu.operations.evidence import reopen_resting_on
from ssu.operations.goal_notices import nobody_asked, tell_returned
from ssu.operations.goals import GOAL_KIND, OwnGoal, waiting
from ssu.operations.second_person import need_no_author


class OwnGoalReturned(OwnGoal):
    """Who wrote a goal throws it away."""

    message = "You wrote words of this version. Throw it away, or write the next version."


class ReturnUnexplained(Refused):
    """Whoever wrote a version must know what to change."""

    code = "return_reason"
    status = 422
    field = "reason"
    message = "Say what should change, so that the author can go on."


class NotOwnGoal(Refused):
    """Others send back."""

    code = "not_own_goal"
    message = "Only who wrote this version throws it away. Whoever may approve it sends it back."


@transaction.atomic
def return_goal(*, agency: Agency, actor: User, goal: ImpactGoal, reason: str) -> ImpactGoal:
    """Say what should change in the newest version instead of approving it; everybody who wrote of it is told. What
    rested on it opens again. Raises ReturnUnexplained, OwnGoalReturned, SpouseActed, GoalSuperseded, GoalOut.
    """
    if not reason.strip():
        raise ReturnUnexplained
    row = waiting(goal)
    need_no_author(actor, row, own=OwnGoalReturned)
    row.returned_by, row.returned_at, row.return_reason = actor, timezone.now(), reason.strip()
    row.save(update_fields=["returned_by", "returned_at", "return_reason"])
    audit.record(actor=actor, verb="send back impact goal", of=row, label=label(row), reason=row.return_reason)
    open_what_rested_on(agency, actor, row, f"Version {row.version} of the impact goal was sent back.")
    tell_returned(agency, actor, row)
    return row


@transaction.atomic
def drop_goal(*, agency: Agency, actor: User, goal: ImpactGoal) -> ImpactGoal:
    """Throw away the newest version, as one of those who wrote it, before anybody approved it. What rested on it opens
    again. Raises NotOwnGoal, GoalSuperseded, GoalOut.
    """
    row = waiting(goal)
    if actor.pk not in row.authors:
        raise NotOwnGoal
    row.dropped_by, row.dropped_at = actor, timezone.now()
    row.save(update_fields=["dropped_by", "dropped_at"])
    audit.record(actor=actor, verb="drop impact goal", of=row, label=label(row))
    open_what_rested_on(agency, actor, row, f"Version {row.version} of the impact goal was thrown away.")
    nobody_asked(row)
    return row


def open_what_rested_on(agency: Agency, actor: User, goal: ImpactGoal, why: str) -> None:
    """Items that rest on a version, which counted while nobody had approved any, open again."""
    reason = f"{why} Write the next one, add it as evidence and claim the item again."
    reopen_resting_on(agency=agency, actor=actor, kind=GOAL_KIND, object_ids=[goal.pk], reason=reason)


def label(goal: ImpactGoal) -> str:
    """What the trail of acts calls a version."""
    return f"{goal.unit.public_name}, version {goal.version}"
