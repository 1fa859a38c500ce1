"""Getting the object of an address from what the person may see: foreign, hidden and missing ones are the same 404
(trust rule T5).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from agencies.access import AgencyRequest, reachable
from ssu.models import ActionItem, Unit


def unit_at(request: AgencyRequest, pk: int, right: str = "units.view") -> Any:
    """The unit with its shown columns; 403 where it may be seen but the right does not reach it."""
    unit = get_object_or_404(Unit.objects.seen_by(request.seat).select_related("strategy"), pk=pk)
    reachable(request.seat, right, unit.pk)
    return unit


def item_at(request: AgencyRequest, pk: int, key: str, right: str = "rollout.view") -> Any:
    """An action item by unit and key, with `unit_name` and `is_withheld`."""
    found = ActionItem.objects.seen_by(request.seat).select_related("unit", "assignee")
    item = get_object_or_404(found, unit=pk, key=key)
    reachable(request.seat, right, item.unit_id)
    return item


def open_item_at(request: AgencyRequest, pk: int, key: str, right: str) -> Any:
    """The item for somebody who acts on it: 403 also while its unit is closed to the person, since nobody changes what
    they may not read.
    """
    item = item_at(request, pk, key, right)
    if item.is_withheld:
        raise PermissionDenied("units.unmask")
    return item


def open_unit_at(request: AgencyRequest, pk: int, right: str) -> Any:
    """The unit for what is all free text, and for whoever changes something: 403 also while it is closed to the
    person.
    """
    unit = unit_at(request, pk, right)
    if unit.is_withheld:
        raise PermissionDenied("units.unmask")
    return unit
