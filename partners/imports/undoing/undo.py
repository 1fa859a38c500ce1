"""Taking an import back, set by set, in one transaction: as many statements for a hundred thousand gifts as for one."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from agencies.models import Agency
from funds import locks
from imports.kinds import Progress
from imports.models import ImportRun
from partners.imports.applying.telling import tell_undone
from partners.imports.by_sets import FEW, joined_by_sets
from partners.imports.undoing.looking import UNDO_GIFT, asked
from partners.imports.undoing.matches import take_matches_back
from partners.imports.undoing.resting import BROUGHT, free_commitment, free_partner, free_tag
from partners.operations.partners import unidentified_giver
from partners.operations.reconciling.matching import RECONCILIATION

# As `refund_gift` and `correct_gift` lock them.
LOCK = """
SELECT g.id FROM partners_gift g WHERE g.agency_id = %(agency)s AND g.import_id = %(run)s ORDER BY g.id FOR UPDATE
"""

GIFTS = f"""
CREATE TEMP TABLE undone_gift ON COMMIT DROP AS
WITH {UNDO_GIFT} SELECT u.*, nextval('funds_posting_id_seq') AS reversal_id FROM undo_gift u
"""  # noqa: S608 - constants

# A reversal stands on the day of what it takes back: the months are again what they were.
REVERSALS = """
INSERT INTO funds_posting (id, agency_id, date, kind, source, reason, reverses_id, posted_by_id, posted_at)
SELECT u.reversal_id, p.agency_id, p.date, 'reversal', p.source, %(reason)s, p.id, %(actor)s, now()
FROM undone_gift u JOIN funds_posting p ON p.agency_id = %(agency)s AND p.id = u.posting_id
"""

ENTRIES = """
INSERT INTO funds_entry (agency_id, posting_id, account_id, amount, currency)
SELECT e.agency_id, u.reversal_id, e.account_id, -e.amount, e.currency
FROM undone_gift u JOIN funds_entry e ON e.agency_id = %(agency)s AND e.posting_id = u.posting_id
"""

WITHDRAW_LINES = """
UPDATE partners_giftline l SET withdrawn_at = now() FROM undone_gift u
WHERE l.agency_id = %(agency)s AND l.gift_id = u.id AND l.withdrawn_at IS NULL
"""

WITHDRAW_GIFTS = """
UPDATE partners_gift g SET withdrawn_at = now() FROM undone_gift u WHERE g.agency_id = %(agency)s AND g.id = u.id
"""

STATEMENT_LINES = """
UPDATE partners_statementline SET withdrawn_at = now()
WHERE agency_id = %(agency)s AND import_run_id = %(run)s AND withdrawn_at IS NULL
"""

TAGS = "DELETE FROM partners_tag t WHERE t.agency_id = %(agency)s AND "
STAGES = "SELECT take_back_stages(%(run)s)"
CONTINUED = """
UPDATE partners_commitment c SET ends_on = NULL, ended_reason = ''
WHERE c.agency_id = %(agency)s AND c.ended_reason = %(ended)s AND c.import_run_id IS DISTINCT FROM %(run)s
  AND NOT EXISTS (SELECT FROM partners_commitment f WHERE f.agency_id = c.agency_id AND f.follows_id = c.id)
"""
COMMITMENTS = "DELETE FROM partners_commitment c WHERE c.agency_id = %(agency)s AND "

PARTNERS = """
CREATE TEMP TABLE undone_partner ON COMMIT DROP AS
SELECT p.id FROM partners_partner p WHERE p.agency_id = %(agency)s AND """

LET_GO = """
UPDATE partners_gift g SET
  giving_unit_id = CASE WHEN u.id IS NULL THEN g.giving_unit_id ELSE %(unidentified)s END,
  soft_partner_id = CASE WHEN s.id IS NULL THEN g.soft_partner_id END
FROM partners_gift mine
LEFT JOIN partners_givingunit u ON u.agency_id = mine.agency_id AND u.id = mine.giving_unit_id
  AND u.partner_id IN (SELECT id FROM undone_partner)
LEFT JOIN undone_partner s ON s.id = mine.soft_partner_id
WHERE mine.agency_id = %(agency)s AND mine.import_id = %(run)s AND mine.withdrawn_at IS NOT NULL
  AND (u.id IS NOT NULL OR s.id IS NOT NULL) AND g.agency_id = mine.agency_id AND g.id = mine.id
"""

REMOVE_PART = "DELETE FROM {table} WHERE agency_id = %(agency)s AND partner_id IN (SELECT id FROM undone_partner)"
REMOVE = "DELETE FROM partners_partner WHERE agency_id = %(agency)s AND id IN (SELECT id FROM undone_partner)"
DROP = "DROP TABLE undone_gift, undone_partner"
STEPS = 5


@transaction.atomic
def take_back(
    *, agency: Agency, actor: User | None, run: ImportRun, check: Callable[[], None], progress: Progress
) -> dict[str, int]:
    """Reverse the posting of each standing gift of an import, withdraw its gifts and statement lines, and remove the
    partners and commitments on which nothing else rests; return counts of what was taken back.

    `check` is asked once the gifts are locked, and raises when something rests on one of them.
    """
    values = {
        "agency": agency.pk,
        "run": run.pk,
        "actor": actor.pk if actor else None,
        "reason": f"undo of import {run.pk}: {run.undo_reason}"[:250],
        "unidentified": unidentified_giver(agency=agency).pk,
        "ended": f"import {run.pk}",
    }
    locks.hold(RECONCILIATION, agency)  # before the look at what rests on it: no line is matched meanwhile
    wrote(LOCK, values)
    check()
    progress(0, STEPS)
    gifts = wrote(GIFTS, values)
    with joined_by_sets(gifts):
        wrote(REVERSALS, values)
        wrote(ENTRIES, values)
        progress(1, STEPS)
        lines = wrote(WITHDRAW_LINES, values)
        wrote(WITHDRAW_GIFTS, values)
        progress(2, STEPS)
        moved = wrote(STATEMENT_LINES, values)
        commitments = wrote(COMMITMENTS + free_commitment("c"), values)
        wrote(CONTINUED, values)
        stages = asked(STAGES, values)[0][0]
        progress(3, STEPS)
        updates = take_matches_back(agency=agency, actor=actor, run=run)
        partners = remove_partners(values)
        wrote(TAGS + free_tag("t"), values)
    progress(4, STEPS)
    tell_undone(agency)
    wrote(DROP, values)
    taken = {
        "gifts": gifts,
        "gift_lines": lines,
        "partners": partners,
        "commitments": commitments,
        "stages": stages,
        "statement_lines": moved,
        "updates": updates,
    }
    if max(taken.values()) > FEW:
        wrote("SELECT figures_after_import(%(brought)s)", {"brought": max(taken.values())})
    progress(STEPS, STEPS)
    return {name: count for name, count in taken.items() if count}


def remove_partners(values: dict[str, Any]) -> int:
    """Remove the partners whom nobody else knows. Their withdrawn gifts stand with the unidentified giver from then on
    and keep the number that the file gave; the row as it came tells the rest.
    """
    partners = wrote(PARTNERS + free_partner("p"), values)
    if partners:
        wrote(LET_GO, values)
        for table in (*(part._meta.db_table for part in BROUGHT), "partners_givingunit"):
            wrote(REMOVE_PART.format(table=table), values)
        wrote(REMOVE, values)
    return partners


def wrote(statement: str, values: dict[str, Any]) -> int:
    """How many rows a statement wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        count: int = cursor.rowcount
    return count
