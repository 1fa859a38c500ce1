"""What was posted and no line of the bank covers: deposits on their way, and what never arrived."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core.export import Cell
from core.money import Money
from partners.pages.reconciliation.frame import Desk
from partners.pages.words import unbroken
from partners.queries.reconciliation.books import Booked, BookedList
from partners.queries.reconciliation.candidates import told_of


@dataclass(frozen=True)
class BookedShown:
    """A batch or a gift in the list."""

    day: str
    url: str
    label: str
    reference: str
    account: str
    total: str
    matched: str
    open: str


def booked(desk: Desk) -> BookedList:
    """The open items of the period."""
    return BookedList(desk.wanted, [each.pk for each in desk.deposits])


def booked_rows(desk: Desk, items: Sequence[Booked]) -> list[BookedShown]:
    """Rows for the list. Two queries."""
    told = told_of(items)
    names = {each.pk: each.name for each in desk.deposits}
    return [
        BookedShown(
            day=unbroken(desk.day(item.day)),
            url=reverse(item.kind, args=[desk.seat.agency.slug, item.pk]),
            label=_("Batch %(name)s") % {"name": desk.shown(told[item.token].label)}
            if item.kind == "batch"
            else desk.shown(told[item.token].label),
            reference=told[item.token].reference,
            account=names[item.deposit_id],
            total=desk.money(item.total, item.currency),
            matched=desk.money(item.matched, item.currency) if item.matched else "",
            open=desk.money(item.open, item.currency),
        )
        for item in items
    ]


def header() -> list[str]:
    """The columns of the file."""
    names = (_("Deposited on"), _("What"), _("Reference"), _("Deposit account"), _("Total"), _("Matched"))
    return [*names, _("Not at the bank"), _("Currency"), _("Link")]


def cells(desk: Desk, items: Sequence[Booked], site: str) -> list[list[Cell]]:
    """Rows for the file; amounts are numbers."""

    def number(minor: int, item: Booked) -> Cell:
        return Money(minor, item.currency).decimal

    return [
        [
            *(item.day, row.label, row.reference, row.account, number(item.total, item)),
            *(number(item.matched, item), number(item.open, item), item.currency, site + row.url),
        ]
        for item, row in zip(items, booked_rows(desk, items), strict=True)
    ]
