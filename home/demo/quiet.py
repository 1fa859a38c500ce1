"""A unit of the demo in which nobody has done anything for a while."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Role
from ssu.models import ActionItem, Evidence, ItemEvent, State, Strategy, TeamMember, Unit, Worker
from ssu.operations.reminders import tell_quiet
from ssu.operations.rollout import start_rollout

DAYS = 25
"""So many days beyond what the agency lets pass without a word."""
SAID = "Four families who mend nets together, on both sides of the slip."


def fall_quiet(agency: Agency, cast: dict[str, User], strategy: Strategy) -> Unit:
    """The unit with one item confirmed that long ago. Its rows carry the days of then, which no operation would give
    them; whoever leads it signs on paper. Then the clock tells of it.
    """
    then = timezone.now() - timedelta(days=agency.quiet_after_days + DAYS)
    unit: Unit = Unit.objects.create(
        strategy=strategy,
        code="0900191",
        name="Net Menders Row",
        kind=Unit.Kind.COMMUNITY,
        place="Port Alderney",
        region="North Coast",
        created_at=then,
    )
    start_rollout(unit)
    leader = Worker.objects.create(name="Ines Duarte")
    TeamMember.objects.create(unit=unit, worker=leader, role=Role.LEADER, joined_on=then.date())
    confirmed(ActionItem.objects.get(unit=unit, key="1.1"), cast[Role.STAFF], cast[Role.ADMINISTRATOR], then)
    tell_quiet(agency=agency)
    return unit


def confirmed(item: ActionItem, claimant: User, confirmer: User, then: datetime) -> None:
    """The item as it stands after a note, a claim and its confirmation on that day."""
    Evidence.objects.create(item=item, kind=Evidence.Kind.NOTE, title=SAID, text=SAID, added_by=claimant, added_at=then)
    acts = ItemEvent.Kind
    for kind, by in ((acts.EVIDENCE_ADDED, claimant), (acts.CLAIMED, claimant), (acts.CONFIRMED, confirmer)):
        reason = SAID if kind == acts.EVIDENCE_ADDED else ""
        ItemEvent.objects.create(item=item, kind=kind, by=by, at=then, reason=reason)
    item.state = State.COMPLETED
    item.claimed_by, item.claimed_at, item.confirmed_by, item.confirmed_at = claimant, then, confirmer, then
    item.last_activity_at = then
    item.save()
