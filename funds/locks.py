"""Locks of the whole ledger of an agency, held until the transaction ends. For rows the row's own lock is enough."""

from django.db import connection

from agencies.models import Agency

MONTHS, ASSESSMENT, JOURNAL, EXPENSES = "months", "assessment", "journal", "expenses"


def hold(what: str, agency: Agency) -> None:
    """Wait until nobody else does this in the agency. Whoever posts holds a share of MONTHS (`funds.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"funds {what} {agency.pk}"])
