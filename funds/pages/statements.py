"""Statements: what designations had, received, spent and have, each figure leading to its entries."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.downloads import Sheet
from agencies.seats import Seat
from core.export import Cell as FileCell
from core.money import Money
from funds.models import Posting
from funds.pages.designations import month_in_words
from funds.pages.lists import designation_names
from funds.pages.tables import Cell, Content, Table, columns
from funds.queries.statements import PARTS, Statement

Span = tuple[date, date]


def part_words() -> dict[str, str]:
    """What each part of a statement is called."""
    words = {
        Posting.Kind.GIFT: _("Received"),
        Posting.Kind.OPENING: _("Brought in"),
        Posting.Kind.EXPENSE: _("Spent"),
        Posting.Kind.ASSESSMENT: _("Assessed"),
        Posting.Kind.TRANSFER: _("Transfers"),
    }
    return {str(kind): words[kind] for kind in PARTS}


def heads() -> list[Any]:
    """The columns of every statement."""
    figures = [_("Opening"), *part_words().values(), _("Closing")]
    return columns([_("Designation"), _("Currency")], figures)


def span_in_words(seat: Seat, span: Span) -> str:
    """From which month to which."""
    first, last = (month_in_words(seat.agency, month) for month in span)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def span_query(span: Span) -> str:
    """The span as it stands in an address."""
    return f"since={span[0]:%Y-%m}&until={span[1]:%Y-%m}"


def entries_url(seat: Seat, each: Statement, span: Span, kind: str = "") -> str:
    """The entries behind a figure."""
    page = reverse("designation_entries", args=[seat.agency.slug, each.designation_id])
    return f"{page}?currency={each.currency}&{span_query(span)}" + (f"&kind={kind}" if kind else "")


def by_name(seat: Seat, found: Sequence[Statement]) -> list[tuple[str, Statement]]:
    """Statements by the name of their designation, as the reader may know it. One query."""
    names = designation_names(seat, {each.designation_id for each in found})
    return sorted(((names[each.designation_id], each) for each in found), key=lambda pair: (pair[0], pair[1].currency))


def statement_table(
    seat: Seat, shown: Sequence[tuple[str, Statement]], found: Sequence[Statement], span: Span
) -> Table:
    """A page of designations with their statements, and the sum of all, each currency by itself."""
    agency = seat.agency

    def row(name: str, each: Statement) -> list[Content]:
        url = reverse("designation_statement", args=[agency.slug, each.designation_id])
        parts = [
            Cell(amount.format(agency.locale), entries_url(seat, each, span, kind) if amount.minor else "")
            for kind, amount in each.parts.items()
        ]
        return [
            Cell(name, f"{url}?{span_query(span)}"),
            each.currency,
            each.opening.format(agency.locale),
            *parts,
            each.closing.format(agency.locale),
        ]

    return Table(_("Statement"), heads(), [row(*pair) for pair in shown], totals(seat, found))


def totals(seat: Seat, found: Sequence[Statement]) -> list[list[Content]]:
    """What statements sum to, each currency by itself."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * (len(PARTS) + 2))
    for each in found:
        for place, amount in enumerate((each.opening, *each.parts.values(), each.closing)):
            sums[each.currency][place] += amount.minor
    return [
        [_("All"), currency, *(Money(minor, currency).format(seat.agency.locale) for minor in figures)]
        for currency, figures in sorted(sums.items())
    ]


def statement_sheet(seat: Seat, found: Sequence[Statement], span: Span) -> Sheet:
    """The same as a file."""
    rows: list[list[FileCell]] = [
        [
            name,
            each.currency,
            each.opening.decimal,
            *(amount.decimal for amount in each.parts.values()),
            each.closing.decimal,
        ]
        for name, each in by_name(seat, found)
    ]
    return Sheet(f"statement-{span[0]:%Y-%m}-{span[1]:%Y-%m}", [each.label for each in heads()], rows)


def single_tables(seat: Seat, found: Sequence[Statement], span: Span) -> list[Table]:
    """The statement of one designation: for each currency the figures one below the other, each with its entries."""
    agency = seat.agency

    def table(each: Statement) -> Table:
        words = part_words()
        first = [_("Held at the beginning of %(month)s") % {"month": month_in_words(agency, span[0])}]
        rows: list[list[Content]] = [[*first, each.opening.format(agency.locale)]]
        for kind, amount in each.parts.items():
            rows.append([words[kind], Cell(amount.format(agency.locale), entries_url(seat, each, span, kind))])
        end = _("Holds at the end of %(month)s") % {"month": month_in_words(agency, span[1])}
        closing = Cell(each.closing.format(agency.locale), entries_url(seat, each, span))
        return Table(each.currency, columns([_("What")], [_("Amount")]), rows, [[end, closing]])

    return [table(each) for each in found]


def explained(seat: Seat, found: Sequence[Statement]) -> list[str]:
    """The sum behind each closing balance, written out."""
    agency = seat.agency
    return [
        " + ".join([each.opening.format(agency.locale), *(part.format(agency.locale) for part in each.parts.values())])
        + f" = {each.closing.format(agency.locale)}"
        for each in found
    ]
