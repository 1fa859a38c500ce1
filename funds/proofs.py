"""The ledger proved from its entries, by SQL of its own, apart from the code that shows it."""

from typing import Any

from django.db import connection

from agencies.models import Agency
from agencies.proofs import Finding
from core.planner import joined_by_sets

UNBALANCED = """
SELECT posting_id, currency, sum(amount) FROM funds_entry
GROUP BY posting_id, currency HAVING sum(amount) <> 0 ORDER BY 1, 2
"""
EMPTY = """
SELECT p.id FROM funds_posting p
LEFT JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id WHERE e.id IS NULL ORDER BY 1
"""
NOT_A_MIRROR = """
SELECT r.id, r.reverses_id FROM funds_posting r WHERE r.reverses_id IS NOT NULL AND EXISTS (
  SELECT account_id, currency FROM funds_entry e
  WHERE e.agency_id = r.agency_id AND e.posting_id IN (r.id, r.reverses_id)
  GROUP BY account_id, currency HAVING sum(amount) <> 0
) ORDER BY 1
"""
SUMMARY = """
SELECT a.name, coalesce(f.month, s.month), coalesce(f.kind, s.kind), coalesce(f.currency, s.currency),
       f.debit, s.debit, f.credit, s.credit, f.entries, s.entries
FROM (
  SELECT e.account_id, date_trunc('month', p.date::timestamp)::date AS month,
         coalesce(r.kind, p.kind) AS kind, e.currency,
         sum(greatest(e.amount, 0)) AS debit, sum(least(e.amount, 0)) AS credit, count(*) AS entries
  FROM funds_entry e JOIN funds_posting p ON p.agency_id = e.agency_id AND p.id = e.posting_id
  LEFT JOIN funds_posting r ON r.agency_id = p.agency_id AND r.id = p.reverses_id GROUP BY 1, 2, 3, 4
) f
FULL JOIN funds_accountmonth s
  ON s.account_id = f.account_id AND s.month = f.month AND s.kind = f.kind AND s.currency = f.currency
JOIN funds_account a ON a.id = coalesce(f.account_id, s.account_id)
WHERE (f.debit, f.credit, f.entries) IS DISTINCT FROM (s.debit, s.credit, s.entries) ORDER BY 1, 2, 3, 4
"""
COUNTS = """
SELECT (SELECT count(*) FROM funds_posting), (SELECT count(*) FROM funds_entry),
       (SELECT count(*) FROM funds_accountmonth)
"""


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def prove_ledger(agency: Agency) -> Finding:
    """Entries of each posting sum to zero per currency, no posting is empty, a reversal mirrors what it reverses, and
    the monthly
    summary equals the fold of the entries. Each difference names its posting or account and month.
    """
    with joined_by_sets():  # whole tables
        return finding_of(agency)


def finding_of(agency: Agency) -> Finding:
    """What the statements above see in the agency in scope."""
    postings, entries, months = rows(COUNTS)[0]
    differences = [
        *(
            f"Posting {p}: its entries sum to {total} in {currency}, not to zero."
            for p, currency, total in rows(UNBALANCED)
        ),
        *(f"Posting {p} has no entries." for (p,) in rows(EMPTY)),
        *(f"Posting {r} is not the mirror of posting {p}, which it reverses." for r, p in rows(NOT_A_MIRROR)),
        *(
            f"Account {name}, {month:%Y-%m}, {kind}, {currency}: entries sum to {fd} debit, {fc} credit in {fn}, "
            f"the summary says {sd}, {sc} and {sn}."
            for name, month, kind, currency, fd, sd, fc, sc, fn, sn in rows(SUMMARY)
        ),
    ]
    return Finding("ledger", agency.slug, {"postings": postings, "entries": entries, "months": months}, differences)
