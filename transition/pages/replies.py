"""The list of a wave as a file that takes replies, and what its columns hold."""

from django.utils.translation import gettext as _

from agencies.downloads import Sheet
from agencies.seats import Seat
from core.export import Cell
from transition.imports.replies import KnownShift
from transition.models import Wave
from transition.pages.wave import shift_rows, shifts_of
from transition.queries.lists import givers_of
from transition.reply_rows import ANSWER, COLUMNS


def reply_sheet(seat: Seat, wave: Wave) -> Sheet:
    """The rows of the screen with empty columns for the replies. Three queries."""
    rows: list[tuple[Cell, ...]] = [
        (row.pk, row.giver, row.amount, row.account, row.talker, row.state, row.since, *[""] * len(ANSWER))
        for row in shift_rows(seat, wave)
    ]
    return Sheet(f"wave-{wave.pk}", COLUMNS, rows)


def known_shifts(seat: Seat, wave: Wave) -> dict[int, KnownShift]:
    """The commitments of the wave that the seat may know. Three queries."""
    shifts = shifts_of(seat, wave)
    givers = givers_of(seat, [each.commitment_id for each in shifts])
    return {
        each.pk: KnownShift(givers[each.commitment_id].name, each.currency or each.commitment.currency)
        for each in shifts
        if each.commitment_id in givers
    }


def column_facts() -> list[dict[str, str]]:
    """Each column in a sentence."""
    words = [
        ("number, giver", _("As the list gives them. A giver who does not fit the number is a slip of cells.")),
        ("reply", _("agreed, declined, stopped or left. Rows without a reply say nothing.")),
        ("replied_on", _("The day of the reply, like 2026-03-14.")),
        ("how", _("spoken, letter or email; empty for left.")),
        ("last_day", _("With stopped: the last day of the commitment.")),
        ("moves_on", _("With agreed, where the mandate is changed: to the unit from this day.")),
        ("amount", _("With moves_on: how much from then on; empty for as much as before.")),
        ("words", _("What was said; with left: why nobody is asked.")),
    ]
    return [{"label": label, "value": value} for label, value in words]
