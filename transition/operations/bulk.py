"""What happens to many commitments of a wave on one day: a letter went out, a day to reply has passed."""

from datetime import date

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from communications.models import CoreMessage
from core.errors import Refused
from transition.models import Kind, Shift, ShiftAct, Wave
from transition.operations.acts import need_agreed, need_silence, need_turn, write_all
from transition.operations.waves import begun
from transition.states import LISTED, acts_in_order, state_on


class NobodyLeft(Refused):
    """There is nobody to whom this applies."""

    code = "wave_nobody_left"
    message = "There is nobody left in this wave to whom this applies. Key donors are noted one by one."


def waiting(wave: Wave, state: str, today: date) -> list[Shift]:
    """The commitments of an open wave in this state, without those of key donors: they are talked to one by one."""
    shifts = Shift.objects.filter(wave=wave, is_key=False).select_related("wave").prefetch_related("acts")
    return [each for each in shifts.order_by("pk") if state_on(each.acts.all(), today) == state]


@transaction.atomic
def tell_all(
    *,
    agency: Agency,
    actor: User | None,
    wave: Wave,
    on: date,
    how: str,
    message: CoreMessage | None = None,
    words: str = "",
) -> list[ShiftAct]:
    """Everybody in the wave who was not told yet was told on this day, but for key donors: all or none. Raises
    NobodyLeft, and what `give_notice` raises.
    """
    held = begun(wave)
    found = waiting(held, LISTED, agency.today())
    if not found:
        raise NobodyLeft
    need_agreed(held, message)
    for each in found:
        need_turn(agency, each, Kind.NOTICED, on)
    return write_all(agency, actor, held, Kind.NOTICED, found, on, how=how, message=message, words=words)


@transaction.atomic
def note_silences(*, agency: Agency, actor: User | None, wave: Wave, on: date) -> list[ShiftAct]:
    """Everybody in the wave who was told and has not replied is silent, but for key donors: all or none. Raises
    NobodyLeft, and what `note_silence` raises.
    """
    held = begun(wave)
    told = waiting(held, Kind.NOTICED, agency.today())
    found = [each for each in told if acts_in_order(each.acts.all())[-1].on < on]
    if not found:
        raise NobodyLeft
    for each in found:
        need_turn(agency, each, Kind.SILENT, on)
        need_silence(each, on)
    return write_all(agency, actor, held, Kind.SILENT, found, on)
