"""What workers' accounts hold, on the page of the transition: for who may read the ledger."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agencies.days import day_in_words
from agencies.seats import Seat
from transition.models import Plan
from transition.queries.balances import Balance, Resolved, balances_of

STATES: dict[str, tuple[Any, str]] = {
    "stays": (lazy("Stays"), "none"),
    "moved": (lazy("Moved"), "done"),
    "deficit": (lazy("Deficit"), "warn"),
    "nothing": (lazy("Nothing to move"), "none"),
}
"""What is decided about an account, in words, and the tone of its tag."""


@dataclass(frozen=True)
class ResolvedRow:
    """A resolution that was carried out."""

    words: str
    meta: str
    url: str


@dataclass(frozen=True)
class BalanceRow:
    """An account in one currency."""

    name: str
    code: str
    opening: str
    held: str
    stays: str
    free: str
    state: str
    tone: str
    resolved: list[ResolvedRow]
    act: str
    act_url: str


def balance_rows(seat: Seat, plan: Plan, *, withheld: bool) -> list[BalanceRow]:
    """The accounts with their balances, [] for who may not read the ledger. Nine queries."""
    if not seat.can("ledger.view", plan.unit_id):
        return []
    may_post = seat.can("ledger.post") and not withheld
    return [balance_row(seat, each, may_post=may_post, withheld=withheld) for each in balances_of(seat, plan)]


def balance_row(seat: Seat, each: Balance, *, may_post: bool, withheld: bool) -> BalanceRow:
    """One account in words."""
    agency = seat.agency
    label, tone = STATES[each.state]
    opening = ""
    if each.opening is not None and each.opened_on is not None:
        opening = _("opening balance %(amount)s on %(day)s") % {
            "amount": each.opening.format(agency.locale),
            "day": day_in_words(agency, each.opened_on),
        }
    add = reverse("transfer_add", args=[agency.slug])
    act, url = "", ""
    if may_post and each.state == "deficit":
        act, url = _("Who pays for it"), add
    elif may_post and each.state == "stays":
        act, url = _("Transfer"), f"{add}?origin={each.account_id}&currency={each.held.currency}"
    away = [resolved_row(seat, one, _("%(amount)s to %(other)s"), withheld=withheld) for one in each.away]
    paid = [resolved_row(seat, one, _("%(amount)s paid by %(other)s"), withheld=withheld) for one in each.covered]
    return BalanceRow(
        name=each.name,
        code=each.code,
        opening=opening,
        held=each.held.format(agency.locale),
        stays=each.stays.format(agency.locale),
        free=each.free.format(agency.locale),
        state=str(label),
        tone=tone,
        resolved=[*away, *paid],
        act=act,
        act_url=url,
    )


def resolved_row(seat: Seat, one: Resolved, words: str, *, withheld: bool) -> ResolvedRow:
    """ "$40.00 to 0100 Riverbend" and below it the resolution; its words are kept back with those of a closed unit."""
    agency = seat.agency
    amount = one.covers if one.covers.minor else one.amount
    days = {"day": day_in_words(agency, one.resolved_on), "moved": day_in_words(agency, one.moved_on)}
    meta = _("resolved on %(day)s, moved on %(moved)s") % days
    return ResolvedRow(
        words=words % {"amount": amount.format(agency.locale), "other": one.other},
        meta=meta if withheld else f"{one.resolution}, {meta}",
        url=reverse("posting", args=[agency.slug, one.posting_id]) if seat.can("ledger.view") else "",
    )
