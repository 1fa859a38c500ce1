"""The formats in which a list can leave."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import Refused

CSV, XLSX, CANONICAL, DATASYNC = "csv", "xlsx", "canonical", "tntdatasync"


@dataclass(frozen=True)
class Format:
    """A format: how it is called, the ending of its files, their type."""

    key: str
    label: str | Promise
    ending: str
    type: str


FORMATS: Final = {
    each.key: each
    for each in (
        Format(CSV, "CSV", "csv", "text/csv; charset=utf-8"),
        Format(XLSX, "XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format(CANONICAL, _("CSV for another system"), "csv", "text/csv; charset=utf-8"),
        Format(DATASYNC, "TntConnect DataSync", "tntdatasync", "application/octet-stream"),
    )
}
OF_LISTS: Final = {
    "partners": (CSV, XLSX, CANONICAL, DATASYNC),
    "gifts": (CSV, XLSX, CANONICAL, DATASYNC),
    "commitments": (CSV, XLSX, CANONICAL),
    "own_giving": (DATASYNC,),
    "reconcile": (CSV, XLSX),
}
"""DataSync knows no promises; lines of the bank are for the screen and the spreadsheet."""
MOST_IN_WORKBOOK = 1_048_575
"""Rows that a sheet holds below its head."""


class NoSuchFormat(Refused):
    """A list leaves in the formats that it has."""

    code = "export_format"
    status = 422
    field = "format"
    message = "This list cannot leave in this format. Choose CSV, XLSX, the CSV for another system, or DataSync."


class SeveralCurrencies(Refused):
    """A DataSync file says once in which currency all of its amounts are."""

    code = "several_currencies"
    status = 409
    message = (
        "A DataSync file has one currency, and these gifts are in several. Open one of the totals, or filter by "
        "currency, and export each by itself."
    )


class TooLongForWorkbook(Refused):
    """A sheet has an end."""

    code = "too_long_for_workbook"
    status = 413
    message = "The list has more rows than a workbook holds. Export it as CSV."
