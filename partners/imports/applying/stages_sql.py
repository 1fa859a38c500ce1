"""Where the talk with contacts of another system stood: stages toward the unit of one designation. Whoever has a stage
there keeps it: what people do here counts more than what an old system knew. Nobody is named to the team of a unit to
which they gave without a name alone, as `refuse_anonymous` holds it.
"""

TABLE = """
CREATE TEMP TABLE judged_stage (
  row integer, source text, donor text, toward text, kind text, said text
) ON COMMIT DROP
"""

INSERT = """
INSERT INTO partners_stage (agency_id, partner_id, unit_id, kind, reason, set_by_id, set_at, import_run_id)
SELECT DISTINCT ON (e.partner_id, d.unit_id) %(agency)s, e.partner_id, d.unit_id, s.kind, s.said, %(actor)s, now(),
  %(run)s
FROM judged_stage s
JOIN partners_externalid e ON e.agency_id = %(agency)s AND e.source = s.source AND e.norm = s.donor
JOIN funds_designation d ON d.agency_id = %(agency)s AND d.code = s.toward AND d.unit_id IS NOT NULL
JOIN partners_partner p ON p.agency_id = %(agency)s AND p.id = e.partner_id AND p.merged_into_id IS NULL
  AND p.erased_at IS NULL AND p.deceased_on IS NULL
WHERE NOT EXISTS (
  SELECT FROM partners_stage t WHERE t.agency_id = %(agency)s AND t.partner_id = e.partner_id AND t.unit_id = d.unit_id
) AND NOT EXISTS (
  SELECT FROM partners_gift g JOIN partners_giftline l ON l.agency_id = g.agency_id AND l.gift_id = g.id
  JOIN partners_givingunit u ON u.agency_id = g.agency_id AND u.id = g.giving_unit_id
  JOIN funds_designation o ON o.agency_id = l.agency_id AND o.id = l.designation_id
  WHERE g.agency_id = %(agency)s AND u.partner_id = e.partner_id AND o.unit_id = d.unit_id
    AND l.withdrawn_at IS NULL AND g.anonymous
) ORDER BY e.partner_id, d.unit_id, s.row
"""
