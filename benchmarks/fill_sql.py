"""The statements of `fill`: one or a few per table. Agency 1 is the big one.

Numbers that look arbitrary are primes: they spread givers, days and designations without a random generator.
"""

from ssu.steps import all_steps

PLAN = """
CREATE TEMP TABLE plan AS
SELECT agency, gifts, givers, units, sum(gifts) OVER before AS first_gift, sum(givers) OVER before AS first_giver,
  sum(units) OVER before AS first_unit
FROM (
  SELECT agency, lines * 10 / 11 AS gifts, greatest(lines / 20, 20) AS givers,
    CASE WHEN agency = 1 THEN %(units)s ELSE 20 END AS units
  FROM (SELECT agency, CASE WHEN agency = 1 THEN %(big)s ELSE %(usual)s END AS lines
        FROM generate_series(1, %(agencies)s) AS agency) AS sizes
) AS counted
WINDOW before AS (ORDER BY agency ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
"""

GIVERS = """
UPDATE plan SET first_gift = coalesce(first_gift, 0), first_giver = coalesce(first_giver, 0),
  first_unit = coalesce(first_unit, 0);
CREATE TEMP TABLE giver AS
SELECT agency, first_giver + n AS id, n, p.givers,
  (ARRAY['Ada','Ben','Cora','Dev','Esther','Femi','Grace','Hugo',
    'Iris','Jonas','Kezia','Levi','Mara','Nils','Odile','Priya'])[1 + n * 7 % 16] AS first_name,
  (ARRAY['Abara','Brandt','Castell','Dahl','Ekwueme','Fjord','Garrow','Hartnoll',
    'Ivers','Jurado','Kestrel','Lomax','Merrow'])[1 + n * 5 % 13]
  || (ARRAY['','son','ley','ton','berg','wick','field','man','stone','worth',
    'er','ova','sen'])[1 + n * 11 % 17 % 13] AS last_name
FROM plan p CROSS JOIN LATERAL generate_series(1, p.givers) AS n
"""

GIVEN = """
CREATE TEMP TABLE given AS
SELECT agency, first_gift + n AS id, n, first_giver + 1 + (n::bigint * 7919 % givers) AS giver,
  current_date - (n::bigint * 104729 % 1825)::integer AS date, (1000 + n * 137 % 49000)::bigint AS amount,
  n % 10 = 0 AS is_split, first_unit, 1 + n::bigint * 13 % units AS unit, 1 + (n::bigint * 13 + 1) % units AS other_unit
FROM plan p CROSS JOIN LATERAL generate_series(1, p.gifts) AS n;
ANALYZE given;
"""

AGENCIES = """
INSERT INTO agencies_agency (id, slug, name, country, locale, base_currency, time_zone, fiscal_year_start, unit_word,
  unit_words, default_source, quiet_after_days)
SELECT agency, 'agency-' || agency, 'Agency ' || agency, 'US', 'en_US', 'USD', 'UTC', 1, 'SSU', 'SSUs', 'OWN', 30
FROM plan
"""

# Units after the 200th are archived: they have budgets and gifts, and no roll-out.
KEYS = ", ".join(f"'{item.key}'" for step in all_steps() for item in step.items)
UNITS = f"""
INSERT INTO ssu_strategy (id, agency_id, code, name) SELECT agency, agency, 'S1', 'Strategy' FROM plan;
INSERT INTO ssu_unit (id, agency_id, strategy_id, code, name, kind, discretion, alias, region, status)
SELECT first_unit + n, agency, agency, 'U' || n, 'Unit ' || n, 'community',
  CASE WHEN n % 20 = 0 THEN 'closed' ELSE 'open' END, CASE WHEN n % 20 = 0 THEN 'Alias ' || n ELSE '' END,
  'Region', CASE WHEN n <= 200 THEN 'active' ELSE 'archived' END
FROM plan CROSS JOIN LATERAL generate_series(1, units) AS n;
INSERT INTO ssu_actionitem (agency_id, unit_id, key, step, position, state)
SELECT agency_id, u.id, i.key, left(i.key, 1)::integer, substr(i.key, 3)::integer, 'not_started'
FROM ssu_unit u CROSS JOIN unnest(ARRAY[{KEYS}]) AS i(key) WHERE u.status = 'active';
"""

# Every unit has worked off a part of its items, with thirty events on each. Nobody is there who could confirm, so what
# is done is set aside.
ROLL_OUT = """
INSERT INTO ssu_itemevent (agency_id, item_id, kind, at, reason)
SELECT i.agency_id, i.id, (ARRAY['evidence_added','claimed','undone'])[1 + n % 3],
  now() - (i.unit_id * 7 % 90 + 30 - n) * interval '1 day', ''
FROM ssu_actionitem i CROSS JOIN generate_series(1, 30) AS n WHERE i.step <= 1 + i.unit_id % 9;
UPDATE ssu_actionitem i SET last_activity_at = e.last,
  state = CASE WHEN i.step <= i.unit_id % 4 THEN 'not_applicable' ELSE 'in_progress' END,
  reason = CASE WHEN i.step <= i.unit_id % 4 THEN 'Settled otherwise.' ELSE '' END
FROM (SELECT item_id, max(at) AS last FROM ssu_itemevent GROUP BY 1) e WHERE e.item_id = i.id;
INSERT INTO ssu_impactgoal (id, agency_id, unit_id, version, statement, indicator, unit_of_measure, written_at, writers)
SELECT id, agency_id, id, 1, 'Goal of ' || name, 'villages', 'villages', now() - interval '100 days', '{}'
FROM ssu_unit WHERE status = 'active';
INSERT INTO ssu_reading (agency_id, unit_id, goal_id, date, value, added_at)
SELECT agency_id, id, id, current_date - 30 * n, n, now() - n * interval '30 days'
FROM ssu_unit CROSS JOIN generate_series(1, 24) AS n WHERE status = 'active';
INSERT INTO agencies_auditentry (agency_id, at, verb, kind, object_id, label, changes)
SELECT i.agency_id, now() - n * interval '9 days', 'plan item', 'ssu.actionitem', i.id, i.key, '{}'::jsonb
FROM ssu_actionitem i CROSS JOIN generate_series(1, 3) AS n;
"""

# A designation has its unit's id, its account the same; deposit accounts stand behind them.
FUNDS = """
INSERT INTO funds_designation (id, agency_id, code, public_name, kind, unit_id, opened_on)
SELECT id, agency_id, code, name, 'unit', id, '2000-01-01' FROM ssu_unit;
INSERT INTO funds_account (id, agency_id, kind, name, designation_id)
SELECT id, agency_id, 'designation', code, id FROM funds_designation;
INSERT INTO funds_account (id, agency_id, kind, name)
SELECT (SELECT max(id) FROM ssu_unit) + agency, agency, 'deposit', 'Main deposit account' FROM plan;
"""

# Every third partner promises to where the first of their gifts went.
PARTNERS = """
INSERT INTO partners_partner (id, agency_id, kind, name, sort_name, first_name, last_name, language)
SELECT id, agency, 'person', first_name || ' ' || last_name, last_name || ', ' || first_name,
  first_name, last_name, 'en' FROM giver;
INSERT INTO partners_externalid (agency_id, partner_id, source, value, norm) SELECT agency, id, 'OWN', n, n FROM giver;
INSERT INTO partners_givingunit (id, agency_id, partner_id, name, receipts)
SELECT id, agency, id, first_name || ' ' || last_name, 'annual' FROM giver;
INSERT INTO partners_emailaddress (agency_id, partner_id, whose, email)
SELECT agency, id, 'partner', first_name || '.' || last_name || '.' || n || '@Example.org' FROM giver;
INSERT INTO partners_phone (agency_id, partner_id, whose, number)
SELECT agency, id, 'partner', '+1 503 555 ' || n FROM giver;
INSERT INTO partners_address (agency_id, partner_id, whose, lines, city, region, postal_code, country)
SELECT agency, id, 'partner', n || ' Mill Road', 'Port Alderney', 'WA', '98694', 'US' FROM giver;
INSERT INTO partners_commitment (agency_id, giving_unit_id, designation_id, amount, currency, frequency, starts_on)
SELECT g.agency, g.id, d.first_unit + d.unit, 5000, 'USD', 'monthly', current_date - 700
FROM giver g JOIN (SELECT DISTINCT ON (giver) * FROM given ORDER BY giver, id) d ON d.giver = g.id WHERE g.n % 3 = 0;
"""

# Every tenth gift is split between two designations: its lines have the ids 2n and 2n + 1.
GIFTS = """
INSERT INTO funds_posting (id, agency_id, date, kind, source) SELECT id, agency, date, 'gift', 'OWN' FROM given;
INSERT INTO partners_gift (id, agency_id, giving_unit_id, date, kind, method, amount, currency, tendered_amount,
  tendered_currency, source, external_id, giver_key, reference, posting_id)
SELECT id, agency, giver, date, 'gift', 'check', amount, 'USD', amount, 'USD', 'OWN', n, giver,
  CASE WHEN n % 7 = 0 THEN n::text ELSE '' END, id
FROM given;
INSERT INTO partners_giftline (id, agency_id, gift_id, designation_id, designation_key, amount, source, external_id)
SELECT 2 * id, agency, id, first_unit + unit, 'U' || unit,
  CASE WHEN is_split THEN amount - amount / 2 ELSE amount END, 'OWN', n FROM given
UNION ALL SELECT 2 * id + 1, agency, id, first_unit + other_unit, 'U' || other_unit, amount / 2, 'OWN', n
FROM given WHERE is_split
"""

LEDGER = """
INSERT INTO funds_entry (agency_id, posting_id, account_id, amount, currency)
SELECT g.agency, g.id, a.id, g.amount, 'USD'
FROM given g JOIN funds_account a ON a.agency_id = g.agency AND a.kind = 'deposit'
UNION ALL SELECT agency_id, gift_id, designation_id, -amount, 'USD' FROM partners_giftline;
INSERT INTO funds_accountmonth (agency_id, account_id, month, kind, currency, debit, credit, entries)
SELECT e.agency_id, e.account_id, date_trunc('month', p.date::timestamp)::date, p.kind, e.currency,
  sum(greatest(e.amount, 0)), sum(least(e.amount, 0)), count(*)
FROM funds_entry e JOIN funds_posting p ON p.agency_id = e.agency_id AND p.id = e.posting_id GROUP BY 1, 2, 3, 4, 5
"""

# Every unit of the big agency has a budget of 30 lines in force this year.
BUDGETS = """
INSERT INTO budgets_budget (id, agency_id, unit_id, fiscal_year, version, state, currency, made_at, revision,
  approved_at, writers)
SELECT id, agency_id, id, extract(year FROM current_date), 1, 'approved', 'USD', now(), 0, now(), '{}'
FROM ssu_unit WHERE agency_id = 1;
INSERT INTO budgets_line (agency_id, budget_id, kind, impact, category, amount, priority, months, root)
SELECT agency_id, id, 'expense', 'Line ' || n, 'Category ' || n % 5, 12000 * n, 1 + n % 4,
  array_fill(1000::bigint * n, ARRAY[12]), md5(id || '-' || n)::uuid
FROM budgets_budget CROSS JOIN generate_series(1, 30) AS n
"""

STATEMENTS = (GIVERS, GIVEN, AGENCIES, UNITS, ROLL_OUT, FUNDS, PARTNERS, GIFTS, LEDGER, BUDGETS)
