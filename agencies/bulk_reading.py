"""Reading personal data page by page through the API, written down like a file that was taken (trust rule T15)."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from agencies import audit
from agencies.downloads import FRAME, filters
from agencies.models import AuditEntry
from agencies.seats import Seat

AT_ONCE = timedelta(hours=1)
"""Requests of one person for one list with one filter within this time are one act of reading."""


def note_reading(seat: Seat, what: str, query: QueryDict, found: Any) -> None:
    """Note that a person reads a list by program: once per person, list, filter and hour, with the number of records
    that the filter lets through, since the next pages follow. At most three queries.

    The words of the filter may be names; kept are its fields and a keyed digest, which tells one filter from another.
    """
    verb, digest = f"read {what} by API", digest_of(seat, query)
    lately = AuditEntry.objects.filter(actor=seat.user_id, verb=verb, at__gte=timezone.now() - AT_ONCE)
    if not lately.filter(changes__filter=digest).exists():
        facts = {"records": found.count(), "filters": filters(query), "filter": digest}
        audit.record(actor=seat.membership.user, verb=verb, changes=facts)


def digest_of(seat: Seat, query: QueryDict) -> str:
    """A short name for a filter that does not tell its words."""
    words = sorted((name, *values) for name, values in query.lists() if any(values) and name not in FRAME)
    key = f"bulk reading {seat.agency.pk} {settings.SECRET_KEY}".encode()
    return hmac.new(key, repr(words).encode(), hashlib.sha256).hexdigest()[:12]
