"""What was put away stands as it is."""

from core.errors import Refused
from ssu.models import Unit


class UnitArchived(Refused):
    """What was put away stands as it is: it is in no list, so nobody would see what changed."""

    code = "unit_archived"
    message = "This unit is archived, and nothing changes in it. Take it up again first, under its settings."


def need_at_work(unit_id: int) -> Unit:
    """The unit, its row held until the transaction ends, so that who acts in it at once acts one after the other, and
    nobody joins its team meanwhile. Taken before any other row of the unit. Raises UnitArchived.
    """
    unit: Unit = Unit.objects.select_for_update().get(pk=unit_id)
    if not unit.is_at_work:
        raise UnitArchived
    return unit
