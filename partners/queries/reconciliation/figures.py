"""What the bank says beside what was posted, per deposit account and currency; currencies are never added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from funds.models import Account
from partners.queries.reconciliation.accounts import BankAccount
from partners.queries.reconciliation.books import BookedList
from partners.queries.reconciliation.lines import Wanted
from partners.queries.statements import PROCESSORS

AT_BANK = """
SELECT l.account, l.currency, count(*), sum(l.amount), count(*) FILTER (WHERE m.id IS NULL),
  coalesce(sum(l.amount) FILTER (WHERE m.id IS NULL), 0),
  coalesce(sum(said.gifts), 0), coalesce(sum(said.fees), 0), coalesce(sum(said.aside), 0)
FROM partners_statementline l
LEFT JOIN partners_bankmatch m ON m.agency_id = l.agency_id AND m.line_id = l.id AND m.undone_at IS NULL
LEFT JOIN LATERAL (
  SELECT sum(p.amount) FILTER (WHERE p.kind IN ('batch', 'gift')) AS gifts,
    sum(p.amount) FILTER (WHERE p.kind = 'fee') AS fees, sum(p.amount) FILTER (WHERE p.kind = 'aside') AS aside
  FROM partners_matchpart p WHERE p.agency_id = m.agency_id AND p.match_id = m.id
) said ON true
WHERE l.withdrawn_at IS NULL AND l.amount <> 0 AND (l.amount > 0 OR l.returned) AND l.account <> ALL(%(processors)s)
  AND (l.date >= %(first)s OR %(first)s IS NULL) AND (l.date <= %(last)s OR %(last)s IS NULL)
  AND NOT EXISTS (
    SELECT FROM partners_statementline r WHERE r.agency_id = l.agency_id AND r.account = l.account
      AND r.corrects = l.reference AND r.corrects <> '' AND r.withdrawn_at IS NULL
  )
GROUP BY l.account, l.currency
"""


@dataclass
class Figures:
    """One deposit account and currency in a period, in minor units.

    R: at_bank = gifts + fees + aside + unmatched. `posted` is what was deposited by our own books, `not_at_bank` what
    of it no line covers yet.
    """

    deposit: Account
    currency: str
    lines: int = 0
    at_bank: int = 0
    open_lines: int = 0
    unmatched: int = 0
    gifts: int = 0
    fees: int = 0
    aside: int = 0
    posted: int = 0
    open_items: int = 0
    not_at_bank: int = 0


def figures(wanted: Wanted, accounts: Sequence[BankAccount], deposits: Sequence[Account]) -> list[Figures]:
    """By deposit account and currency, where anything moved. Two queries."""
    by_id = {each.pk: each for each in deposits}
    deposit_of = {each.account: each.deposit.pk for each in accounts}
    found: dict[tuple[int, str], Figures] = {}

    def at(deposit: int, currency: str) -> Figures:
        return found.setdefault((deposit, currency), Figures(by_id[deposit], currency))

    for account, currency, *numbers in at_bank(wanted):
        into = at(deposit_of[account], currency)
        names = ("lines", "at_bank", "open_lines", "unmatched", "gifts", "fees", "aside")
        for name, number in zip(names, numbers, strict=True):
            setattr(into, name, getattr(into, name) + int(number))
    for deposit, currency, _, total, _, count, rest in BookedList(wanted, list(by_id), only_open=False).sums():
        into = at(deposit, currency)
        into.posted, into.open_items, into.not_at_bank = total, count, rest
    fitting = (
        each
        for (deposit, currency), each in found.items()
        if wanted.deposit_id in (None, deposit) and wanted.currency in ("", currency)
    )
    return sorted(fitting, key=lambda each: (each.deposit.name, each.currency))


def at_bank(wanted: Wanted) -> list[tuple[Any, ...]]:
    """What the statements say, by account and currency."""
    values = {"first": wanted.first, "last": wanted.last, "processors": list(PROCESSORS)}
    with connection.cursor() as cursor:
        cursor.execute(AT_BANK, values)
        return list(cursor.fetchall())
