"""Designations: the list, one of them month by month, and the entries behind a figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from django.core.paginator import Page
from django.db.models import Sum
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from funds.models import Designation, Entry
from funds.origins import Origin, kind_in_words, origins_of
from funds.queries import balances, entries_of, month_rows
from imports.giving_tabs import giving_tabs
from ssu.models import Unit


@dataclass(frozen=True)
class DesignationRow:
    """A row of the list."""

    code: str
    name: str
    url: str
    kind: str
    closed: str
    held: list[str]


def formatted(agency: Agency, amounts: Iterable[Money]) -> list[str]:
    """Amounts as the agency writes them, each currency by itself."""
    return [amount.format(agency.locale) for amount in amounts]


def designation_rows(seat: Seat, found: Sequence[Any]) -> list[DesignationRow]:
    """Rows for designations from `seen_by`: one query more, whatever their number."""
    agency, held = seat.agency, balances([each.pk for each in found])
    return [
        DesignationRow(
            code=each.code,
            name=each.shown_name,
            url=reverse("designation", args=[agency.slug, each.pk]),
            kind=capfirst(str(Designation.Kind(each.kind).label)),
            closed=closed_in_words(agency, each),
            held=formatted(agency, held.get(each.pk, [])),
        )
        for each in found
    ]


def closed_in_words(agency: Agency, each: Designation) -> str:
    """Since when the designation is closed; empty while it is open."""
    if each.closed_on is None or each.closed_on > agency.today():
        return ""
    return _("closed %(day)s") % {"day": day_in_words(agency, each.closed_on)}


@dataclass(frozen=True)
class MonthLine:
    """One month of the table of a designation."""

    label: str
    url: str
    received: str
    other: str
    held: str
    entries: int


def designation_page(seat: Seat, found: Any) -> dict[str, Any]:
    """The months of each currency, and what the designation holds now."""
    agency, months = seat.agency, month_rows(found)
    tables = [
        (currency, [month_line(agency, found, currency, row) for row in rows], rows[0].held.format(agency.locale))
        for currency, rows in months.items()
    ]
    return {
        "designation": found,
        "kind": capfirst(str(Designation.Kind(found.kind).label)),
        "unit": unit_of(seat, found),
        "closed": closed_in_words(agency, found),
        "opened": day_in_words(agency, found.opened_on),
        "tables": tables,
        "gifts_url": f"{reverse('gifts', args=[agency.slug])}?designation={found.pk}",
        "tabs": giving_tabs(seat, "designations"),
    }


def unit_of(seat: Seat, found: Designation) -> Any:
    """The unit to which the designation belongs, for who may open it by its name; else None."""
    unit = Unit.objects.seen_by(seat).filter(pk=found.unit_id).first() if found.unit_id else None
    return unit if unit and not unit.is_masked and seat.can("units.view", unit.pk) else None


def month_line(agency: Agency, found: Any, currency: str, row: Any) -> MonthLine:
    """One month, in words and figures."""
    address = [agency.slug, found.pk, row.month.year, row.month.month, currency]
    return MonthLine(
        label=month_in_words(agency, row.month),
        url=reverse("designation_month", args=address),
        received=row.received.format(agency.locale),
        other=row.other.format(agency.locale),
        held=row.held.format(agency.locale),
        entries=row.entries,
    )


def month_in_words(agency: Agency, month: date) -> str:
    """A month: "Mar 2026" in American English."""
    return str(format_skeleton("yMMM", month, locale=agency.locale))


@dataclass(frozen=True)
class EntryRow:
    """One entry: its day, what it is, the gift behind it, its posting for who may see the ledger, and its amount."""

    day: str
    kind: str
    origin: Origin | None
    posting_url: str
    amount: str


def month_page(seat: Seat, found: Any, month: date, currency: str, page: Page[Any]) -> dict[str, Any]:
    """The entries of a month and their sum, which is the month's movement."""
    agency = seat.agency
    total = entries_of(found, month, currency).order_by().aggregate(total=Sum("amount"))["total"] or 0
    origins = origins_of(seat, [entry.posting_id for entry in page])
    return {
        "designation": found,
        "month": month_in_words(agency, month),
        "currency": currency,
        "page": page,
        "rows": [entry_row(seat, entry, origins.get(entry.posting_id)) for entry in page],
        "total": Money(-int(total), currency).format(agency.locale),
        "tabs": giving_tabs(seat, "designations"),
    }


def entry_row(seat: Seat, entry: Entry, origin: Origin | None) -> EntryRow:
    """An entry of a designation's account: what comes in is positive."""
    agency = seat.agency
    url = reverse("posting", args=[agency.slug, entry.posting_id]) if seat.can("ledger.view") else ""
    day, kind = day_in_words(agency, entry.posting.date), kind_in_words(entry.posting, origin)
    return EntryRow(day, kind, origin, url, Money(-entry.amount, entry.currency).format(agency.locale))
