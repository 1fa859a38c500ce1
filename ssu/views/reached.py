"""Getting the object of an address for the person at work (`ssu.reached`)."""

from typing import Any

from django.core.exceptions import PermissionDenied

from agencies.access import AgencyRequest
from ssu.reached import item_seen, unit_seen


def unit_at(request: AgencyRequest, pk: int, right: str = "units.view") -> Any:
    """The unit with its shown columns; 403 where it may be seen but the right does not reach it."""
    return unit_seen(request.seat, pk, right)


def item_at(request: AgencyRequest, pk: int, key: str, right: str = "rollout.view") -> Any:
    """An action item by unit and key, with `unit_name` and `is_withheld`."""
    return item_seen(request.seat, pk, key, right)


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
