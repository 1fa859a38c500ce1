"""Rows of journals and of closed months, and the file of a journal."""

import io
from collections.abc import Sequence

from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from funds.models import JournalExport, PeriodClose
from funds.pages.designations import month_in_words
from funds.pages.tables import Cell, Content, Table, columns


def journal_table(seat: Seat, found: Sequence[JournalExport]) -> Table:
    """Journals: number, days, by whom, how much. No query."""
    agency = seat.agency

    def row(each: JournalExport) -> list[Content]:
        number = _("Journal %(number)s") % {"number": each.number}
        return [
            Cell(number, reverse("journal", args=[agency.slug, each.pk])),
            day_in_words(agency, each.first_day),
            day_in_words(agency, each.last_day),
            each.source or _("all"),
            f"{day_in_words(agency, each.at)}, {seat.name_of(each.by, _('the system'))}",
            str(each.postings),
            str(each.entries),
        ]

    heads = (_("Journal"), _("First day"), _("Last day"), _("Source"), _("Made"))
    return Table(_("Journals"), columns(heads, [_("Postings"), _("Lines")]), [row(each) for each in found])


def sent(export: JournalExport, content: bytes) -> FileResponse:
    """The file as an answer."""
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=f"journal-{export.number}.csv")
    response["Content-Type"] = "text/csv; charset=utf-8"
    response["Cache-Control"] = "private, no-store"
    return response


def month_table(seat: Seat, found: Sequence[PeriodClose]) -> Table:
    """From when on the ledger took postings, the newest first. No query."""
    agency = seat.agency
    rows: list[list[Content]] = [
        [
            day_in_words(agency, each.at),
            _("Open from %(month)s") % {"month": month_in_words(agency, each.open_from)},
            each.reason,
            seat.name_of(each.by, _("the system")),
        ]
        for each in found
    ]
    return Table(_("What was closed and opened"), columns([_("When"), _("What"), _("Reason"), _("By")]), rows)
