"""One line of the bank: what may explain it, what there is to choose from, and what was said of it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from core.money import Money
from funds.queries import MAIN_DEPOSIT
from partners.models import BankMatch, Gift, StatementLine
from partners.pages.reconciliation.fee import fee_part
from partners.pages.reconciliation.frame import Desk
from partners.pages.reconciliation.matched import MatchShown, match_rows
from partners.pages.reconciliation.queue import ItemShown, ProposalShown, item_shown, line_row, proposal_shown
from partners.queries.reconciliation.books import Booked, BookedList
from partners.queries.reconciliation.candidates import candidates_for, told_of
from partners.queries.reconciliation.lines import Wanted, incoming
from partners.queries.reconciliation.proposing import proposals

AROUND = timedelta(days=45)
"""So far from the line's day is looked for what may be chosen."""
OFFERED = 100
"""So many are offered, the nearest to the line first."""


@dataclass(frozen=True)
class Choice:
    """A batch or a gift that may be ticked."""

    token: str
    item: ItemShown
    is_ticked: bool


def line_page(desk: Desk, line: StatementLine, ticked: Sequence[str] = ()) -> dict[str, Any]:
    """What the page of a line shows."""
    found = candidates_for([line], desk.accounts, [each.pk for each in desk.deposits])
    matches = BankMatch.objects.filter(line=line).select_related("line", "made_by", "undone_by").order_by("-pk")
    history = list(matches)
    standing = [match for match in history if match.undone_at is None]
    is_open = not standing and incoming().filter(pk=line.pk).exists()
    return {
        "line": line_row(desk, line, [], found),
        "is_open": is_open,
        "matches": match_rows(desk, standing),
        "fee": fee_part(desk, standing[0]) if standing else None,
        "earlier_matches": earlier(desk, [match for match in history if match.undone_at]),
        "proposals": proposed(desk, line, found) if is_open else [],
        "choices": choices(desk, line, ticked) if is_open else [],
        "enter_url": enter_url(desk, line) if is_open and line.amount > 0 else "",
    }


def enter_url(desk: Desk, line: StatementLine) -> str:
    """Where what the line brought is keyed. The line is named by its number: what it says stands in no address."""
    return f"{reverse('batch_add', args=[desk.seat.agency.slug])}?{urlencode({'line': line.pk})}"


def entered_from(desk: Desk, line: StatementLine) -> dict[str, Any]:
    """What a batch that is entered from a line begins with: its day, account and sum."""
    deposit = desk.deposit_of[line.account]
    who = desk.shown(line.party or line.text)
    return {
        "line": line.pk,
        "title": (_("Bank: %(party)s") % {"party": who})[:120],
        "deposit": "" if deposit.name == MAIN_DEPOSIT else deposit.pk,
        "deposited_on": line.date,
        "currency": line.currency,
        "expected_count": 1,
        "expected_total": Money(line.amount, line.currency).decimal_string(),
        "method": Gift.Method.BANK,
    }


def proposed(desk: Desk, line: StatementLine, found: Any) -> list[ProposalShown]:
    """Everything that is proposed for the line."""
    return [proposal_shown(desk, line, each, found) for each in proposals(line, found)]


def earlier(desk: Desk, undone: Sequence[BankMatch]) -> list[tuple[MatchShown, str]]:
    """Matches that were taken back, each with who did it and when."""
    return [
        (
            row,
            _("Taken back %(day)s by %(who)s")
            % {"day": desk.day(match.undone_at), "who": desk.seat.name_of(match.undone_by, _("the system"))},
        )
        for match, row in zip(undone, match_rows(desk, undone), strict=True)
    ]


def open_around(desk: Desk, line: StatementLine) -> list[Booked]:
    """Open batches and gifts of the line's account, the nearest in amount and day first, of its sign only."""
    deposit = desk.deposit_of.get(line.account)
    near = Wanted(line.date - AROUND, line.date + AROUND, deposit.pk if deposit else None, line.currency)
    items = BookedList(near, [each.pk for each in desk.deposits])[:]
    fitting = [item for item in items if (item.open > 0) == (line.amount > 0)]
    return sorted(fitting, key=lambda item: (abs(item.open - line.amount), abs(item.day - line.date)))


def choices(desk: Desk, line: StatementLine, ticked: Sequence[str]) -> list[Choice]:
    """What may be ticked, what is ticked already first. Three queries."""
    items = open_around(desk, line)
    items.sort(key=lambda item: item.token not in ticked)
    offered = items[:OFFERED]
    told = told_of(offered)
    return [
        Choice(item.token, item_shown(desk, item, told[item.token].label), item.token in ticked) for item in offered
    ]
