"""New partners with their numbers, giving units and ways to be reached. A known number changes nothing."""

from partners.imports.applying.staged_sql import STAGED_AGAIN

TABLE = """
CREATE TEMP TABLE judged_partner (
  row integer, line integer, verdict text, known boolean, source text, number text, number_as_given text, kind text,
  name text, sort_name text, title text, first_name text, middle_name text, last_name text, suffix text,
  spouse_title text, spouse_first_name text, spouse_last_name text, spouse_deceased boolean, organization text,
  roman_name text, church text, note text, greeting text, emails jsonb, phones jsonb, street text, city text,
  region text, postal_code text, country text, cells jsonb, partner_id bigint
) ON COMMIT DROP
"""

NUMBERED = """
UPDATE judged_partner j SET partner_id = nextval('partners_partner_id_seq') FROM (
  SELECT DISTINCT ON (source, number) row FROM judged_partner p WHERE verdict = 'create' AND NOT EXISTS (
    SELECT FROM partners_externalid e WHERE e.agency_id = %(agency)s AND e.source = p.source AND e.norm = p.number
  ) ORDER BY source, number, row
) first WHERE first.row = j.row
"""

INSERTS = (
    """
INSERT INTO partners_partner (id, agency_id, kind, name, sort_name, title, first_name, middle_name, last_name, suffix,
  spouse_title, spouse_first_name, spouse_last_name, spouse_deceased, organization, roman_name, church, note, greeting,
  language, created_at, import_run_id)
SELECT partner_id, %(agency)s, kind, name, sort_name, title, first_name, middle_name, last_name, suffix, spouse_title,
  spouse_first_name, spouse_last_name, spouse_deceased, organization, roman_name, church, note, greeting, '', now(),
  %(run)s
FROM judged_partner WHERE partner_id IS NOT NULL
""",
    """
INSERT INTO partners_externalid (agency_id, partner_id, source, value, norm)
SELECT %(agency)s, partner_id, source, number_as_given, number FROM judged_partner WHERE partner_id IS NOT NULL
""",
    # Whoever gave through a sponsor of donor-advised funds has a receipt of theirs; the sponsor needs none.
    """
INSERT INTO partners_givingunit (agency_id, partner_id, name, receipts, is_unidentified)
SELECT %(agency)s, partner_id, name, CASE WHEN kind = 'fund_sponsor' THEN 'none' ELSE 'annual' END, false
FROM judged_partner WHERE partner_id IS NOT NULL
""",
    """
INSERT INTO partners_emailaddress (agency_id, partner_id, whose, email)
SELECT DISTINCT ON (partner_id, e->>0, lower(trim(e->>1)))
  %(agency)s, partner_id, e->>0, left(e->>1, 254)
FROM judged_partner, jsonb_array_elements(emails) e WHERE partner_id IS NOT NULL
""",
    """
INSERT INTO partners_phone (agency_id, partner_id, whose, number)
SELECT DISTINCT ON (partner_id, p->>0, p->>1) %(agency)s, partner_id, p->>0, left(p->>1, 40)
FROM judged_partner, jsonb_array_elements(phones) p WHERE partner_id IS NOT NULL
""",
    """
INSERT INTO partners_address (agency_id, partner_id, whose, lines, city, region, postal_code, country)
SELECT %(agency)s, partner_id, 'partner', street, city, region, postal_code, country
FROM judged_partner WHERE partner_id IS NOT NULL AND street || city || postal_code <> ''
""",
)

# Partners who come with gifts have no rows of their own.
STAGED = f"""
INSERT INTO imports_stagedrow (agency_id, import_run_id, row, line, section, verdict, key, cells)
SELECT %(agency)s, %(run)s, row, line, 'partners', verdict, left(source || '|' || number, 250), cells
FROM judged_partner WHERE cells <> '{{}}'
{STAGED_AGAIN}
"""  # noqa: S608 - constants

COUNT = "SELECT count(*) FROM judged_partner WHERE partner_id IS NOT NULL"
