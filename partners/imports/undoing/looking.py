"""What the undo of an import would take back, what would stay, and what holds it. Writes nothing."""

from typing import Any

from django.db import connection

from agencies.models import Agency
from imports.kinds import Held, Undoing
from imports.models import ImportRun
from partners.imports.undoing.holds import Hold, holds
from partners.imports.undoing.resting import free_commitment, free_partner

NAMED = 20
"""So many rows are named of each thing that holds an import."""

UNDO_GIFT = """undo_gift AS (
  SELECT g.id, g.posting_id, g.date, g.giving_unit_id, g.soft_partner_id, g.recorded_at, p.date AS posted_on
  FROM partners_gift g JOIN funds_posting p ON p.agency_id = g.agency_id AND p.id = g.posting_id
  WHERE g.agency_id = %(agency)s AND g.import_id = %(run)s AND g.withdrawn_at IS NULL
)"""


def count_statement() -> str:
    """Counts of what would be taken back, and of all that the import made. Put together once all apps are there."""
    return f"""
SELECT
  (SELECT count(*) FROM partners_gift g
    WHERE g.agency_id = %(agency)s AND g.import_id = %(run)s AND g.withdrawn_at IS NULL) AS gifts,
  (SELECT count(*) FROM partners_partner p
    WHERE p.agency_id = %(agency)s AND {free_partner("p")}) AS partners,
  (SELECT count(*) FROM partners_commitment c
    WHERE c.agency_id = %(agency)s AND {free_commitment("c")}) AS commitments,
  (SELECT count(*) FROM partners_stage s
    WHERE s.agency_id = %(agency)s AND s.import_run_id = %(run)s AND s.left_at IS NULL) AS stages,
  (SELECT count(*) FROM partners_statementline s
    WHERE s.agency_id = %(agency)s AND s.import_run_id = %(run)s AND s.withdrawn_at IS NULL) AS statement_lines,
  (SELECT count(*) FROM partners_importmatch m WHERE m.agency_id = %(agency)s AND m.import_run_id = %(run)s
    AND m.choice = 'update' AND m.applied_at IS NOT NULL) AS updates,
  (SELECT count(*) FROM partners_partner p
    WHERE p.agency_id = %(agency)s AND p.import_run_id = %(run)s) AS all_partners,
  (SELECT count(*) FROM partners_commitment c
    WHERE c.agency_id = %(agency)s AND c.import_run_id = %(run)s) AS all_commitments
"""  # noqa: S608 - constants


HELD = """
WITH {undo_gift}, held (gift_id) AS ({gifts})
SELECT s.row, s.line, count(*) OVER () FROM held h
LEFT JOIN LATERAL (
  SELECT min(l.staged_row) AS id FROM partners_giftline l WHERE l.agency_id = %(agency)s AND l.gift_id = h.gift_id
) line ON true
LEFT JOIN imports_stagedrow s ON s.agency_id = %(agency)s AND s.id = line.id
ORDER BY s.line, h.gift_id LIMIT {named}
"""

HELD_LINES = """
SELECT s.row, s.line, count(*) OVER () FROM ({lines}) h (line_id)
JOIN partners_statementline l ON l.agency_id = %(agency)s AND l.id = h.line_id
LEFT JOIN imports_stagedrow s ON s.agency_id = %(agency)s AND s.id = l.staged_row
ORDER BY s.line, h.line_id LIMIT {named}
"""


def look_at(*, agency: Agency, run: ImportRun) -> Undoing:
    """Look at everything that an import made. One query, and one or two for each thing that may hold it."""
    values = {"agency": agency.pk, "run": run.pk}
    counted = asked(count_statement(), values)[0]
    gifts, partners, commitments, stages, lines, updates, all_partners, all_commitments = counted
    takes = {"gifts": gifts, "partners": partners, "commitments": commitments, "stages": stages}
    takes |= {"statement_lines": lines, "updates": updates}
    stays = {"partners": all_partners - partners, "commitments": all_commitments - commitments}
    held, count = held_rows(values)
    return Undoing(
        takes={name: number for name, number in takes.items() if number},
        stays={name: number for name, number in stays.items() if number},
        held=held,
        held_count=count,
    )


def held_rows(values: dict[str, Any]) -> tuple[list[Held], int]:
    """The rows whose gifts something rests on, the first of each thing, and how many there are."""
    found: list[Held] = []
    count = 0
    for hold in holds():
        for statement in statements_of(hold):
            rows = asked(statement, values)
            found += [Held(hold.name, row or 0, line or 0, str(hold.sentence)) for row, line, _ in rows]
            count += rows[0][2] if rows else 0
    return found, count


def statements_of(hold: Hold) -> list[str]:
    """What asks for the gifts that are held, and for the lines."""
    gifts = HELD.format(undo_gift=UNDO_GIFT, gifts=hold.gifts, named=NAMED)
    return [gifts, HELD_LINES.format(lines=hold.lines, named=NAMED)] if hold.lines else [gifts]


def asked(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
