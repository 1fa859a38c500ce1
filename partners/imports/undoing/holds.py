"""What rests on a gift, so that its import cannot be undone any more. Apps above register theirs."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Hold(NamedTuple):
    """`gifts` is SQL that selects the ids of gifts that something rests on. It may join `undo_gift` (id, date,
    giving_unit_id, soft_partner_id, recorded_at, posted_on): the standing gifts of the import; %(agency)s and %(run)s
    are given. `lines` selects the ids of statement lines of the import in the same way. `sentence` says what rests on
    them and what to do.
    """

    name: str
    gifts: str
    sentence: object
    lines: str = ""


REFUNDED = """
SELECT DISTINCT r.reverses_id FROM partners_gift r JOIN undo_gift u ON u.id = r.reverses_id
WHERE r.agency_id = %(agency)s AND r.withdrawn_at IS NULL AND r.import_id IS DISTINCT FROM %(run)s
"""

ASSIGNED = """
SELECT DISTINCT l.gift_id FROM partners_suspenseassignment s
JOIN partners_giftline l ON l.agency_id = s.agency_id AND l.id = s.line_id JOIN undo_gift u ON u.id = l.gift_id
WHERE s.agency_id = %(agency)s AND NOT EXISTS (
  SELECT FROM funds_posting r WHERE r.agency_id = s.agency_id AND r.reverses_id = s.posting_id
)
"""

# What stands in the place of a gift, however often it was corrected.
CORRECTED = """
SELECT DISTINCT h.first_id FROM (
  WITH RECURSIVE heirs (first_id, id) AS (
    SELECT c.gift_id, c.replacement_id FROM partners_giftcorrection c
    JOIN partners_gift g ON g.agency_id = c.agency_id AND g.id = c.gift_id AND g.import_id = %(run)s
    WHERE c.agency_id = %(agency)s AND c.replacement_id IS NOT NULL
    UNION
    SELECT heirs.first_id, c.replacement_id FROM heirs
    JOIN partners_giftcorrection c ON c.agency_id = %(agency)s AND c.gift_id = heirs.id
    WHERE c.replacement_id IS NOT NULL
  ) SELECT * FROM heirs
) h JOIN partners_gift g ON g.agency_id = %(agency)s AND g.id = h.id WHERE g.withdrawn_at IS NULL
"""

CLOSED = """
SELECT u.id FROM undo_gift u CROSS JOIN (
  SELECT c.open_from FROM funds_periodclose c WHERE c.agency_id = %(agency)s ORDER BY c.id DESC LIMIT 1
) months WHERE u.posted_on < months.open_from
"""

# What a line of the bank was explained by; and the lines themselves. A gift that was corrected is held by CORRECTED.
MATCHED = """
SELECT DISTINCT p.gift_id FROM partners_matchpart p JOIN undo_gift u ON u.id = p.gift_id
JOIN partners_bankmatch m ON m.agency_id = p.agency_id AND m.id = p.match_id AND m.undone_at IS NULL
WHERE p.agency_id = %(agency)s
"""
MATCHED_LINES = """
SELECT l.id FROM partners_statementline l
JOIN partners_bankmatch m ON m.agency_id = l.agency_id AND m.line_id = l.id AND m.undone_at IS NULL
WHERE l.agency_id = %(agency)s AND l.import_run_id = %(run)s AND l.withdrawn_at IS NULL
UNION
SELECT l.id FROM partners_statementline l
JOIN partners_bankmatch m ON m.agency_id = l.agency_id AND m.payout_account = l.account AND m.payout = l.payout
  AND m.payout <> '' AND m.undone_at IS NULL
WHERE l.agency_id = %(agency)s AND l.import_run_id = %(run)s AND l.withdrawn_at IS NULL
"""

_holds: list[Hold] = [
    Hold("refund", REFUNDED, _("Money was given back on this gift since. Withdraw that refund first.")),
    Hold("assignment", ASSIGNED, _("This gift was taken out of suspense since. Take that back first.")),
    Hold("correction", CORRECTED, _("This gift was corrected by hand since. Withdraw what stands in its place first.")),
    Hold("reconciliation", MATCHED, _("It is matched with the bank. Take that match back first."), MATCHED_LINES),
    Hold("month", CLOSED, _("The month of this gift is closed. Open the month again first.")),
]


def register(hold: Hold) -> None:
    """Tell what else may rest on gifts."""
    if hold not in _holds:
        _holds.append(hold)


def holds() -> tuple[Hold, ...]:
    """Everything that may rest on a gift."""
    return tuple(_holds)
