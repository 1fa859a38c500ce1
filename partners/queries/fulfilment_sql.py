"""How gifts are put to promises, as one statement for any number of promises.

`partners.queries.fulfilment` tells the rule. Each part is a common table; the last one, `walk`, has a row for each gift
that counts for a promise, in order, with how far the promise is paid before and after it (`reach`, in minor units from
the first payment: payment n lies between n and n + 1 amounts). The giver is the partner: of two that were merged,
what either gives counts (ADR 14).
"""

MARGIN, EARLIEST = 14, 45
"""Days before its first and after its last day in which a promise takes gifts; and the most for long intervals."""

# A unit without a partner promises, but nothing is put to it: its number with a minus stands for the giver.
CIRCLE = """
circle AS MATERIALIZED (
  SELECT DISTINCT coalesce(u.partner_id, -u.id) AS giver_id, c.designation_id, c.currency
  FROM partners_commitment c JOIN wanted w ON w.id = c.id
  JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.id = c.giving_unit_id
  WHERE c.agency_id = current_agency()
),
place AS MATERIALIZED (
  SELECT k.*, u.id AS unit_id FROM circle k
  JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.partner_id = k.giver_id
  UNION ALL SELECT k.*, -k.giver_id FROM circle k WHERE k.giver_id < 0
)"""

# `place` is made first, so that promises are joined to it by all that they have in common: the planner, who takes giver
# and designation for independent, would else pair all promises of a designation with each other. `alone`: no other
# promise of the same giver to the same designation in the same currency.
PROMISES = f"""
promise AS MATERIALIZED (
  SELECT p.*, greatest({MARGIN}, p.early) AS margin,
    count(*) OVER (PARTITION BY giver_id, designation_id, currency) = 1 AS alone
  FROM (
    SELECT c.id, k.giver_id, c.designation_id, c.currency, c.amount, c.frequency, c.starts_on, c.ends_on,
      c.follows_id, c.amount * greatest(2, CASE WHEN weeks_of(c.frequency) IS NULL THEN 12 / months_of(c.frequency)
        ELSE 52 / weeks_of(c.frequency) END) AS most,
      least({EARLIEST}, coalesce(7 * weeks_of(c.frequency), 30 * months_of(c.frequency)) / 4) AS early
    FROM place k JOIN partners_commitment c ON c.agency_id = current_agency() AND c.giving_unit_id = k.unit_id
      AND c.designation_id = k.designation_id AND c.currency = k.currency
  ) p
),
promised AS MATERIALIZED (
  SELECT giver_id, designation_id, min(starts_on - margin) AS since,
    max(coalesce(ends_on + margin, 'infinity')) AS until
  FROM promise WHERE giver_id > 0 GROUP BY giver_id, designation_id
)"""  # noqa: S608 - constants

# What was given in another currency than it was booked in counts in the one in which it was given; lines that do not
# say their part of it share it as they share the booked amount, to the last unit. Gifts of days on which nothing was
# promised are left out at once; what goes back stands with its gift, whatever its day. Both joins are answered by an
# index alone (`gift_sums`, `line_by_gift`): columns beside these would have thousands of pages read.
LINES = """
given AS MATERIALIZED (
  SELECT k.giver_id, k.designation_id, g.id, g.reverses_id, g.date, g.currency, g.tendered_currency
  FROM promised k
  JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.partner_id = k.giver_id
  JOIN partners_gift g ON g.agency_id = current_agency() AND g.giving_unit_id = u.id
    AND g.withdrawn_at IS NULL AND g.kind <> 'in_kind'
    AND (g.reverses_id IS NOT NULL OR g.date BETWEEN k.since AND k.until)
),
given_line AS (
  SELECT g.giver_id, g.designation_id, coalesce(g.reverses_id, g.id) AS gift_id, g.reverses_id IS NULL AS is_first,
    g.date, l.amount AS booked, g.currency, l.amount
  FROM given g JOIN partners_giftline l ON l.agency_id = current_agency() AND l.gift_id = g.id
    AND l.designation_id = g.designation_id AND l.withdrawn_at IS NULL
  WHERE g.tendered_currency = g.currency
  UNION ALL
  SELECT g.giver_id, g.designation_id, coalesce(g.reverses_id, g.id), g.reverses_id IS NULL, g.date, l.booked,
    g.tendered_currency, l.amount
  FROM given g CROSS JOIN LATERAL (
    SELECT f.amount AS booked, CASE WHEN f.tendered_currency = g.tendered_currency AND f.tendered_amount IS NOT NULL
      THEN f.tendered_amount ELSE (
        SELECT floor(w.tendered_amount::numeric * sum(o.amount) / w.amount)
          - floor(w.tendered_amount::numeric * (sum(o.amount) - f.amount) / w.amount)
        FROM partners_giftline o WHERE o.agency_id = current_agency() AND o.gift_id = g.id AND o.id <= f.id
      )::bigint END AS amount
    FROM partners_giftline f JOIN partners_gift w ON w.agency_id = current_agency() AND w.id = f.gift_id
    WHERE f.agency_id = current_agency() AND f.gift_id = g.id
      AND f.designation_id = g.designation_id AND f.withdrawn_at IS NULL
    OFFSET 0
  ) l WHERE g.tendered_currency <> g.currency
)"""

# A refund stands with the gift that it gives back; the part of it that is left counts.
MONEY = """
money AS (
  SELECT * FROM (
    SELECT giver_id, designation_id, gift_id, min(currency) FILTER (WHERE is_first) AS currency,
      CASE WHEN count(*) = 1 THEN min(amount) ELSE
        floor(sum(amount) FILTER (WHERE is_first) * sum(booked) / sum(booked) FILTER (WHERE is_first))::bigint
      END AS amount,
      min(date) FILTER (WHERE is_first) AS day
    FROM given_line GROUP BY giver_id, designation_id, gift_id
    HAVING sum(booked) > 0 AND bool_or(is_first)
  ) m WHERE amount > 0
)"""

# `turn` and `twins`: promises that fit a gift equally well take gifts of the same amount in turns. One that is alone
# takes what fits.
CHOICE = """
fitting AS MATERIALIZED (
  SELECT m.gift_id, m.giver_id, m.designation_id, m.currency, m.day, m.amount AS given, p.id AS promise_id,
    p.starts_on, p.ends_on, p.amount, p.alone
  FROM money m JOIN promise p USING (giver_id, designation_id, currency)
  WHERE m.day BETWEEN p.starts_on - p.margin AND coalesce(p.ends_on + p.margin, m.day)
),
ranked AS (
  SELECT f.*,
    rank() OVER (
      PARTITION BY gift_id, designation_id
      ORDER BY given = amount DESC, day BETWEEN starts_on AND coalesce(ends_on, day) DESC, abs(given - amount)
    ) AS fit,
    dense_rank() OVER (PARTITION BY giver_id, designation_id, currency, given ORDER BY day, gift_id) AS turn
  FROM fitting f WHERE NOT alone
),
best AS (
  SELECT r.*, row_number() OVER (PARTITION BY gift_id, designation_id ORDER BY starts_on, promise_id) AS place,
    count(*) OVER (PARTITION BY gift_id, designation_id) AS twins
  FROM ranked r WHERE fit = 1
),
chosen AS (
  SELECT promise_id, gift_id, day, given FROM fitting WHERE alone
  UNION ALL SELECT promise_id, gift_id, day, given FROM best WHERE place = (turn - 1) %% twins + 1
)"""

WALK = """
counted AS MATERIALIZED (
  SELECT b.promise_id, b.gift_id, b.day, b.given, least(b.given, p.most) AS paid, p.amount,
    greatest(payments_due(p.frequency, p.starts_on, b.day + p.early) - 1, 0) * p.amount AS newest
  FROM chosen b JOIN promise p ON p.id = b.promise_id
),
summed AS (
  SELECT c.*, sum(paid) OVER (PARTITION BY promise_id ORDER BY day, gift_id)::bigint AS upto FROM counted c
),
reached AS (
  SELECT s.*, (
    upto + greatest(0, max(newest - (upto - paid)) OVER (PARTITION BY promise_id ORDER BY day, gift_id))
  )::bigint AS reach
  FROM summed s
),
walk AS (
  SELECT r.*, greatest(newest, lag(reach, 1, 0::bigint) OVER gifts) AS begins,
    lag(reach, 1, 0::bigint) OVER gifts AS before,
    lag(given) OVER gifts AS last_given
  FROM reached r WINDOW gifts AS (PARTITION BY promise_id ORDER BY day, gift_id)
)"""

FULFILMENT = f"{CIRCLE},{PROMISES},{LINES},{MONEY},{CHOICE},{WALK}"

# One row per promise that is wanted; how far it is paid after its last gift needs no walk. `owed` is the number of the
# first payment that is neither paid nor passed.
STANDING = """
standing AS (
  SELECT p.*, coalesce(g.reach, 0) AS reach, g.last_on, coalesce(g.paid_lately, 0) AS paid_lately,
    coalesce(g.paid_since, 0) AS paid_since,
    greatest(coalesce(g.reach, 0) / p.amount, payments_due(p.frequency, p.starts_on, %(live)s::date - 1)) AS owed
  FROM promise p JOIN wanted w ON w.id = p.id
  LEFT JOIN (
    SELECT promise_id, (sum(paid) + greatest(0, max(newest - (upto - paid))))::bigint AS reach, max(day) AS last_on,
      sum(paid) FILTER (WHERE day > %(today)s::date - 365)::bigint AS paid_lately,
      sum(paid) FILTER (WHERE day >= %(since)s::date)::bigint AS paid_since
    FROM summed GROUP BY promise_id
  ) g ON g.promise_id = p.id
),
due AS (
  SELECT s.*, payment_day(frequency, starts_on, owed) AS due_on FROM standing s
)"""
