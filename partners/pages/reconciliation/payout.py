"""A payout of a processor, charge by charge: the gift of each, what is missing, and what was kept."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import BankMatch
from partners.pages.partner import Fact
from partners.pages.reconciliation.frame import Desk
from partners.pages.words import unbroken
from partners.queries.reconciliation.payouts import PayoutFound, gross_of


@dataclass(frozen=True)
class ChargeShown:
    """One line of a payout. `missing`: why no gift stands for it."""

    day: str
    party: str
    text: str
    gross: str
    fee: str
    net: str
    gift_url: str
    missing: str


def payout_page(desk: Desk, payout: PayoutFound) -> dict[str, Any]:
    """What the page of a payout shows."""
    locale = desk.seat.agency.locale
    match = BankMatch.objects.standing().filter(payout_account=payout.account, payout=payout.payout).first()
    rows = [charge_row(desk, payout, line, match is not None) for line in payout.lines]
    slug = desk.seat.agency.slug
    facts = [
        Fact(_("Paid out"), desk.day(payout.date)),
        Fact(_("Charges less what was given back"), payout.gross.format(locale)),
        Fact(_("Fees"), payout.fees.format(locale)),
        Fact(_("To the bank"), payout.net.format(locale)),
    ]
    return {
        "payout": payout,
        "facts": facts,
        "rows": sorted(rows, key=lambda row: not row.missing),
        "missing": sum(bool(row.missing) for row in rows),
        "line_url": reverse("reconcile_line", args=[slug, match.line_id]) if match else "",
        "total": payout.net.format(locale),
    }


def charge_row(desk: Desk, payout: PayoutFound, line: Any, is_matched: bool) -> ChargeShown:
    """One line in words."""
    gift, gross = payout.gifts.get(line.gift_number), gross_of(line)
    return ChargeShown(
        day=unbroken(desk.day(line.date)),
        party=desk.shown(line.party),
        text=joined_text(desk, line),
        gross=desk.money(gross, line.currency),
        fee=desk.money(gross - line.amount, line.currency) if gross != line.amount else "",
        net=desk.money(line.amount, line.currency),
        gift_url=reverse("gift", args=[desk.seat.agency.slug, gift.pk]) if gift else "",
        missing=missing_of(payout, line, is_matched),
    )


def joined_text(desk: Desk, line: Any) -> str:
    """What it is, and what was written."""
    kind = line.category.replace("_", " ")
    return f"{kind}: {desk.shown(line.text)}" if line.text else kind


def missing_of(payout: PayoutFound, line: Any, is_matched: bool) -> str:
    """Why the line is not explained, "" where it is."""
    if not line.gift_number:
        return "" if line not in payout.others else _("Neither a charge nor a fee")
    gift = payout.gifts.get(line.gift_number)
    if gift is None:
        return _("No gift")
    if gift.amount != gross_of(line):
        return _("The gift has another amount")
    return "" if is_matched or payout.is_kept(line) else _("The gift was matched before")
