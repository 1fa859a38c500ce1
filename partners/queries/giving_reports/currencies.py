"""In which currencies there are gifts."""

from django.db import connection

from agencies.seats import Seat
from partners.models.discretion import in_field
from partners.queries.giving_reports.lines import seen

CURRENCIES = """
WITH RECURSIVE known AS (
  (SELECT currency FROM partners_gift WHERE agency_id = %(agency)s AND withdrawn_at IS NULL ORDER BY currency LIMIT 1)
  UNION ALL
  SELECT (SELECT g.currency FROM partners_gift g WHERE g.agency_id = %(agency)s AND g.withdrawn_at IS NULL
          AND g.currency > known.currency ORDER BY g.currency LIMIT 1) FROM known WHERE known.currency IS NOT NULL
)
SELECT currency FROM known WHERE currency IS NOT NULL
"""


def currencies_given(seat: Seat) -> list[str]:
    """The currencies of the gifts that the seat may see. For the office one step through the index per currency,
    however many gifts there are.
    """
    if in_field(seat):
        return sorted(set(seen(seat).values_list("gift__currency", flat=True).distinct()))
    with connection.cursor() as cursor:
        cursor.execute(CURRENCIES, {"agency": seat.agency.pk})
        return [currency for (currency,) in cursor.fetchall()]
