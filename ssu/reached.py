"""Getting the object of an address from what a seat may see, the same for pages and programs: foreign, hidden and
missing ones are the same 404 (trust rule T5).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from agencies.access import reachable
from agencies.seats import Seat
from ssu.models import ActionItem, RollOut, Unit
from ssu.operations.declaring_back import is_slip


def unit_seen(seat: Seat, pk: int, right: str = "units.view") -> Any:
    """The unit with its shown columns; 403 where it may be seen but the right does not reach it."""
    unit = get_object_or_404(Unit.objects.seen_by(seat).select_related("strategy"), pk=pk)
    reachable(seat, right, unit.pk)
    return unit


def item_seen(seat: Seat, pk: int, key: str, right: str = "rollout.view") -> Any:
    """An action item by unit and key, with `unit_name` and `is_withheld`; 403 where the right does not reach."""
    found = ActionItem.objects.seen_by(seat).select_related("unit", "assignee")
    item = get_object_or_404(found, unit=pk, key=key)
    reachable(seat, right, item.unit_id)
    return item


def open_item(seat: Seat, pk: int, key: str, right: str) -> Any:
    """The item for somebody who acts on it; 404 while its unit is closed to the seat: nobody changes what they may not
    read.
    """
    item = item_seen(seat, pk, key, right)
    if item.is_withheld:
        raise Http404
    return item


def open_unit(seat: Seat, pk: int, right: str) -> Any:
    """A unit whose texts the seat may read; 404 while it is closed to it, since nothing of it is told then."""
    unit = unit_seen(seat, pk, right)
    if unit.is_withheld:
        raise Http404
    return unit


def need_may_take_back(seat: Seat, actor: User, unit_id: int) -> None:
    """403 for who neither holds the right to take a unit's declaration back nor declared it just now."""
    declared = RollOut.objects.standing().filter(unit=unit_id).first()
    slip = declared is not None and is_slip(declared, actor)
    if not (slip or seat.can("rollout.take_back", unit_id)):
        raise PermissionDenied("rollout.take_back")
