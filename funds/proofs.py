"""The ledger proved from its entries, by SQL of its own, apart from the code that shows it."""

from typing import Any

from django.db import connection

from agencies.models import Agency
from agencies.proofs import Finding
from core.planner import joined_by_sets
from funds.documents.journal import digest_of
from funds.models import JournalExport

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
# What a posting rests on says its amounts too: who changes entries only is found by the posting.
DOCUMENTS = """
SELECT o.posting_id, 'opening balance' AS what, o.deposit_id AS account_id, o.amount, o.currency
  FROM funds_openingbalance o
UNION ALL SELECT o.posting_id, 'opening balance', a.id, -o.amount, o.currency FROM funds_openingbalance o
  JOIN funds_account a ON a.agency_id = o.agency_id AND a.designation_id = o.designation_id
UNION ALL SELECT t.posting_id, 'transfer', a.id, t.amount, t.currency FROM funds_transfer t
  JOIN funds_account a ON a.agency_id = t.agency_id AND a.designation_id = t.origin_id
UNION ALL SELECT t.posting_id, 'transfer', a.id, -t.amount, t.currency FROM funds_transfer t
  JOIN funds_account a ON a.agency_id = t.agency_id AND a.designation_id = t.destination_id
UNION ALL SELECT x.posting_id, 'expense', x.category_id, x.amount, x.currency FROM funds_expense x
UNION ALL SELECT x.posting_id, 'expense', x.paid_from_id, -x.amount, x.currency FROM funds_expense x
UNION ALL SELECT x.posting_id, 'expense', a.id, x.amount, x.currency FROM funds_expense x
  JOIN funds_account a ON a.agency_id = x.agency_id AND a.designation_id = x.designation_id
UNION ALL SELECT x.posting_id, 'expense', a.id, -x.amount, x.currency FROM funds_expense x
  JOIN funds_account a ON a.agency_id = x.agency_id AND a.kind = 'released'
UNION ALL SELECT r.posting_id, 'assessment', a.id, l.amount, l.currency FROM funds_assessmentline l
  JOIN funds_assessmentrun r ON r.agency_id = l.agency_id AND r.id = l.run_id
  JOIN funds_account a ON a.agency_id = l.agency_id AND a.designation_id = l.designation_id
UNION ALL SELECT r.posting_id, 'assessment', a.id, -l.amount, l.currency FROM funds_assessmentline l
  JOIN funds_assessmentrun r ON r.agency_id = l.agency_id AND r.id = l.run_id
  JOIN funds_assessmentrule u ON u.agency_id = l.agency_id AND u.id = l.rule_id
  JOIN funds_account a ON a.agency_id = l.agency_id AND a.designation_id = u.destination_id
"""
OTHERWISE = """
WITH said AS (
  SELECT posting_id, what, account_id, currency, sum(amount) AS amount FROM (documents) d
  GROUP BY posting_id, what, account_id, currency
), of AS (SELECT DISTINCT posting_id, what FROM said), held AS (
  SELECT e.posting_id, e.account_id, e.currency, sum(e.amount) AS amount FROM funds_entry e
  WHERE e.posting_id IN (SELECT posting_id FROM of) GROUP BY e.posting_id, e.account_id, e.currency
)
SELECT DISTINCT of.posting_id, of.what FROM of JOIN (
  SELECT coalesce(s.posting_id, h.posting_id) AS posting_id FROM said s
  FULL JOIN held h ON h.posting_id = s.posting_id AND h.account_id = s.account_id AND h.currency = s.currency
  WHERE coalesce(s.amount, 0) <> coalesce(h.amount, 0)
) w ON w.posting_id = of.posting_id ORDER BY 1
""".replace("documents", DOCUMENTS)
WRONG_ACCOUNT = """
SELECT e.posting_id, e.currency, a.name, a.currency FROM funds_entry e
JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id
WHERE a.currency <> '' AND a.currency <> e.currency ORDER BY 1
"""
NOT_OF_ITS_KIND = """
SELECT p.id, p.kind, d.kind FROM (
  SELECT agency_id, posting_id, 'opening' AS kind FROM funds_openingbalance
  UNION ALL SELECT agency_id, posting_id, 'transfer' FROM funds_transfer
  UNION ALL SELECT agency_id, posting_id, 'expense' FROM funds_expense
  UNION ALL SELECT agency_id, posting_id, 'assessment' FROM funds_assessmentrun
) d JOIN funds_posting p ON p.agency_id = d.agency_id AND p.id = d.posting_id WHERE p.kind <> d.kind ORDER BY 1
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
    """Entries of each posting sum to zero per currency, no posting is empty, a reversal mirrors what it reverses, what
    a posting rests on says the same, the monthly summary equals the fold of the entries, and each journal has the
    bytes that it had when it was handed out. Each difference names its posting, its journal, or account and month.
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
        *(f"Posting {p} does not hold what its {what} says." for p, what in rows(OTHERWISE)),
        *(f"Posting {p} is called {kind}, but rests on another kind: {of}." for p, kind, of in rows(NOT_OF_ITS_KIND)),
        *(
            f"Posting {p} books {currency} on “{name}”, which is kept in {own}."
            for p, currency, name, own in rows(WRONG_ACCOUNT)
        ),
        *changed_journals(),
        *(
            f"Account {name}, {month:%Y-%m}, {kind}, {currency}: entries sum to {fd} debit, {fc} credit in {fn}, "
            f"the summary says {sd}, {sc} and {sn}."
            for name, month, kind, currency, fd, sd, fc, sc, fn, sn in rows(SUMMARY)
        ),
    ]
    return Finding("ledger", agency.slug, {"postings": postings, "entries": entries, "months": months}, differences)


def changed_journals() -> list[str]:
    """Journals whose file would not be the one that was handed out: a posting in it was changed since."""
    return [
        f"Journal {each.number} is not what was handed out: a posting in it was changed since."
        for each in JournalExport.objects.order_by("number")
        if digest_of(each.number, each.pk, each.codes, each.layout) != each.digest
    ]
