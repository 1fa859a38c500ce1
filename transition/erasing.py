"""What the transition keeps of a partner who is erased."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from agencies.models import Agency
from partners.erasing import Kept, Marks, Part
from transition.models import Shift, ShiftAct, TalkedOver


def shifts_of(marks: Marks) -> list[int]:
    """Their commitments in waves."""
    found = Shift.objects.filter(commitment__giving_unit__in=marks.giving_unit_ids)
    return list(found.values_list("pk", flat=True))


def goes(marks: Marks) -> list[tuple[str, int]]:
    """What was said in talks."""
    shifts = shifts_of(marks)
    acts = ShiftAct.objects.filter(shift__in=shifts).count()
    return [(_("Words of talks about the transition"), acts + TalkedOver.objects.filter(shift__in=shifts).count())]


def stays(agency: Agency, marks: Marks) -> list[Kept]:
    """The steps by kind and day: the month ledger adds up without the person."""
    label = _("Steps of the transition: kind and day, without words")
    return [Kept(label, len(shifts_of(marks)), _("Every month adds up to the cent, also the past ones."))]


def erase(*, marks: Marks, **said: Any) -> None:
    """Take the words away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_transition(%s::bigint[])", [list(marks.partner_ids)])


PART = Part(goes=goes, stays=stays, erase=erase)
