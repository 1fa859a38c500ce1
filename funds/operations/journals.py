"""Handing postings to the agency's accounting system: each posting stands in one journal."""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from funds import locks
from funds.batches import Told, told_of
from funds.documents.journal import digest_of
from funds.models import JournalExport
from funds.queries.journals import codes_now, unexported

Layout = JournalExport.Layout


class NothingToExport(Refused):
    """A journal holds something."""

    code = "nothing_to_export"
    message = "Every posting of these days stands in a journal already. Choose other days, or take that journal again."


class DaysInOrder(Refused):
    """A span begins before it ends."""

    code = "journal_days"
    field = "last_day"
    message = "The last day is before the first one. Choose a later one."


TAKE = """
INSERT INTO funds_exportedposting (agency_id, export_id, posting_id, batch, kind)
SELECT %s, %s, id, batch, kind FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS taken (id, batch, kind)
"""
COUNT = """
SELECT count(*) FROM funds_entry e JOIN funds_exportedposting j
  ON j.agency_id = e.agency_id AND j.posting_id = e.posting_id WHERE j.export_id = %s
"""


@transaction.atomic
def export_journal(
    *,
    agency: Agency,
    actor: User | None,
    first_day: date,
    last_day: date,
    key: str,
    source: str = "",
    layout: int = Layout.ENTRIES,
) -> JournalExport:
    """Put the postings of these days that no journal holds into the next one, and mark them so; what is posted later
    into these days stands in a later journal. Once per idempotency `key`; two at once wait for each other.

    Raises DaysInOrder, NothingToExport.
    """
    if last_day < first_day:
        raise DaysInOrder
    content = [first_day, last_day, source, *([] if layout == Layout.ENTRIES else [layout])]

    def effect() -> dict[str, Any]:
        locks.hold(locks.JOURNAL, agency)
        ids = list(unexported(first_day, last_day, source).values_list("pk", flat=True))
        if not ids:
            raise NothingToExport
        made = written(
            agency, actor, ids, {"first_day": first_day, "last_day": last_day, "source": source, "layout": layout}
        )
        label = f"journal {made.number}"
        audit.record(actor=actor, verb="export journal", of=made, label=label, changes={"postings": len(ids)})
        return {"export": made.pk}

    answer = once(agency=agency, endpoint="export_journal", key=key, content=content, effect=effect)
    found: JournalExport = JournalExport.objects.get(pk=answer["export"])
    return found


def written(agency: Agency, actor: User | None, ids: list[int], days: dict[str, Any]) -> JournalExport:
    """The journal. Its postings are marked first, so that its digest is that of the file as it is made ever after."""
    codes = codes_now()
    number = 1 + (JournalExport.objects.aggregate(last=Max("number"))["last"] or 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('funds_journalexport_id_seq')")
        pk = cursor.fetchone()[0]
        told = told_of(ids)
        known = [told.get(each, Told()) for each in ids]
        cursor.execute(TAKE, [agency.pk, pk, ids, [each.batch for each in known], [each.kind for each in known]])
        cursor.execute(COUNT, [pk])
        entries = cursor.fetchone()[0]
    made: JournalExport = JournalExport.objects.create(
        pk=pk,
        agency=agency,
        number=number,
        codes=codes,
        digest=digest_of(number, pk, codes, days["layout"]),
        postings=len(ids),
        entries=entries,
        by=actor,
        **days,
    )
    return made
