"""Promises of files. One that is there already, to the day and the cent, changes nothing.

A promise with a key is known again by it, whatever became of its amount: what the file tells otherwise now follows the
promise that stands, from its day or from today. Who ended, changed or moved it here has the last word, and so has who
promised the same designation by hand.
"""

TABLE = """
CREATE TEMP TABLE judged_promise (
  row integer, source text, donor text, designation text, amount bigint, currency text, frequency text, starts_on date,
  ends_on date, method text, key text, giving_unit_id bigint, designation_id bigint, stands_id bigint,
  does text DEFAULT 'new', begins_on date
) ON COMMIT DROP
"""
COLUMNS = (
    "judged_promise (row, source, donor, designation, amount, currency, frequency, starts_on, ends_on, method, key)"
)

# Of two rows with one key the first counts.
ONCE = """
DELETE FROM judged_promise p USING judged_promise first
WHERE p.key <> '' AND first.key = p.key AND first.row < p.row
"""

FOUND = """
UPDATE judged_promise p SET giving_unit_id = found.unit_id, designation_id = found.designation_id,
  begins_on = coalesce(p.starts_on, %(today)s)
FROM (
  SELECT j.row, j.designation, j.starts_on, u.id AS unit_id, d.id AS designation_id FROM judged_promise j
  JOIN partners_externalid e ON e.agency_id = %(agency)s AND e.source = j.source AND e.norm = j.donor
  JOIN partners_partner q ON q.agency_id = %(agency)s AND q.id = e.partner_id AND q.erased_at IS NULL
  JOIN LATERAL (
    SELECT id FROM partners_givingunit g WHERE g.agency_id = %(agency)s AND g.partner_id = e.partner_id
    ORDER BY (g.id = e.giving_unit_id) IS TRUE DESC, g.came_by_id NULLS FIRST, g.id LIMIT 1
  ) u ON true
  JOIN funds_designation d ON d.agency_id = %(agency)s AND d.code = j.designation
) found WHERE found.row = p.row AND found.designation = p.designation
  AND found.starts_on IS NOT DISTINCT FROM p.starts_on
"""
NOBODYS = "DELETE FROM judged_promise WHERE giving_unit_id IS NULL"

# The newest promise of a key. It stays as it is when a person took it on from here, or when the file says the same.
KNOWN = """
UPDATE judged_promise p SET stands_id = c.id, does = CASE
    WHEN c.ends_on IS NOT NULL OR c.designation_id <> p.designation_id OR EXISTS (
      SELECT FROM partners_commitment f WHERE f.agency_id = c.agency_id AND f.follows_id = c.id
    ) OR (c.amount, c.currency, c.frequency) = (p.amount, p.currency, p.frequency) THEN 'there'
    ELSE 'change' END,
  begins_on = CASE WHEN p.starts_on > c.starts_on THEN p.starts_on
    ELSE greatest(%(today)s::date, c.starts_on + 1) END
FROM (
  SELECT DISTINCT ON (import_key) * FROM partners_commitment
  WHERE agency_id = %(agency)s AND import_key <> '' ORDER BY import_key, id DESC
) c WHERE c.import_key = p.key AND p.key <> ''
"""

BY_HAND = """
UPDATE judged_promise p SET does = 'there' WHERE p.does = 'new' AND EXISTS (
  SELECT FROM partners_commitment c JOIN partners_givingunit u ON u.agency_id = c.agency_id AND u.id = c.giving_unit_id
  JOIN partners_givingunit mine ON mine.agency_id = c.agency_id AND mine.id = p.giving_unit_id
  WHERE c.agency_id = %(agency)s AND c.designation_id = p.designation_id AND u.partner_id = mine.partner_id
    AND CASE WHEN p.key = ''
      THEN c.giving_unit_id = p.giving_unit_id AND c.amount = p.amount AND c.currency = p.currency
        AND c.frequency = p.frequency AND c.starts_on = p.starts_on
      ELSE c.import_key = '' AND coalesce(c.ends_on >= %(today)s, true) END
)
"""
JUDGING = (ONCE, FOUND, NOBODYS, KNOWN, BY_HAND)

ENDING = """
UPDATE partners_commitment c SET ends_on = p.begins_on - 1, ended_reason = %(reason)s FROM judged_promise p
WHERE p.does = 'change' AND c.agency_id = %(agency)s AND c.id = p.stands_id
"""

INSERT = """
INSERT INTO partners_commitment (agency_id, giving_unit_id, designation_id, amount, currency, frequency, starts_on,
  ends_on, method, ended_reason, follows_id, import_key, import_run_id)
SELECT %(agency)s, giving_unit_id, designation_id, amount, currency, frequency, begins_on, ends_on, method, '',
  CASE WHEN does = 'change' THEN stands_id END, key, %(run)s
FROM judged_promise WHERE does IN ('new', 'change') ORDER BY row, begins_on
"""
