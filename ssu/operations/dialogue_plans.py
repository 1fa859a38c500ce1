"""Step 3: planning a conversation with a leader, the first one too. It ends with the conversation that was held."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import PlannedTalk, Unit, Worker
from ssu.operations.archived import need_at_work
from ssu.operations.dialogue import NotListed, refuse_oneself
from ssu.operations.dialogue_notices import follow_plan
from ssu.operations.withdrawing import AlreadyWithdrawn, withdraw
from ssu.queries.dialogue import leaders_to_talk_with

ANOTHER_DAY = "Another day was chosen."


class TalkPlannedBehind(Refused):
    """A plan lies ahead."""

    code = "talk_planned_behind"
    status = 422
    field = "date"
    message = "This day is past. Choose a day to come; write the conversation down if it was held."


@transaction.atomic
def plan_talk(*, agency: Agency, actor: User, unit: Unit, worker: Worker, date: date) -> PlannedTalk:
    """Plan a conversation with somebody on the list, for today or a day to come, as a task of the actor. A plan with
    the same person gives way to it. Raises NotListed, OwnConversation, TalkPlannedBehind.
    """
    row = need_at_work(unit.pk)
    if worker.pk not in {leader.worker_id for leader in leaders_to_talk_with([row.pk])[row.pk]}:
        raise NotListed
    refuse_oneself(actor, worker)
    if date < agency.today():
        raise TalkPlannedBehind
    for earlier in PlannedTalk.objects.standing().filter(unit=row, worker=worker):
        withdraw(actor, earlier, ANOTHER_DAY)
    follow_plan(agency, row.pk, worker.pk)
    made: PlannedTalk = PlannedTalk.objects.create(
        unit=row, worker=worker, date=date, planned_by=actor, planned_on=agency.today()
    )
    follow_plan(agency, row.pk, worker.pk)
    audit.record(actor=actor, verb="plan conversation", of=made, label=label_of(row, made))
    return made


@transaction.atomic
def give_up_talk(*, agency: Agency, actor: User, plan: PlannedTalk, reason: str) -> PlannedTalk:
    """Say why a planned conversation does not come about; its task goes. Raises WithdrawalReasonMissing,
    AlreadyWithdrawn, also for a plan that was held.
    """
    need_at_work(plan.unit_id)
    row: PlannedTalk = PlannedTalk.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    if not PlannedTalk.objects.standing().filter(pk=row.pk).exists():
        raise AlreadyWithdrawn
    withdraw(actor, row, reason)
    follow_plan(agency, row.unit_id, row.worker_id)
    label = label_of(row.unit, row)
    audit.record(actor=actor, verb="give up planned conversation", of=row, label=label, reason=row.withdrawn_reason)
    return row


def label_of(unit: Unit, plan: PlannedTalk) -> str:
    """What the audit trail calls a plan."""
    return f"{unit.public_name}, {plan.date}"
