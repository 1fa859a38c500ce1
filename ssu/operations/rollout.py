"""Beginning a unit's roll-out and declaring it complete."""

from functools import partial

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu import steps
from ssu.models import ActionItem, RollOut, State, Unit
from ssu.models.rollout import SETTLED
from ssu.operations.coaching_gate import STEP as COACHING
from ssu.operations.coaching_gate import check_team, hold_team
from ssu.operations.own_items import give_all
from ssu.signals import rollout_declared


class NotAllConfirmed(Refused):
    """Some items are still open."""

    code = "not_all_confirmed"


class AlreadyDeclared(Refused):
    """It was declared before."""

    code = "already_declared"
    message = "The roll-out of this unit is declared complete already."


def start_rollout(unit: Unit) -> None:
    """Give a unit its eleven action items and the agency's own, those it lacks. What it lacks of the agency's own when
    it has the eleven was not meant for it.
    """
    there = set(ActionItem.objects.filter(unit=unit).values_list("key", flat=True))
    ActionItem.objects.bulk_create(
        ActionItem(agency_id=unit.agency_id, unit=unit, key=item.key, step=step.number, position=place)
        for step in steps.all_steps()
        for place, item in enumerate(step.items, start=1)
        if item.key not in there
    )
    if not there:
        give_all(unit)


@transaction.atomic
def declare_complete(*, agency: Agency, actor: User, unit: Unit) -> RollOut:
    """Declare a roll-out complete, with name and day, once every item is confirmed or set aside.

    Somebody who joined the team since step 4 was confirmed is coached first. Raises NotAllConfirmed, AlreadyDeclared,
    TeamNotCoached.
    """
    hold_team(unit.pk)
    items = ActionItem.objects.select_for_update().filter(unit=unit).order_by("pk")
    waiting = [item.key for item in items if item.state not in SETTLED]
    if waiting or not items:
        raise NotAllConfirmed(f"Not everything is confirmed yet. Still open: {', '.join(waiting)}.")
    if RollOut.objects.standing().filter(unit=unit).exists():
        raise AlreadyDeclared
    if any(item.step == COACHING and item.state == State.COMPLETED for item in items):
        check_team(unit.pk)
    declared: RollOut = RollOut.objects.create(unit=unit, declared_on=agency.today(), declared_by=actor)
    audit.record(actor=actor, verb="declare roll-out complete", of=unit, label=unit.public_name)
    tell = partial(rollout_declared.send, sender=RollOut, agency_id=agency.pk, unit_id=unit.pk, actor_id=actor.pk)
    transaction.on_commit(tell, robust=True)
    return declared
