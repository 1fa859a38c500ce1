"""The entries as the database has them, folded here, and the summary that pages read."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import connection

Key = tuple[int, str, str, date]
"""Account, currency, kind, month."""
ENTRIES = """
SELECT e.id, e.posting_id, e.account_id, e.amount, e.currency, coalesce(r.kind, p.kind), p.date
FROM funds_entry e JOIN funds_posting p ON p.agency_id = e.agency_id AND p.id = e.posting_id
LEFT JOIN funds_posting r ON r.agency_id = p.agency_id AND r.id = p.reverses_id WHERE e.id > %s ORDER BY e.id
"""
SUMMARY = "SELECT account_id, currency, kind, month, debit, credit, entries FROM funds_accountmonth"
ROWS = """
SELECT (SELECT count(*) FROM funds_posting), (SELECT coalesce(max(id), 0) FROM funds_entry),
  (SELECT count(*) FROM partners_gift), (SELECT count(*) FROM partners_giftline WHERE withdrawn_at IS NULL),
  (SELECT count(*) FROM partners_suspenseassignment), (SELECT count(*) FROM partners_merge WHERE undone_at IS NULL),
  (SELECT count(*) FROM partners_commitment), (SELECT count(*) FROM funds_periodclose),
  (SELECT count(*) FROM agencies_auditentry)
"""


def rows(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


class Fold:
    """Debit, credit and number of entries by key; `take` adds what came since, for entries are only ever added."""

    def __init__(self) -> None:
        self.sums: dict[Key, list[int]] = {}
        self.last = 0

    def take(self) -> None:
        """Every posting is zero in each currency; only a run of assessments holds several."""
        zero: Counter[tuple[int, str]] = Counter()
        currencies: dict[int, set[str]] = {}
        for entry, posting, account, amount, currency, kind, day in rows(ENTRIES, self.last):
            self.last = entry
            zero[posting, currency] += amount
            if kind != "assessment":
                currencies.setdefault(posting, set()).add(currency)
            sums = self.sums.setdefault((account, currency, kind, day.replace(day=1)), [0, 0, 0])
            sums[0] += max(amount, 0)
            sums[1] += min(amount, 0)
            sums[2] += 1
        assert {key: minor for key, minor in zero.items() if minor} == {}
        assert [posting for posting, several in currencies.items() if len(several) > 1] == []


def summary() -> dict[Key, list[int]]:
    """The monthly summary, as the fold of the entries has to be."""
    return {tuple(row[:4]): [int(each) for each in row[4:]] for row in rows(SUMMARY)}
