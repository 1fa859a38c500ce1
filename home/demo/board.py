"""What board and team of the demo find waiting: the last meeting, shared views, items with a doer and a day."""

from datetime import date, timedelta

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.operations.saved_views import save_view
from delivery.models import Task
from delivery.operations import add_task
from ssu import operations as ssu
from ssu.models import ActionItem, Unit
from ssu.operations.notices import to_do
from ssu.operations.reminders import remind
from ssu.operations.team import worker_of
from ssu.states import UNCLAIMED

DAYS = (5, -3)
"""In so many days the next open item of the second and of the third unit is due; both are the leader's."""
VIEWS = (("Late steps", "state=late"), ("Quiet units", "activity=quiet&sort=quiet"))


def set_the_table(agency: Agency, cast: dict[str, User], units: list[Unit], today: date) -> None:
    """After everything else, so that there is something new in the bell."""
    administrator, leader = cast[Role.ADMINISTRATOR], cast[Role.LEADER]
    people.update_agency(agency=agency, actor=administrator, board_met_on=today - timedelta(days=100))
    for name, query in VIEWS:
        save_view(agency=agency, actor=administrator, listing="matrix", name=name, query=query, shared=True)
    doer = worker_of(Membership.objects.get(user=leader))
    for unit, days in zip(units[1:], DAYS, strict=False):
        item = ActionItem.objects.filter(unit=unit, state__in=UNCLAIMED).in_order().first()
        if item is not None:
            due = today + timedelta(days=days)
            ssu.plan_item(
                agency=agency, actor=administrator, item=item, due_on=due if due >= today else None, assignee=doer
            )
            ActionItem.objects.filter(pk=item.pk).update(due_on=due)  # the day of one has passed since
            Task.objects.filter(user=leader, about=to_do(item)).update(due_on=due)
    remind(agency=agency)
    add_task(agency=agency, actor=leader, text="Ask the elders for a day in spring", due_on=today + timedelta(days=20))
