"""Asking a report as its page does, and reading the answer."""

from decimal import Decimal
from typing import Any

from django.http import QueryDict

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.seats import Seat, seat_of
from partners.forms.giving_reports import ReportFilter, offered
from partners.pages.giving_reports.behind import Behind, behind, sums_of
from partners.pages.giving_reports.registry import rows_found, table_of
from partners.pages.giving_reports.tables import Table, Ways


def seat_for(agency: Agency, user: User) -> Seat:
    return seat_of(agency, Membership.objects.get(user=user))


def ask(seat: Seat, report: str, query: str = "") -> Table:
    """The whole report."""
    asked = valid(seat, report, query).asked(QueryDict(query).get("sort", ""))
    found = rows_found(seat, report, asked)
    return table_of(seat, Ways(seat, report, query), asked, found, list(found))


def valid(seat: Seat, report: str, query: str) -> ReportFilter:
    form = ReportFilter(QueryDict(query), seat=seat, report=report, choices=offered(seat, report))
    assert form.is_valid(), form.errors
    return form


def givers(table: Table) -> set[str]:
    """Who is in it."""
    return {row.cells[0].words for row in table.rows}


def row_values(table: Table) -> list[list[Any]]:
    """The values of all cells as programs read them."""
    return [[cell.plain for cell in row.cells] for row in table.rows]


def found_behind(seat: Seat, url: str) -> Behind:
    """What a cell leads to: the address is read as the page reads it."""
    path, _, query = url.partition("?")
    report, said = path.rstrip("/").split("/")[-2], QueryDict(query)
    giver = said.get("giver", "")
    found = behind(
        seat,
        report,
        valid(seat, report, query).asked(),
        said["figure"],
        int(giver) if giver else None,
        said.get("of", ""),
    )
    assert found is not None, url
    return found


def wrong_numbers(seat: Seat, table: Table) -> list[str]:
    """The figures, in currencies of two decimals, whose lines do not come to them, of rows and sums."""
    wrong = []
    for cells in [*(row.cells for row in table.rows), *(each.cells for each in table.sums)]:
        for cell in cells:
            if "/behind/" in cell.url:
                total = sums_of(found_behind(seat, cell.url))
                if [minor for _currency, minor in total] != [int(Decimal(f"{cell.plain}").scaleb(2))]:
                    wrong.append(f"{cell.plain} is not {total}: {cell.url}")
    return wrong
