"""Statements of erased partners end with their last legal day (ADR 17)."""

from typing import Final

from django.db import connection, transaction

from agencies import audit
from agencies.models import Agency
from jobs.operations.forgetting import drop_bytes
from reports.documents.contents import content_hash
from reports.legal_period import last_legal_day
from reports.models import StatementFile, StatementIssue

ENDED: Final[dict[str, list[str]]] = {"lines": [], "credits": []}
"""What is left of a statement: nothing but number, year, version and days, which stand beside it."""


@transaction.atomic
def end_statements(*, agency: Agency) -> int:
    """Empty the statements of erased partners whose last legal day is over, and delete their files; return how many.
    Numbers stay, so that no year has a gap. Done again it changes nothing.
    """
    today = agency.today()
    of_erased = StatementIssue.objects.filter(giving_unit__partner__erased_at__isnull=False).exclude(content=ENDED)
    found = [each for each in of_erased.order_by("pk") if last_legal_day(each.issued_on, agency.country) < today]
    if not found:
        return 0
    ids = [issue.pk for issue in found]
    files = StatementFile.objects.filter(issue__in=ids).values_list("stored_id", flat=True)
    drop_bytes(stored_ids=list(files))
    with connection.cursor() as cursor:
        cursor.execute("SELECT end_statements(%s::bigint[], %s)", [ids, content_hash(dict(ENDED))])
    for issue in found:
        audit.record(actor=None, verb="end statement", of=issue, label=f"statement {issue.label}")
    return len(found)
