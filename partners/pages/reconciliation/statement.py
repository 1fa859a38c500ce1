"""The statement of a period: from what the bank says to what was posted, with everything that stands between."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partners.pages.reconciliation.books import BookedShown, booked_rows
from partners.pages.reconciliation.frame import Desk
from partners.pages.words import unbroken
from partners.queries.reconciliation.books import BookedList
from partners.queries.reconciliation.figures import Figures
from partners.queries.reconciliation.lines import Wanted, unmatched, wanted_lines

MOST = 100
"""So many rows of each kind are printed for an account; the lists have all of them."""


@dataclass(frozen=True)
class Section:
    """One deposit account and currency."""

    title: str
    bank: list[tuple[str, str, bool]]
    books: list[tuple[str, str, bool]]
    lines: list[tuple[str, str, str]]
    more_lines: str
    items: list[BookedShown]
    more_items: str


def statement_page(desk: Desk) -> dict[str, Any]:
    """Everything that is printed."""
    return {
        "sections": [section(desk, each) for each in desk.figures],
        "printed": desk.day(desk.seat.agency.today()),
        "by": desk.seat.name_of(desk.seat.membership.user),
    }


def section(desk: Desk, row: Figures) -> Section:
    """One deposit account and currency. Four queries."""
    own = Wanted(desk.wanted.first, desk.wanted.last, row.deposit.pk, row.currency)
    lines = list(unmatched(wanted_lines(own, desk.accounts))[:MOST]) if row.open_lines else []
    items = BookedList(own, [each.pk for each in desk.deposits])[0:MOST] if row.open_items else []
    return Section(
        title=f"{row.deposit.name}, {row.currency}",
        bank=bank_side(desk, row),
        books=book_side(desk, row),
        lines=[
            (unbroken(desk.day(line.date)), desk.shown(line.party or line.text), desk.money(line.amount, line.currency))
            for line in lines
        ],
        more_lines=beyond(desk, row.open_lines),
        items=booked_rows(desk, items),
        more_items=beyond(desk, row.open_items),
    )


def bank_side(desk: Desk, row: Figures) -> list[tuple[str, str, bool]]:
    """What the bank says, part by part; the last line is the sum of those before."""
    parts = [
        (_("Matched with batches and gifts"), row.gifts),
        (_("Fees that were kept before it came"), row.fees),
        (_("Set aside: no gift"), row.aside),
        (_("Not matched yet"), row.unmatched),
    ]
    shown = [(label, desk.money(minor, row.currency), False) for label, minor in parts if minor]
    return [*shown, (_("Came in at the bank"), desk.money(row.at_bank, row.currency), True)]


def book_side(desk: Desk, row: Figures) -> list[tuple[str, str, bool]]:
    """What was posted, part by part; the last line is the sum of those before."""
    at_bank = (_("Found at the bank"), desk.money(row.posted - row.not_at_bank, row.currency), False)
    missing = (_("Not at the bank yet"), desk.money(row.not_at_bank, row.currency), False)
    return [at_bank, missing, (_("Posted as deposited"), desk.money(row.posted, row.currency), True)]


def beyond(desk: Desk, count: int) -> str:
    """How many are not printed."""
    return desk.number(count - MOST) if count > MOST else ""
