"""How gifts are put to promises, as one statement for any number of promises.

`partners.queries.fulfilment` tells the rule. Each part is a common table; the last one, `walk`, has a row for each gift
that counts for a promise, in order, with how far the promise is paid before and after it (`reach`, in minor units from
the first payment: payment n lies between n and n + 1 amounts). The giver is the partner: of two that were merged,
what either gives counts (ADR 14).
"""

MARGIN, EARLIEST = 14, 45
"""Days before its first and after its last day in which a promise takes gifts; and the most for long intervals."""

CIRCLE = f"""
circle AS (
  SELECT DISTINCT coalesce(u.partner_id, -u.id) AS giver_id, c.designation_id, c.currency
  FROM partners_commitment c JOIN wanted w ON w.id = c.id
  JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.id = c.giving_unit_id
  WHERE c.agency_id = current_agency()
),
promise AS (
  SELECT p.*, greatest({MARGIN}, p.early) AS margin FROM (
    SELECT c.id, coalesce(u.partner_id, -u.id) AS giver_id, c.designation_id, c.currency,
      c.amount, c.frequency, c.starts_on, c.ends_on,
      c.follows_id, c.amount * greatest(2, CASE WHEN weeks_of(c.frequency) IS NULL THEN 12 / months_of(c.frequency)
        ELSE 52 / weeks_of(c.frequency) END) AS most,
      least({EARLIEST}, coalesce(7 * weeks_of(c.frequency), 30 * months_of(c.frequency)) / 4) AS early
    FROM partners_commitment c
    JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.id = c.giving_unit_id
    JOIN circle k ON k.giver_id = coalesce(u.partner_id, -u.id) AND k.designation_id = c.designation_id
      AND k.currency = c.currency
    WHERE c.agency_id = current_agency()
  ) p
)"""  # noqa: S608 - constants

# What was given in another currency than it was booked in counts in the one in which it was given; lines that do not
# say their part of it share it as they share the booked amount, to the last unit.
LINES = """
given_line AS (
  SELECT k.giver_id, k.designation_id, coalesce(g.reverses_id, g.id) AS gift_id,
    g.reverses_id IS NULL AS is_first, g.date, l.amount AS booked, g.tendered_currency AS currency,
    CASE WHEN g.tendered_currency = g.currency THEN l.amount
      WHEN l.tendered_currency = g.tendered_currency AND l.tendered_amount IS NOT NULL THEN l.tendered_amount
      ELSE floor(g.tendered_amount::numeric * upto.booked / g.amount)
        - floor(g.tendered_amount::numeric * (upto.booked - l.amount) / g.amount)
    END AS amount
  FROM (SELECT DISTINCT giver_id, designation_id FROM circle) k
  JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.partner_id = k.giver_id
  JOIN partners_gift g ON g.agency_id = current_agency() AND g.giving_unit_id = u.id
    AND g.withdrawn_at IS NULL AND g.kind <> 'in_kind'
  JOIN partners_giftline l ON l.agency_id = current_agency() AND l.gift_id = g.id
    AND l.designation_id = k.designation_id AND l.withdrawn_at IS NULL
  LEFT JOIN LATERAL (
    SELECT sum(o.amount) AS booked FROM partners_giftline o
    WHERE o.agency_id = current_agency() AND o.gift_id = g.id AND o.id <= l.id AND g.tendered_currency <> g.currency
  ) upto ON true
)"""

# A refund stands with the gift that it gives back; the part of it that is left counts.
MONEY = """
money AS (
  SELECT * FROM (
    SELECT giver_id, designation_id, gift_id, min(currency) FILTER (WHERE is_first) AS currency,
      floor(sum(amount) FILTER (WHERE is_first) * sum(booked) / sum(booked) FILTER (WHERE is_first))::bigint AS amount,
      min(date) FILTER (WHERE is_first) AS day
    FROM given_line GROUP BY giver_id, designation_id, gift_id
    HAVING sum(booked) > 0 AND bool_or(is_first)
  ) m WHERE amount > 0
)"""

# `turn` and `twins`: promises that fit a gift equally well take gifts of the same amount in turns.
CHOICE = """
fitting AS (
  SELECT m.gift_id, m.designation_id, m.day, m.amount AS given, p.id AS promise_id, p.starts_on,
    rank() OVER (
      PARTITION BY m.gift_id, m.designation_id
      ORDER BY m.amount = p.amount DESC, m.day BETWEEN p.starts_on AND coalesce(p.ends_on, m.day) DESC,
        abs(m.amount - p.amount)
    ) AS fit,
    dense_rank() OVER (
      PARTITION BY m.giver_id, m.designation_id, m.currency, m.amount ORDER BY m.day, m.gift_id
    ) AS turn
  FROM money m JOIN promise p USING (giver_id, designation_id, currency)
  WHERE m.day BETWEEN p.starts_on - p.margin AND coalesce(p.ends_on + p.margin, m.day)
),
best AS (
  SELECT f.*, row_number() OVER (PARTITION BY gift_id, designation_id ORDER BY starts_on, promise_id) AS place,
    count(*) OVER (PARTITION BY gift_id, designation_id) AS twins
  FROM fitting f WHERE fit = 1
)"""

WALK = """
counted AS (
  SELECT b.promise_id, b.gift_id, b.day, b.given, least(b.given, p.most) AS paid, p.amount,
    greatest(payments_due(p.frequency, p.starts_on, b.day + p.early) - 1, 0) * p.amount AS newest
  FROM best b JOIN promise p ON p.id = b.promise_id WHERE b.place = (b.turn - 1) %% b.twins + 1
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

FULFILMENT = f"{CIRCLE},{LINES},{MONEY},{CHOICE},{WALK}"

# One row per promise that is wanted. `owed` is the number of the first payment that is neither paid nor passed.
STANDING = """
standing AS (
  SELECT p.*, coalesce(g.reach, 0) AS reach, g.last_on, coalesce(g.paid_lately, 0) AS paid_lately,
    coalesce(g.paid_since, 0) AS paid_since,
    greatest(coalesce(g.reach, 0) / p.amount, payments_due(p.frequency, p.starts_on, %(live)s::date - 1)) AS owed
  FROM promise p JOIN wanted w ON w.id = p.id
  LEFT JOIN (
    SELECT promise_id, max(reach)::bigint AS reach, max(day) AS last_on,
      sum(paid) FILTER (WHERE day > %(today)s::date - 365)::bigint AS paid_lately,
      sum(paid) FILTER (WHERE day >= %(since)s::date)::bigint AS paid_since
    FROM walk GROUP BY promise_id
  ) g ON g.promise_id = p.id
),
due AS (
  SELECT s.*, payment_day(frequency, starts_on, owed) AS due_on FROM standing s
)"""
