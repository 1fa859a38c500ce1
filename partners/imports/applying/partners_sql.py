"""New partners with their numbers, giving units and ways to be reached. A known number changes nothing."""

from partners.imports.applying.staged_sql import STAGED_AGAIN

TABLE = """
CREATE TEMP TABLE judged_partner (
  row integer, line integer, verdict text, known boolean, source text, number text, number_as_given text, kind text,
  name text, sort_name text, title text, first_name text, middle_name text, last_name text, suffix text,
  spouse_title text, spouse_first_name text, spouse_last_name text, spouse_deceased boolean, organization text,
  roman_name text, church text, note text, greeting text, emails jsonb, phones jsonb, street text, city text,
  region text, postal_code text, country text, cells jsonb, partner_id bigint, deceased boolean, deceased_on date,
  language text, tags jsonb, address_fails boolean, address_changed date
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
  language, deceased_on, death_day_known, created_at, import_run_id)
SELECT partner_id, %(agency)s, kind, name, sort_name, title, first_name, middle_name, last_name, suffix, spouse_title,
  spouse_first_name, spouse_last_name, spouse_deceased, organization, roman_name, church, note, greeting, language,
  CASE WHEN deceased THEN coalesce(deceased_on, %(today)s) END, NOT deceased OR deceased_on IS NOT NULL, now(), %(run)s
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
INSERT INTO partners_emailaddress (agency_id, partner_id, whose, email, not_valid_since)
SELECT DISTINCT ON (partner_id, e->>0, lower(trim(e->>1)))
  %(agency)s, partner_id, e->>0, left(e->>1, 254), replace(nullif(e->>2, ''), 'today', %(today)s::text)::date
FROM judged_partner, jsonb_array_elements(emails) e WHERE partner_id IS NOT NULL
""",
    """
INSERT INTO partners_phone (agency_id, partner_id, whose, number, not_valid_since)
SELECT DISTINCT ON (partner_id, p->>0, p->>1) %(agency)s, partner_id, p->>0, left(p->>1, 40),
  replace(nullif(p->>2, ''), 'today', %(today)s::text)::date
FROM judged_partner, jsonb_array_elements(phones) p WHERE partner_id IS NOT NULL
""",
    """
INSERT INTO partners_address (agency_id, partner_id, whose, lines, city, region, postal_code, country,
  not_valid_since)
SELECT %(agency)s, partner_id, 'partner', street, city, region, postal_code, country,
  CASE WHEN address_fails THEN coalesce(address_changed, %(today)s) END
FROM judged_partner WHERE partner_id IS NOT NULL AND street || city || postal_code <> ''
""",
    # A word that is retired is given to nobody more.
    """
INSERT INTO partners_tag (agency_id, name, import_run_id)
SELECT DISTINCT ON (lower(word)) %(agency)s, word, %(run)s
FROM judged_partner, jsonb_array_elements_text(tags) word WHERE partner_id IS NOT NULL
ORDER BY lower(word), row ON CONFLICT DO NOTHING
""",
    """
INSERT INTO partners_tagging (agency_id, partner_id, tag_id, at)
SELECT DISTINCT %(agency)s, j.partner_id, t.id, now()
FROM judged_partner j, jsonb_array_elements_text(j.tags) word
JOIN partners_tag t ON t.agency_id = %(agency)s AND t.norm = lower(word) AND t.retired_at IS NULL
WHERE j.partner_id IS NOT NULL
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
