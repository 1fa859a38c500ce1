"""Matches under which something changed: a gift taken back, a batch corrected, a line that the bank replaced."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

CHANGED = """
SELECT m.id, m.line_id, 'gift' AS what, g.id FROM partners_bankmatch m
  JOIN partners_matchpart p ON p.agency_id = m.agency_id AND p.match_id = m.id
  JOIN partners_gift g ON g.agency_id = p.agency_id AND g.id = p.gift_id AND g.withdrawn_at IS NOT NULL
  WHERE m.undone_at IS NULL AND {mine}
UNION ALL
SELECT m.id, m.line_id, 'batch', b.id FROM partners_bankmatch m
  JOIN partners_matchpart p ON p.agency_id = m.agency_id AND p.match_id = m.id
  JOIN partners_giftbatch b ON b.agency_id = p.agency_id AND b.id = p.batch_id
  WHERE m.undone_at IS NULL AND {mine} AND batch_comes_to(b.agency_id, b.id) < (
    SELECT sum(q.amount) FROM partners_matchpart q
    JOIN partners_bankmatch o ON o.agency_id = q.agency_id AND o.id = q.match_id AND o.undone_at IS NULL
    WHERE q.agency_id = b.agency_id AND q.batch_id = b.id
  )
UNION ALL
SELECT m.id, m.line_id, 'line', l.id FROM partners_bankmatch m
  JOIN partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
  WHERE m.undone_at IS NULL AND {mine} AND (l.withdrawn_at IS NOT NULL OR EXISTS (
    SELECT FROM partners_statementline r WHERE r.agency_id = l.agency_id AND r.account = l.account
      AND r.corrects = l.reference AND r.corrects <> '' AND r.withdrawn_at IS NULL
  ))
ORDER BY 1, 3, 4
"""


def changed_since(matches: Sequence[int]) -> dict[int, str]:
    """Match → what changed under it, in words. One query."""
    sentences = {
        "gift": _("A gift of it was taken back since. Take the match back, and match the line anew."),
        "batch": _("Gifts of the batch were corrected since: it comes to less than was matched."),
        "line": _("The bank replaced or took back this line since. Take the match back."),
    }
    if not matches:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CHANGED.format(mine="m.id = ANY(%(matches)s)"), {"matches": list(matches)})
        return {match: sentences[what] for match, _line, what, _pk in cursor.fetchall()}
