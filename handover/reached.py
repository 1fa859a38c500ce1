"""Getting the object of an address from what a seat may see: foreign, hidden and missing ones are the same 404 (T5)."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from agencies.access import reachable
from agencies.seats import Seat
from handover.models import Case, Passing, PassingAct
from ssu.models import Unit


def unit_with(seat: Seat, pk: int, right: str) -> Any:
    """The unit with its shown columns; 403 where the right does not reach it."""
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
    reachable(seat, right, unit.pk)
    return unit


def case_seen(seat: Seat, pk: int) -> Any:
    """A case that the seat may know."""
    return get_object_or_404(Case.objects.seen_by(seat), pk=pk)


def passing_seen(seat: Seat, pk: int, right: str = "handover.view") -> Any:
    """A relationship of such a case."""
    found = get_object_or_404(Passing.objects.seen_by(seat).select_related("case", "holder"), pk=pk)
    reachable(seat, right, found.holder.unit_id)
    return found


def chosen_of(seat: Seat, case: Case, ids: list[str]) -> list[Passing]:
    """Those of the case that were ticked; 404 where one is not among them."""
    numbers = {int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 19}
    found = list(Passing.objects.seen_by(seat, "handover.pass").filter(case=case, pk__in=numbers))
    if len(found) != len(set(ids)):
        raise Http404
    return found


def last_act(passing: Passing, pk: int) -> PassingAct:
    """What was done for it."""
    found: PassingAct = get_object_or_404(PassingAct.objects.filter(passing=passing), pk=pk)
    return found
