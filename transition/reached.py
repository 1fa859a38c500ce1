"""Getting the object of an address from what a seat may see, the same for pages and programs: foreign, hidden and
missing ones are the same 404 (trust rule T5).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from agencies.access import reachable
from agencies.seats import Seat
from partners.models import GiftLine
from ssu.models import Unit
from transition.models import Plan, Shift, ShiftAct, TalkedOver, Wave


def unit_with(seat: Seat, pk: int, right: str) -> Any:
    """The unit with its shown columns; 403 where the right does not reach it."""
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
    reachable(seat, right, unit.pk)
    return unit


def open_for(seat: Seat, unit_id: int, right: str) -> Any:
    """The unit for who changes something in its transition: 403 also while it is closed to the seat."""
    unit = unit_with(seat, unit_id, right)
    if unit.is_withheld:
        raise PermissionDenied("units.unmask")
    return unit


def plan_seen(seat: Seat, pk: int, right: str = "transition.view") -> Plan:
    """A plan of a unit that the right reaches."""
    plans = Plan.objects.seen_by(seat, "transition.view").select_related("unit", "designation")
    found: Plan = get_object_or_404(plans, pk=pk)
    reachable(seat, right, found.unit_id)
    return found


def plan_with_figures(seat: Seat, pk: int) -> Plan:
    """A plan whose sums the seat may read: more may than may read of its givers."""
    plans = Plan.objects.seen_by(seat, "transition.figures").select_related("unit", "designation")
    found: Plan = get_object_or_404(plans, pk=pk)
    unit_with(seat, found.unit_id, "transition.figures")
    return found


def wave_seen(seat: Seat, pk: int, right: str = "transition.view") -> Wave:
    """A wave of such a plan."""
    plans = Plan.objects.seen_by(seat, "transition.view")
    waves = Wave.objects.filter(plan__in=plans).select_related("plan__unit", "plan__designation")
    found: Wave = get_object_or_404(waves, pk=pk)
    reachable(seat, right, found.plan.unit_id)
    return found


def shift_seen(seat: Seat, pk: int, right: str = "transition.view") -> Shift:
    """A commitment in such a wave."""
    shifts = Shift.objects.seen_by(seat).select_related("wave__plan__unit", "commitment")
    found: Shift = get_object_or_404(shifts, pk=pk)
    reachable(seat, right, found.wave.plan.unit_id)
    return found


def act_seen(shift: Shift, pk: int) -> ShiftAct:
    """What happened to it."""
    found: ShiftAct = get_object_or_404(ShiftAct.objects.filter(shift=shift), pk=pk)
    return found


def line_seen(seat: Seat, pk: int) -> GiftLine:
    """A gift line that the seat may see."""
    found: GiftLine = get_object_or_404(GiftLine.objects.seen_by(seat), pk=pk)
    return found


def talk_of(shift: Shift, pk: int) -> TalkedOver:
    """A talk about a gift of this commitment."""
    found: TalkedOver = get_object_or_404(TalkedOver.objects.filter(shift=shift), pk=pk)
    return found
