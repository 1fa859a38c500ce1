"""The agency's lock of merges. Whoever writes to partners takes a share of it first, and locks rows after that: so does
a merge with the whole of it, and nobody waits in a circle.
"""

from django.db import connection, transaction
from django.db.utils import OperationalError

from agencies.models import Agency
from core.errors import Refused


class PartnersBusy(Refused):
    """A long write is under way in the agency."""

    code = "partners_busy"
    message = "Partners are being written to just now, by an import for example. Try again in a few minutes."


def hold_merges(agency: Agency) -> None:
    """Take the agency's lock of merges: one after the other, and none beside a write to a partner that is not yet
    committed (`land_with_survivor` holds a share). Raises PartnersBusy when that takes longer than the role waits.
    """
    locked(agency.pk, "pg_advisory_xact_lock")


def share_merges(agency_id: int) -> None:
    """Take a share of it, before any row of a partner is locked. Raises PartnersBusy."""
    locked(agency_id, "pg_advisory_xact_lock_shared")


def locked(agency_id: int, function: str) -> None:
    """Wait for the lock, and hold it until the transaction ends."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"partner merges {agency_id}"])
    except OperationalError as error:
        raise PartnersBusy from error
