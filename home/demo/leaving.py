"""The hand-over of the demo: a worker leaves the first unit next month, and some partners have a new holder."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from accounts.models import User
from agencies.models import Agency, Role
from handover import operations
from handover.models import Passing
from partners.models import Holder
from partners.models.holder import CARING_ROLES
from ssu.models import TeamMember, Unit

NOTICE = timedelta(days=30)


def pass_over(agency: Agency, cast: dict[str, User], unit: Unit, today: date) -> None:
    """Who holds most partners there without leading the unit leaves; the leader takes over a third of them."""
    staff: dict[str, Any] = {"agency": agency, "actor": cast[Role.STAFF]}
    serving = TeamMember.objects.serving().filter(unit=unit, role__in=CARING_ROLES)
    leader = serving.filter(role=Role.LEADER).first()
    if leader is None:
        return
    rows = Holder.objects.standing().filter(unit=unit).exclude(worker=leader.worker_id)
    most = rows.values("worker").annotate(found=Count("pk")).order_by("-found", "worker").first()
    member = serving.filter(worker=most["worker"]).select_related("worker").first() if most else None
    if member is None:
        return
    case = operations.open_case(
        **staff, worker=member.worker, leaves_on=today + NOTICE, reason="Called to a church at home"
    )
    here = list(Passing.objects.filter(case=case, holder__unit=unit).order_by("pk"))
    chosen = here[: max(len(here) // 3, 1)]
    given: dict[str, Any] = {"service": leader, "due_on": today + NOTICE // 2, "letter": True}
    operations.pass_on(**staff, case=case, passings=chosen, **given)
    operations.note_introduced(**staff, case=case, passing=chosen[0], on=today)
