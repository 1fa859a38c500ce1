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
from ssu.operations.archived import need_at_work
from ssu.operations.coaching_gate import STEP as COACHING
from ssu.operations.coaching_gate import check_team
from ssu.operations.declaring_notices import tell_declared
from ssu.operations.own_items import give_all
from ssu.operations.second_person import need_another_person
from ssu.queries.declaring import set_aside_by
from ssu.signals import rollout_declared


class NotAllConfirmed(Refused):
    """Some items are still open."""

    code = "not_all_confirmed"


class OwnSetAside(Refused):
    """Who set one of the eleven aside does not declare: claims have two people, and so has what takes their place."""

    code = "own_set_aside"
    message = (
        "You set an item as not applicable, so somebody else declares this roll-out complete: another leader here or "
        "an administrator."
    )


class SpouseSetAside(Refused):
    """A married couple counts as one person here too."""

    code = "spouse_set_aside"
    message = (
        "Your spouse set an item as not applicable, so somebody outside the family declares this roll-out complete: "
        "another leader here or an administrator."
    )


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

    Whoever serves in the unit is coached first, also who joined since step 4 was settled. Who set one of the eleven
    items aside does not declare, nor does their spouse: so no single person takes a unit through. Raises
    NotAllConfirmed, AlreadyDeclared, TeamNotCoached, OwnSetAside, SpouseSetAside.
    """
    need_at_work(unit.pk)
    items = ActionItem.objects.select_for_update().filter(unit=unit).order_by("pk")
    waiting = [item.number for item in items if item.state not in SETTLED]
    if waiting or not items:
        raise NotAllConfirmed(f"Not everything is settled yet. Still open: {', '.join(waiting)}.")
    if RollOut.objects.standing().filter(unit=unit).exists():
        raise AlreadyDeclared
    need_second_person(actor, unit)
    need_team_through(unit)
    declared: RollOut = RollOut.objects.create(unit=unit, declared_on=agency.today(), declared_by=actor)
    aside = sum(item.state == State.NOT_APPLICABLE for item in items)
    changes = {"confirmed": len(items) - aside, "not applicable": aside}
    audit.record(actor=actor, verb="declare roll-out complete", of=unit, label=unit.public_name, changes=changes)
    tell_declared(agency, actor, unit)
    tell = partial(rollout_declared.send, sender=RollOut, agency_id=agency.pk, unit_id=unit.pk, actor_id=actor.pk)
    transaction.on_commit(tell, robust=True)
    return declared


def need_second_person(actor: User, unit: Unit) -> None:
    """Raise OwnSetAside or SpouseSetAside when the actor, or their spouse, set one of the eleven aside."""
    aside = set_aside_by(unit.pk)
    if aside:
        need_another_person(actor, *aside.values(), own=OwnSetAside, spouse=SpouseSetAside)


def need_team_through(unit: Unit) -> None:
    """Raise TeamNotCoached while somebody who serves is left. Of a unit in which nobody serves only a confirmed step 4
    is asked after.
    """
    coached = ActionItem.objects.filter(unit=unit, step=COACHING, state=State.COMPLETED)
    check_team(unit.pk, or_nobody=not coached.exists())
