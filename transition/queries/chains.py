"""Which promise stands in the place of which: a change, a move or a resumption follows the promise before."""

from collections.abc import Iterable

from django.db import connection

from partners.models import Commitment

FORWARD = """
WITH RECURSIVE chain AS (
  SELECT c.id AS first, c.id FROM partners_commitment c WHERE c.agency_id = current_agency() AND c.id = ANY(%s)
  UNION ALL
  SELECT chain.first, n.id FROM chain
  JOIN partners_commitment n ON n.agency_id = current_agency() AND n.follows_id = chain.id
)
SELECT first, id FROM chain
"""
BACKWARD = """
WITH RECURSIVE chain AS (
  SELECT c.id, c.follows_id FROM partners_commitment c WHERE c.agency_id = current_agency() AND c.id = ANY(%s)
  UNION ALL
  SELECT b.id, b.follows_id FROM chain
  JOIN partners_commitment b ON b.agency_id = current_agency() AND b.id = chain.follows_id
)
SELECT id FROM chain
"""


def followers(ids: Iterable[int]) -> dict[int, list[Commitment]]:
    """Each of these promises with all that followed it, in order of their first days, by its id. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(FORWARD, [list(ids)])
        pairs = cursor.fetchall()
    known = Commitment.objects.select_related("giving_unit").in_bulk([each for _first, each in pairs])
    found: dict[int, list[Commitment]] = {first: [] for first, _each in pairs}
    for first, each in pairs:
        found[first].append(known[each])
    for chain in found.values():
        chain.sort(key=lambda promise: (promise.starts_on, promise.pk))
    return found


def every_link(ids: Iterable[int]) -> set[int]:
    """These promises, and all that came before them or follow them. Two queries."""
    known = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(BACKWARD, [known])
        before = {row[0] for row in cursor.fetchall()}
        cursor.execute(FORWARD, [known])
        return before | {row[1] for row in cursor.fetchall()}


def last_of(commitment: Commitment) -> Commitment:
    """The promise that stands in the place of this one now: itself, or the last that followed it."""
    return followers([commitment.pk])[commitment.pk][-1]
