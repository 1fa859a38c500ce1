"""What goes into a journal, and what no journal holds yet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from funds.models import Account, Entry, ExportedPosting, Posting

Codes = dict[str, list[str]]
"""Account id → kind, code and name, as they stand in a file."""

# What a posting rests on gives its reference: the number of a receipt, or the resolution of a board.
LINES = """
SELECT p.id, p.date, p.kind, p.reverses_id, e.account_id, e.amount, e.currency, p.source,
  coalesce(x.reference, t.resolution, '')
FROM funds_exportedposting j
JOIN funds_posting p ON p.agency_id = j.agency_id AND p.id = j.posting_id
JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id
LEFT JOIN funds_expense x ON x.agency_id = p.agency_id AND x.posting_id = coalesce(p.reverses_id, p.id)
LEFT JOIN funds_transfer t ON t.agency_id = p.agency_id AND t.posting_id = coalesce(p.reverses_id, p.id)
WHERE j.export_id = %s ORDER BY p.date, p.id, e.id
"""

ENTRIES = """
SELECT j.batch, p.id, p.date, coalesce(nullif(j.kind, ''), p.kind), p.reverses_id, e.account_id, e.amount, e.currency,
  p.source, coalesce(x.reference, t.resolution, '')
FROM funds_exportedposting j
JOIN funds_posting p ON p.agency_id = j.agency_id AND p.id = j.posting_id
JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id
LEFT JOIN funds_expense x ON x.agency_id = p.agency_id AND x.posting_id = coalesce(p.reverses_id, p.id)
LEFT JOIN funds_transfer t ON t.agency_id = p.agency_id AND t.posting_id = coalesce(p.reverses_id, p.id)
WHERE j.export_id = %s ORDER BY p.date, j.batch, p.id, e.id
"""

# A set is a batch, or what came in none on one day, of one kind and source: whole postings, so that it sums to zero.
SETS = """
SELECT dense_rank() OVER (ORDER BY p.date, j.batch, coalesce(nullif(j.kind, ''), p.kind), p.source), j.batch, p.date,
  coalesce(nullif(j.kind, ''), p.kind), count(*), e.account_id, sum(e.amount)::bigint, e.currency, p.source
FROM funds_exportedposting j
JOIN funds_posting p ON p.agency_id = j.agency_id AND p.id = j.posting_id
JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id
WHERE j.export_id = %s
GROUP BY j.batch, p.date, coalesce(nullif(j.kind, ''), p.kind), p.source, e.account_id, e.currency, e.amount > 0
ORDER BY 1, e.currency, e.amount > 0 DESC, e.account_id
"""
STATEMENTS = {1: LINES, 2: ENTRIES, 3: SETS}


def lines_of(export_id: int, layout: int) -> Iterator[tuple[Any, ...]]:
    """The lines of a journal in one of its layouts: entries, each with its posting, by day, posting and entry, or their
    sums by batch.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS[layout], [export_id])
        while rows := cursor.fetchmany(2000):
            yield from rows


def unexported(first: date, last: date, source: str = "") -> "QuerySet[Any]":
    """Postings of these days that stand in no journal, of one source or of all."""
    there = ExportedPosting.objects.filter(posting=OuterRef("pk"))
    found: QuerySet[Any] = Posting.objects.filter(~Exists(there), date__gte=first, date__lte=last)
    return found.filter(source=source) if source else found


def exported_before(first: date, last: date) -> int:
    """How many postings of these days stand in a journal."""
    return int(ExportedPosting.objects.filter(posting__date__gte=first, posting__date__lte=last).count())


def entries_in(first: date, last: date, source: str = "") -> int:
    """How many lines a journal of these days would have."""
    return int(Entry.objects.filter(posting__in=unexported(first, last, source)).count())


def codes_now() -> Codes:
    """What each account is called in the agency's accounting system; where nobody said it, by its own code."""
    rows = Account.objects.order_by("pk").values_list("pk", "kind", "ledger_code", "name", "designation__code")
    return {str(pk): [kind, code or own or "", own or name] for pk, kind, code, name, own in rows}
