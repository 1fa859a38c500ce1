"""Gifts with their lines, postings and entries. Ids are drawn beforehand, so that each table takes one INSERT … SELECT.

Entries of all postings go in with one statement, and so do all lines: their statement triggers check that postings
sum to zero and lines to their gifts, and keep the monthly summary.
"""

from partners.imports.applying.staged_sql import STAGED_AGAIN

TABLE = """
CREATE TEMP TABLE judged_line (
  row integer, line integer, verdict text, source text, number text, designation text, donor text, date date,
  amount bigint, currency text, tendered bigint, tendered_currency text, kind text, method text, reference text,
  memo text, anonymous boolean, fair_market_value bigint, soft_donor text, soft_kind text, reverses_source text,
  reverses_number text, review jsonb, cells jsonb, part smallint, code text, description text, in_return text,
  intangible boolean, receipted boolean, gift_id bigint, line_id bigint,
  staged_id bigint
) ON COMMIT DROP
"""

# A file that is applied once more, after an undo or with corrected rows, keeps its rows.
STAGED_BEFORE = """
UPDATE judged_line l SET staged_id = s.id FROM imports_stagedrow s
WHERE l.part = 0 AND s.agency_id = %(agency)s AND s.import_run_id = %(run)s AND s.section = 'gifts' AND s.row = l.row
"""

STAGED = f"""
WITH drawn AS (
  UPDATE judged_line SET staged_id = coalesce(staged_id, nextval('imports_stagedrow_id_seq'))
  WHERE part = 0 RETURNING *
)
INSERT INTO imports_stagedrow (id, agency_id, import_run_id, row, line, section, verdict, key, cells)
SELECT staged_id, %(agency)s, %(run)s, row, line, 'gifts', verdict,
  left(source || '|' || designation || '|' || number, 250), cells FROM drawn
{STAGED_AGAIN}
"""  # noqa: S608 - constants

# The other lines that a row brings belong to the same row.
OF_ONE_ROW = """
UPDATE judged_line l SET staged_id = f.staged_id FROM judged_line f WHERE l.part > 0 AND f.part = 0 AND f.row = l.row
"""

# One gift per number of a source; lines in another currency cannot be summed with it and stand as a gift of their own.
GIFTS = """
CREATE TEMP TABLE new_gift ON COMMIT DROP AS
SELECT nextval('partners_gift_id_seq') AS gift_id, nextval('funds_posting_id_seq') AS posting_id, g.* FROM (
  SELECT source, number, currency, coalesce(nullif(tendered_currency, ''), currency) AS tendered_currency,
    min(donor) AS donor, min(date) AS date, sum(amount) AS amount, sum(coalesce(tendered, amount)) AS tendered,
    (array_agg(kind ORDER BY row))[1] AS kind, (array_agg(method ORDER BY row))[1] AS method,
    (array_agg(reference ORDER BY row))[1] AS reference, bool_or(anonymous) AS anonymous,
    sum(fair_market_value) AS fair_market_value, max(soft_donor) AS soft_donor, max(soft_kind) AS soft_kind,
    coalesce((array_agg(description ORDER BY row) FILTER (WHERE description <> ''))[1], '') AS description,
    coalesce((array_agg(in_return ORDER BY row) FILTER (WHERE in_return <> ''))[1], '') AS in_return,
    bool_or(intangible) AS intangible, bool_or(receipted) AS receipted,
    max(reverses_source) AS reverses_source, max(reverses_number) AS reverses_number, min(row) AS first_row,
    %(unidentified)s::bigint AS giving_unit_id, NULL::bigint AS soft_partner_id, NULL::bigint AS reverses_id
  FROM judged_line WHERE verdict = 'create' GROUP BY 1, 2, 3, 4 ORDER BY min(row)
) g
"""

TO_GIFTS = """
UPDATE judged_line l SET gift_id = g.gift_id, line_id = nextval('partners_giftline_id_seq') FROM new_gift g
WHERE l.verdict = 'create' AND g.source = l.source AND g.number = l.number AND g.currency = l.currency
  AND g.tendered_currency = coalesce(nullif(l.tendered_currency, ''), l.currency)
"""

# A donor number is looked up in the source of the gift first, then in the agency's own; each once, however many gifts
# name it.
GIVERS = """
UPDATE new_gift n SET giving_unit_id = known.id FROM (
  SELECT DISTINCT ON (m.source, m.donor) m.source, m.donor, u.id
  FROM (SELECT DISTINCT source, donor FROM new_gift) m
  JOIN partners_externalid e ON e.agency_id = %(agency)s AND e.norm = m.donor AND e.source IN (m.source, %(own_source)s)
  JOIN partners_givingunit u ON u.agency_id = e.agency_id AND u.partner_id = e.partner_id
  ORDER BY m.source, m.donor, e.source = m.source DESC, (u.id = e.giving_unit_id) IS TRUE DESC,
    u.came_by_id NULLS FIRST, u.id
) known WHERE known.source = n.source AND known.donor = n.donor
"""

SOFT_GIVERS = """
UPDATE new_gift n SET soft_partner_id = known.partner_id FROM (
  SELECT DISTINCT ON (m.source, m.soft_donor) m.source, m.soft_donor, e.partner_id
  FROM (SELECT DISTINCT source, soft_donor FROM new_gift WHERE soft_donor <> '') m
  JOIN partners_externalid e
    ON e.agency_id = %(agency)s AND e.norm = m.soft_donor AND e.source IN (m.source, %(own_source)s)
  ORDER BY m.source, m.soft_donor, e.source = m.source DESC
) known WHERE known.source = n.source AND known.soft_donor = n.soft_donor
"""

# A gift of this file is meant before one that stands already. What is given back of an anonymous gift names nobody.
REVERSED = """
UPDATE new_gift n SET reverses_id = meant.reverses_id, anonymous = n.anonymous OR meant.anonymous FROM (
  SELECT DISTINCT ON (r.gift_id) r.gift_id, f.gift_id AS reverses_id, f.anonymous
  FROM new_gift r JOIN (
    SELECT gift_id, source, number, anonymous, 0 AS rank FROM new_gift
    UNION ALL
    SELECT g.id, g.source, g.external_id, g.anonymous, 1 FROM partners_gift g
    JOIN (SELECT DISTINCT reverses_source, reverses_number FROM new_gift WHERE reverses_number <> '') w
      ON g.source = w.reverses_source AND g.external_id = w.reverses_number
    WHERE g.agency_id = %(agency)s AND g.withdrawn_at IS NULL
  ) f ON f.source = r.reverses_source AND f.number = r.reverses_number AND f.gift_id <> r.gift_id
  WHERE r.reverses_number <> '' ORDER BY r.gift_id, f.rank, f.gift_id
) meant WHERE meant.gift_id = n.gift_id
"""

INSERTS = (
    """
INSERT INTO funds_posting (id, agency_id, date, kind, source, reason, posted_by_id, posted_at)
SELECT posting_id, %(agency)s, date, 'gift', source, %(reason)s, %(actor)s, now() FROM new_gift
""",
    """
INSERT INTO partners_gift (id, agency_id, giving_unit_id, date, kind, method, amount, currency, tendered_amount,
  tendered_currency, source, external_id, giver_key, reference, description, fair_market_value, in_return, intangible,
  receipted_elsewhere, soft_partner_id, soft_kind, anonymous, reverses_id, posting_id,
  import_id, recorded_by_id, recorded_at)
SELECT gift_id, %(agency)s, giving_unit_id, date,
  CASE WHEN kind IN ('in_kind', 'stock', 'matching', 'refund', 'chargeback') THEN kind
       WHEN amount < 0 THEN 'refund' ELSE 'gift' END,
  method, amount, currency, tendered, tendered_currency, source, number, donor, reference, description,
  fair_market_value, in_return, intangible, receipted, soft_partner_id, soft_kind, anonymous, reverses_id,
  posting_id, %(run)s, %(actor)s, now()
FROM new_gift
""",
    """
INSERT INTO partners_giftline (id, agency_id, gift_id, designation_id, designation_key, amount, tendered_amount,
  tendered_currency, intent, source, external_id, staged_row)
SELECT l.line_id, %(agency)s, l.gift_id, d.id, l.designation, l.amount, l.tendered, l.tendered_currency, l.memo,
  l.source, l.number, l.staged_id
FROM judged_line l LEFT JOIN funds_designation d ON d.agency_id = %(agency)s AND d.code = l.code
WHERE l.gift_id IS NOT NULL
""",
    """
INSERT INTO funds_entry (agency_id, posting_id, account_id, amount, currency)
SELECT %(agency)s, posting_id, %(deposit)s, amount, currency FROM new_gift WHERE amount <> 0
UNION ALL
SELECT %(agency)s, g.posting_id, coalesce(a.id, %(suspense)s), -sum(l.amount), l.currency
FROM judged_line l JOIN new_gift g ON g.gift_id = l.gift_id
LEFT JOIN funds_designation d ON d.agency_id = %(agency)s AND d.code = l.code
LEFT JOIN funds_account a ON a.agency_id = %(agency)s AND a.designation_id = d.id
GROUP BY g.posting_id, coalesce(a.id, %(suspense)s), l.currency HAVING sum(l.amount) <> 0
""",
    """
INSERT INTO partners_reviewitem (agency_id, line_id, reason, made_at, outcome)
SELECT %(agency)s, l.line_id, r.reason, now(), '' FROM judged_line l, jsonb_array_elements_text(l.review) AS r (reason)
WHERE l.gift_id IS NOT NULL
""",
)

COUNT = "SELECT (SELECT count(*) FROM new_gift), (SELECT count(*) FROM judged_line WHERE gift_id IS NOT NULL)"
