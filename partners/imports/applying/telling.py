"""Telling webhooks what an import brought, or what its undo took: from the temporary tables, while these stand."""

from collections.abc import Iterator

from django.db import connection

from agencies.models import Agency
from delivery.event_kinds import EventKind
from delivery.operations.events import announce, is_heard
from partners.event_kinds import GIFT_POSTED, GIFT_REVERSED, PARTNER_CHANGED

NEW_PARTNERS = "SELECT partner_id FROM judged_partner WHERE partner_id IS NOT NULL ORDER BY 1"
NEW_GIFTS = "SELECT gift_id FROM new_gift WHERE date >= %(live)s AND reverses_id IS NULL ORDER BY 1"
TAKEN_FROM = """
SELECT DISTINCT reverses_id FROM new_gift WHERE date >= %(live)s AND reverses_id IS NOT NULL ORDER BY 1
"""
UNDONE_PARTNERS = "SELECT id FROM undone_partner ORDER BY 1"
UNDONE_GIFTS = "SELECT id FROM undone_gift WHERE date >= %(live)s ORDER BY 1"


def tell_imported(agency: Agency) -> None:
    """What `apply_judged` wrote."""
    tell(agency, PARTNER_CHANGED, NEW_PARTNERS)
    tell(agency, GIFT_POSTED, NEW_GIFTS)
    tell(agency, GIFT_REVERSED, TAKEN_FROM)


def tell_undone(agency: Agency) -> None:
    """What `take_back` reversed, and whom it removed: who asks for them then learns that nobody is there."""
    tell(agency, PARTNER_CHANGED, UNDONE_PARTNERS)
    tell(agency, GIFT_REVERSED, UNDONE_GIFTS)


def tell(agency: Agency, kind: EventKind, question: str) -> None:
    """Announce the ids that this finds; the question is asked only where something listens."""
    if is_heard(agency, kind.name):
        announce(agency=agency, kind=kind.name, ids=ids(agency, question))


def ids(agency: Agency, question: str) -> Iterator[int]:
    """The ids that this finds."""
    with connection.cursor() as cursor:
        cursor.execute(question, {"live": agency.live_on})
        found = cursor.fetchall()
    yield from (pk for (pk,) in found)
