"""Nobody keeps a task about a unit with which they can do nothing: after a service or a role has ended, a unit was
closed, a leader has left.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from agencies.models import Agency, Membership, Role
from agencies.seats import Seat, seat_of
from delivery.kinds import kind_named
from delivery.models import Task
from delivery.operations import release, settle_tasks
from ssu.models import DialogueLeader, TeamMember, Unit
from ssu.models.discretion import is_withheld
from ssu.notice_kinds import UNIT
from ssu.operations.dialogue_notices import to_talk, to_talk_again


def foreign_duties(seat: Seat, tasks: Sequence[Any]) -> set[int]:
    """The tasks about units with which the seat can do nothing: the unit is put away, or closed to it, or their kind
    wants a right there, or service, that it does not have. One query.
    """
    named = Unit.objects.seen_by(seat).annotate(closed=is_withheld("", seat)).filter(closed=False)
    at_work = named.filter(pk__in={task.named_id for task in tasks}, status=Unit.Status.ACTIVE)
    open_ids = set(at_work.values_list("pk", flat=True))
    return {task.pk for task in tasks if task.named_id not in open_ids or not may_do(seat, task)}


def may_do(seat: Seat, task: Any) -> bool:
    """Whether the seat holds what the kind of the task wants in its unit."""
    kind = kind_named(task.kind)
    if kind.by_service and task.named_id not in seat.unit_roles:
        return False
    return seat.can(kind.right or "rollout.view", task.named_id)


def release_foreign_duties(*, agency: Agency, user_id: int | None = None) -> int:
    """End the open tasks, of everybody or of one person, about units at work with which their people can do nothing;
    return how many. Those about a unit that is put away wait for it. Four queries for each person.
    """
    rows = Task.objects.filter(named_kind=UNIT, done_at=None, named_id__in=Unit.objects.active().values("pk"))
    by_user: dict[int, list[Task]] = defaultdict(list)
    for task in rows if user_id is None else rows.filter(user=user_id):
        by_user[task.user_id].append(task)
    standing = Membership.objects.filter(user__in=by_user, left_at=None, user__is_active=True)
    members = {member.user_id: member for member in standing}
    ended = 0
    for person, tasks in by_user.items():
        member = members.get(person)
        ended += release(foreign_duties(seat_of(agency, member), tasks) if member else [task.pk for task in tasks])
    return ended


def forget_talks_with_who_left(*, unit_id: int | None = None) -> int:
    """End the tasks of conversations with those who led a unit, of all units or of one, and are on its list of leaders
    no more; return how many. Three queries.
    """
    led = TeamMember.objects.filter(role=Role.LEADER).exclude(left_on=None)
    led = led if unit_id is None else led.filter(unit=unit_id)
    serving = TeamMember.objects.serving().filter(role=Role.LEADER).values_list("unit_id", "worker_id")
    added = DialogueLeader.objects.filter(removed_at=None).values_list("unit_id", "worker_id")
    listed = {*serving, *added}
    gone = [pair for pair in led.values_list("unit_id", "worker_id").distinct() if pair not in listed]
    return settle_tasks(about=[matter(*pair) for pair in gone for matter in (to_talk, to_talk_again)])
