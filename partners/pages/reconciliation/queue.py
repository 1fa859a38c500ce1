"""Lines of the bank that nobody explained, each with what may explain it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.export import Cell
from core.money import Money
from partners.models import BankMatch, StatementLine
from partners.pages.reconciliation.frame import Desk, joined
from partners.pages.words import unbroken
from partners.queries.reconciliation.books import Booked
from partners.queries.reconciliation.candidates import Candidates, candidates_for
from partners.queries.reconciliation.payouts import PayoutFound
from partners.queries.reconciliation.proposing import Proposal, proposals


@dataclass(frozen=True)
class ItemShown:
    """A batch or a gift, with the way to it."""

    label: str
    url: str
    day: str
    amount: str


@dataclass(frozen=True)
class ProposalShown:
    """What may explain a line, with its reason. `value` is what the form sends."""

    value: str
    reason: str
    items: tuple[ItemShown, ...]
    more: str
    fee: str
    note: str
    is_sure: bool
    is_whole: bool


@dataclass(frozen=True)
class LineShown:
    """One line of the bank."""

    pk: int
    day: str
    account: str
    party: str
    text: str
    amount: str
    is_back: bool
    url: str
    best: ProposalShown | None
    others: int


SHOWN = 4
"""So many batches or gifts of one proposal are named."""


def line_rows(desk: Desk, lines: Sequence[StatementLine]) -> list[LineShown]:
    """Rows of the queue. Nine queries, however many lines."""
    found = candidates_for(lines, desk.accounts, [each.pk for each in desk.deposits])
    return [line_row(desk, line, proposals(line, found), found) for line in lines]


def line_row(desk: Desk, line: StatementLine, made: Sequence[Proposal], found: Candidates) -> LineShown:
    """One line in words."""
    best = proposal_shown(desk, line, made[0], found) if made else None
    return LineShown(
        pk=line.pk,
        day=unbroken(desk.day(line.date)),
        account=desk.deposit_of[line.account].name,
        party=desk.shown(line.party),
        text=desk.shown(line.text),
        amount=desk.money(line.amount, line.currency),
        is_back=line.amount < 0,
        url=reverse("reconcile_line", args=[desk.seat.agency.slug, line.pk]),
        best=best,
        others=max(len(made) - 1, 0),
    )


def proposal_shown(desk: Desk, line: StatementLine, proposal: Proposal, found: Candidates) -> ProposalShown:
    """One proposal in words."""
    if proposal.payout:
        return payout_shown(desk, line, proposal, proposal.payout)
    items = [item_shown(desk, item, found.told[item.token].label) for item in proposal.items]
    return ProposalShown(
        value=f"{line.pk}:{proposal.token}",
        reason=str(BankMatch.Basis(proposal.basis).label),
        items=tuple(items[:SHOWN]),
        more=more_of(desk, len(items) - SHOWN),
        fee="",
        note="",
        is_sure=proposal.is_sure,
        is_whole=True,
    )


def more_of(desk: Desk, count: int) -> str:
    """How many are not named."""
    return ngettext("and %(n)s more", "and %(n)s more", count) % {"n": desk.number(count)} if count > 0 else ""


def item_shown(desk: Desk, item: Booked, label: str) -> ItemShown:
    """A batch or a gift in words."""
    slug = desk.seat.agency.slug
    return ItemShown(
        label=_("Batch %(name)s") % {"name": desk.shown(label)} if item.kind == "batch" else desk.shown(label),
        url=reverse(item.kind, args=[slug, item.pk]),
        day=unbroken(desk.day(item.day)),
        amount=desk.money(item.open, item.currency),
    )


def payout_shown(desk: Desk, line: StatementLine, proposal: Proposal, payout: PayoutFound) -> ProposalShown:
    """A payout in words: how many charges, what was kept, and which charges have no gift."""
    slug, missing = desk.seat.agency.slug, len(payout.without_gift) + len(payout.others)
    count = len(payout.charges)
    label = ngettext("%(name)s, %(n)s charge", "%(name)s, %(n)s charges", count)
    named = urlencode({"account": payout.account, "payout": payout.payout, "currency": payout.currency})
    item = ItemShown(
        label % {"name": payout.name, "n": desk.number(count)},
        f"{reverse('reconcile_payout', args=[slug])}?{named}",
        unbroken(desk.day(payout.date)),
        payout.gross.format(desk.seat.agency.locale),
    )
    without = ngettext("%(n)s line of it has no gift", "%(n)s lines of it have no gift", missing)
    return ProposalShown(
        value=f"{line.pk}:{proposal.token}",
        reason=str(BankMatch.Basis.PAYOUT.label),
        items=(item,),
        more="",
        fee=besides_gifts(desk, payout),
        note=without % {"n": desk.number(missing)} if missing else "",
        is_sure=proposal.is_sure,
        is_whole=payout.is_whole,
    )


def besides_gifts(desk: Desk, payout: PayoutFound) -> str:
    """What a payout holds beside its gifts, so that the amounts shown come to the line of the bank."""
    locale, exchanged = desk.seat.agency.locale, Money(payout.converted, payout.currency)
    parts = []
    if payout.fees.minor:
        parts.append(_("less %(fee)s fees") % {"fee": payout.fees.format(locale)})
    if exchanged.minor:
        parts.append(_("and %(amount)s exchanged from another currency") % {"amount": exchanged.format(locale)})
    return ", ".join(parts)


def header() -> list[str]:
    """The columns of the file."""
    names = (_("Date"), _("Deposit account"), _("From"), _("What it says"), _("Amount"), _("Currency"))
    return [*names, _("Proposed"), _("Reason"), _("Sure"), _("Link")]


def cells(desk: Desk, lines: Sequence[StatementLine], site: str) -> list[list[Cell]]:
    """Rows for the file; amounts are numbers."""
    rows = line_rows(desk, lines)
    return [row_of_cells(line, row, site) for line, row in zip(lines, rows, strict=True)]


def row_of_cells(line: StatementLine, row: LineShown, site: str) -> list[Cell]:
    """One line in cells."""
    best = row.best
    proposed = joined(*(item.label for item in best.items), best.more, best.fee, best.note) if best else ""
    return [
        *(line.date, row.account, row.party, row.text, Money(line.amount, line.currency).decimal, line.currency),
        *(proposed, best.reason if best else "", _("yes") if best and best.is_sure else "", site + row.url),
    ]


def candidates_rows(desk: Desk, line: StatementLine, items: Sequence[Booked], told: dict[str, Any]) -> list[Any]:
    """Batches and gifts to choose from, for the page of a line."""
    return [(item.token, item_shown(desk, item, told[item.token].label)) for item in items]
