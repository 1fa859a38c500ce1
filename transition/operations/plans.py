"""Beginning and ending the transition of a unit."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from funds.models import Designation
from partners.operations.gifts import check_open
from ssu.models import Unit
from ssu.operations import need_at_work
from transition.models import Plan, Shift, Wave


class PlanRuns(Refused):
    """One transition of a unit at a time."""

    code = "transition_runs"
    message = "The transition of this unit has begun already. Add a wave to it."


class NotOfTheUnit(Refused):
    """Money that is promised to a unit goes to a designation of the unit."""

    code = "transition_designation"
    field = "designation"
    message = "Choose a designation of this unit itself: not a worker's account, and not another unit's."


class WavesRun(Refused):
    """A transition ends when its waves have."""

    code = "transition_waves_run"
    message = "A wave is open still. Close it first."


class PlanOver(Refused):
    """What has ended stays as it is."""

    code = "transition_over"
    message = "This transition has ended. Start a new one."


def note(actor: User | None, verb: str, plan: Plan, **changes: Any) -> None:
    """Write an act down under the unit's public name, without names of partners and without free words."""
    audit.record(actor=actor, verb=verb, of=plan, label=plan.unit.public_name, changes=changes)


@transaction.atomic
def start_plan(*, agency: Agency, actor: User | None, unit: Unit, designation: Designation) -> Plan:
    """Begin the transition of a unit: commitments that move will go to this designation. Raises UnitArchived,
    NotOfTheUnit, DesignationClosed, PlanRuns.
    """
    need_at_work(unit.pk)
    if designation.unit_id != unit.pk or designation.kind != Designation.Kind.UNIT:
        raise NotOfTheUnit
    check_open([designation], agency.today())
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if Plan.objects.running().filter(unit=unit).exists():
        raise PlanRuns
    plan: Plan = Plan.objects.create(agency=agency, unit=unit, designation=designation, made_by=actor)
    note(actor, "start transition", plan, designation=designation.code)
    return plan


@transaction.atomic
def end_plan(*, agency: Agency, actor: User | None, plan: Plan, reason: str = "") -> Plan:
    """The transition is over; its months stay readable, and what was only planned is free for the next one. Raises
    WavesRun, PlanOver.
    """
    found = held(plan)
    if Wave.objects.filter(plan=found, opened_on__isnull=False, closed_on=None).exists():
        raise WavesRun
    Shift.objects.filter(wave__plan=found, wave__opened_on=None).delete()
    found.ended_at, found.ended_by, found.ended_reason = timezone.now(), actor, reason.strip()[:250]
    found.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    note(actor, "end transition", found)
    return found


def held(plan: Plan) -> Plan:
    """The plan, locked, while it runs: all that happens in one transition happens one after the other. Raises
    UnitArchived, PlanOver.
    """
    found: Plan = Plan.objects.select_for_update(of=("self",)).select_related("unit", "designation").get(pk=plan.pk)
    need_at_work(found.unit_id)
    if found.ended_at is not None:
        raise PlanOver
    return found
