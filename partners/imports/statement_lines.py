"""The statement lines of earlier imports that a file brings again, and the payouts that bank lines may be."""

from collections.abc import Iterable

from django.db import connection

from core.money import Money
from partners.imports.earlier_gifts import as_array
from partners.imports.movements import LineId, Payout

PROCESSORS = frozenset({"STRIPE", "PAYPAL", "PPGF"})

THERE = """
SELECT l.account, l.reference FROM unnest(%s::text[], %s::text[]) AS m (account, reference)
JOIN partners_statementline l ON l.account = m.account AND l.reference = m.reference AND l.withdrawn_at IS NULL
"""

# A processor's own line about the payout takes out what the others of that payout put in.
PAYOUTS = """
SELECT account, payout, max(payout_date), abs(sum(amount)), currency FROM partners_statementline
WHERE account = ANY(%s) AND withdrawn_at IS NULL AND payout <> '' AND payout_date IS NOT NULL
  AND category NOT IN ('payout', 'payout_reversal')
GROUP BY account, payout, currency ORDER BY max(payout_date), payout
"""


def lines_there(mentioned: Iterable[LineId]) -> frozenset[LineId]:
    """Which of these lines are there already. One query."""
    wanted = list(mentioned)
    if not wanted:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(THERE, [as_array(account for _, account, _ in wanted), as_array(key for *_, key in wanted)])
        return frozenset(("line", account, reference) for account, reference in cursor.fetchall())


def known_payouts(mentioned: Iterable[LineId]) -> tuple[Payout, ...]:
    """What processors paid out, for a file of a bank; nothing for a processor's own file."""
    if all(account in PROCESSORS for _, account, _ in mentioned):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(PAYOUTS, [sorted(PROCESSORS)])
        return tuple(
            Payout(account, payout, day, Money(int(minor), currency))
            for account, payout, day, minor, currency in cursor.fetchall()
        )
