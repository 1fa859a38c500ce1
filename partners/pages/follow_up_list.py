"""The list of follow-ups as a file."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from agencies.seats import Seat
from core.export import Cell
from partners.pages.care import follow_up_rows


def follow_up_header() -> list[str]:
    """The columns of the screen, with number, day and address."""
    names = (_("Partner"), _("How"), _("What about"), _("By"), _("Who"), _("For"), _("State"))
    return [_("ID"), *names, _("Link")]


def follow_up_cells(seat: Seat, found: Iterable[Any], site: str) -> list[list[Cell]]:
    """Rows for the file; the day is a date."""
    rows = list(found)
    due = {each.pk: each.due_on for each in rows}
    return [
        [row.pk, row.partner, row.how, row.text, due[row.pk], row.who, row.unit, row.ended, site + row.partner_url]
        for row in follow_up_rows(seat, rows)
    ]
