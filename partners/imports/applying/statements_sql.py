"""Lines of statements, and rows that are only kept as they came."""

from partners.imports.applying.staged_sql import STAGED_AGAIN

TABLES = (
    """
CREATE TEMP TABLE kept_row (
  section text, row integer, line integer, verdict text, key text, cells jsonb
) ON COMMIT DROP
""",
    """
CREATE TEMP TABLE judged_movement (
  section text, row integer, verdict text, account text, reference text, date date, amount bigint, currency text,
  gross bigint, fee bigint, category text, party text, words text, payout text, payout_date date, gift_number text,
  corrects text, returned boolean
) ON COMMIT DROP
""",
)

STAGED = f"""
INSERT INTO imports_stagedrow (agency_id, import_run_id, row, line, section, verdict, key, cells)
SELECT %(agency)s, %(run)s, row, line, section, verdict, left(key, 250), cells FROM kept_row
{STAGED_AGAIN}
"""  # noqa: S608 - constants

INSERT = """
INSERT INTO partners_statementline (agency_id, account, reference, date, amount, currency, gross, fee, category, party,
  text, payout, payout_date, gift_number, corrects, returned, import_run_id, staged_row)
SELECT %(agency)s, m.account, m.reference, m.date, m.amount, m.currency, m.gross, m.fee, m.category, m.party, m.words,
  m.payout, m.payout_date, m.gift_number, m.corrects, m.returned, %(run)s, s.id
FROM judged_movement m
LEFT JOIN imports_stagedrow s
  ON s.agency_id = %(agency)s AND s.import_run_id = %(run)s AND s.section = m.section AND s.row = m.row
WHERE m.verdict = 'create' ORDER BY m.date, m.row
"""

COUNT = """
SELECT (SELECT count(*) FROM kept_row), (SELECT count(*) FROM judged_movement),
  (SELECT count(*) FROM judged_movement WHERE verdict = 'create')
"""
