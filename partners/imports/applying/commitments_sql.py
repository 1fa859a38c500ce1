"""Promises of files. One that is there already, to the day and the cent, changes nothing."""

TABLE = """
CREATE TEMP TABLE judged_promise (
  row integer, source text, donor text, designation text, amount bigint, currency text, frequency text, starts_on date,
  ends_on date, method text
) ON COMMIT DROP
"""

INSERT = """
INSERT INTO partners_commitment (agency_id, giving_unit_id, designation_id, amount, currency, frequency, starts_on,
  ends_on, method, ended_reason, import_run_id)
SELECT %(agency)s, u.id, d.id, p.amount, p.currency, p.frequency, p.starts_on, p.ends_on, p.method, '', %(run)s
FROM judged_promise p
JOIN partners_externalid e ON e.agency_id = %(agency)s AND e.source = p.source AND e.norm = p.donor
JOIN LATERAL (
  SELECT id FROM partners_givingunit g WHERE g.agency_id = %(agency)s AND g.partner_id = e.partner_id
  ORDER BY (g.id = e.giving_unit_id) IS TRUE DESC, g.came_by_id NULLS FIRST, g.id LIMIT 1
) u ON true
JOIN funds_designation d ON d.agency_id = %(agency)s AND d.code = p.designation
WHERE NOT EXISTS (
  SELECT FROM partners_commitment c WHERE c.agency_id = %(agency)s AND c.giving_unit_id = u.id
    AND c.designation_id = d.id AND c.amount = p.amount AND c.currency = p.currency AND c.frequency = p.frequency
    AND c.starts_on = p.starts_on
) ORDER BY p.row, p.starts_on
"""
