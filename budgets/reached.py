"""Getting the unit whose budget somebody changes, from what the person may see."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from agencies.access import AgencyRequest, reachable
from ssu.models import Unit


def open_unit_at(request: AgencyRequest, unit_id: int, right: str) -> Any:
    """The unit; 403 where the right does not reach it, and while it is closed to the person: nobody changes words that
    they may not read.
    """
    unit = get_object_or_404(Unit.objects.seen_by(request.seat), pk=unit_id)
    reachable(request.seat, right, unit.pk)
    if unit.is_withheld:
        raise PermissionDenied("units.unmask")
    return unit
