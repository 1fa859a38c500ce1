"""A report as a file: the rows and the order of the screen, of all pages."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.errors import Refused
from core.export import Cell as Value
from partners.pages.giving_reports.tables import Table


class HeldStaysHere(Refused):
    """What a person's partners give is looked at by that person, and goes into no file."""

    code = "held_stays_here"
    message = "A list narrowed to what one person holds is not exported. Take the filter “That I hold” off first."


def header(table: Table) -> list[str]:
    """The columns of the screen, the number before and the address behind."""
    return [_("ID"), *(column.label for column in table.columns), _("Link")]


def lines_of(table: Table, site: str) -> list[Sequence[Value]]:
    """The rows as values."""
    return [[row.pk, *(cell.value for cell in row.cells), site + row.url if row.url else None] for row in table.rows]
