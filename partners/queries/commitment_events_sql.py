"""What happened with promises, as the end of the statement of `fulfilment_sql`: it writes, each thing once."""

from partners.queries.fulfilment_sql import STANDING

# A gift is one event at most: of several that fit, the first of these.
OF_GIFTS = """
of_gifts AS (
  SELECT p.id AS commitment_id, 'gift ' || w.gift_id AS key, w.gift_id, NULL::smallint AS days_late,
    w.day AS happened_on,
    CASE
      WHEN w.place = 1 AND p.follows_id IS NULL AND p.starts_on >= %(live)s::date THEN 'started'
      WHEN w.day - payment_day(p.frequency, p.starts_on,
        greatest(w.before / p.amount, payments_due(p.frequency, p.starts_on, %(live)s::date - 1))) > 90 THEN 'resumed'
      WHEN w.given > p.most OR w.before >= w.newest + 2 * p.amount THEN 'extra'
      WHEN w.given > p.amount AND coalesce(w.last_given, p.amount) <= p.amount THEN 'larger'
      WHEN w.given < p.amount AND coalesce(w.last_given, p.amount) >= p.amount THEN 'smaller'
    END AS kind
  FROM (SELECT walk.*, row_number() OVER (PARTITION BY promise_id ORDER BY day, gift_id) AS place FROM walk) w
  JOIN promise p ON p.id = w.promise_id JOIN wanted ON wanted.id = p.id
)"""

OF_DAYS = """
of_days AS (
  SELECT d.id, concat_ws(' ', c.kind, c.days, d.due_on), NULL::bigint, c.days, d.due_on + coalesce(c.days, 91), c.kind
  FROM due d CROSS JOIN LATERAL (
    SELECT CASE WHEN %(today)s::date - d.due_on > 90 THEN 'stopped' ELSE 'late' END AS kind,
      (CASE WHEN %(today)s::date - d.due_on > 90 THEN NULL
        WHEN %(today)s::date - d.due_on > 60 THEN 61 ELSE 31 END)::smallint AS days
  ) c
  WHERE %(today)s::date - d.due_on > 30 AND d.due_on <= coalesce(d.ends_on, d.due_on)
    AND coalesce(d.ends_on, %(today)s::date) >= %(today)s::date
  UNION ALL
  SELECT d.id, 'due ' || d.due_on, NULL, NULL, %(today)s::date, 'long_due' FROM due d
  WHERE months_of(d.frequency) >= 6 AND d.due_on BETWEEN %(today)s::date AND %(today)s::date + %(soon)s
    AND d.due_on <= coalesce(d.ends_on, d.due_on)
  UNION ALL
  SELECT d.id, 'ended ' || d.ends_on, NULL, NULL, d.ends_on, 'stopped' FROM due d
  WHERE d.ends_on < %(today)s::date AND NOT EXISTS (
    SELECT FROM partners_commitment n WHERE n.agency_id = current_agency() AND n.follows_id = d.id
  )
)"""

EVENTS = f"""
, {STANDING}, {OF_GIFTS}, {OF_DAYS}
INSERT INTO partners_commitmentevent
  (agency_id, commitment_id, key, gift_id, days_late, happened_on, kind, found_at)
SELECT current_agency(), found.*, now()
FROM (SELECT * FROM of_gifts UNION ALL SELECT * FROM of_days) found
WHERE kind IS NOT NULL AND happened_on >= %(since)s::date
ORDER BY commitment_id, key
ON CONFLICT (agency_id, commitment_id, key) DO NOTHING RETURNING id
"""  # noqa: S608 - constants
