"""The month ledger proved from the raw rows, by SQL of its own: promises, acts, gifts."""

from django.db import connection

from agencies.models import Agency
from agencies.proofs import Finding
from core.planner import joined_by_sets
from transition.models import Plan
from transition.queries.months import Part, looked_at, looked_on, opened_shifts, part_of

# One row per commitment of an opened wave and month. `may` and `must`: whether a gift that came for the unit can be one
# for this promise, and whether it is one in any case, as the giver promised nothing else to the unit in that currency.
RAW = """
WITH RECURSIVE chain AS (
  SELECT s.id AS shift_id, c.id, c.starts_on, c.ends_on, c.designation_id, c.amount, c.currency, c.frequency,
    c.giving_unit_id, true AS begins
  FROM transition_shift s JOIN partners_commitment c ON c.agency_id = s.agency_id AND c.id = s.commitment_id
  WHERE s.agency_id = current_agency()
  UNION ALL
  SELECT chain.shift_id, n.id, n.starts_on, n.ends_on, n.designation_id, n.amount, n.currency, n.frequency,
    n.giving_unit_id, n.resumes OR n.designation_id <> chain.designation_id
  FROM chain JOIN partners_commitment n ON n.agency_id = current_agency() AND n.follows_id = chain.id
), interval_of (frequency, payments, months) AS (
  VALUES ('weekly', 52, 12), ('two_weekly', 26, 12), ('monthly', 1, 1), ('two_monthly', 1, 2), ('quarterly', 1, 3),
    ('four_monthly', 1, 4), ('half_yearly', 1, 6), ('yearly', 1, 12), ('two_yearly', 1, 24)
), opened AS (
  SELECT s.id, s.agency_id, s.amount, s.currency, s.frequency, w.opened_on, p.designation_id AS target
  FROM transition_shift s JOIN transition_wave w ON w.agency_id = s.agency_id AND w.id = s.wave_id
  JOIN transition_plan p ON p.agency_id = w.agency_id AND p.id = w.plan_id WHERE w.opened_on IS NOT NULL
), looked AS (
  SELECT o.*, m.month::date AS month,
    extract(year FROM m.month)::int * 12 + extract(month FROM m.month)::int - 1 AS no,
    least((m.month + interval '1 month - 1 day')::date, %(today)s::date) AS day
  FROM opened o
  CROSS JOIN LATERAL generate_series(
    date_trunc('month', o.opened_on::timestamp), %(today)s::timestamp, '1 month'
  ) m (month)
)
SELECT l.id, l.month, l.currency,
  l.amount * i.payments * (l.no + 1) / i.months - l.amount * i.payments * l.no / i.months AS before,
  coalesce(n.amount * j.payments * (l.no + 1) / j.months - n.amount * j.payments * l.no / j.months, 0) AS worth,
  coalesce(n.currency, l.currency) AS worth_currency, coalesce(n.designation_id = l.target, false) AS to_unit,
  coalesce(a.kind IN ('silent', 'declined', 'stopped', 'rolled_back', 'left'), false) AS stays,
  coalesce(g.came, false) AS may, coalesce(g.came, false) AND NOT coalesce(g.others, false) AS must
FROM looked l JOIN interval_of i ON i.frequency = l.frequency
LEFT JOIN LATERAL (
  SELECT c.* FROM chain c WHERE c.shift_id = l.id AND c.starts_on <= l.day AND coalesce(c.ends_on, l.day) >= l.day
  ORDER BY c.starts_on DESC, c.id DESC LIMIT 1
) n ON true LEFT JOIN interval_of j ON j.frequency = n.frequency
LEFT JOIN LATERAL (
  SELECT t.kind FROM transition_shiftact t
  WHERE t.agency_id = l.agency_id AND t.shift_id = l.id AND t.taken_back_at IS NULL AND t."on" <= l.day
  ORDER BY t."on" DESC, t.id DESC LIMIT 1
) a ON true
LEFT JOIN LATERAL (
  SELECT max(c.starts_on) AS since FROM chain c
  WHERE c.shift_id = l.id AND c.begins AND c.starts_on <= n.starts_on AND c.designation_id = l.target
) r ON true
LEFT JOIN LATERAL (
  SELECT min(t."on") AS told FROM transition_shiftact t
  WHERE t.agency_id = l.agency_id AND t.shift_id = l.id AND t.taken_back_at IS NULL AND t.kind = 'noticed'
    AND t."on" <= l.day AND NOT EXISTS (
      SELECT FROM transition_shiftact b WHERE b.agency_id = l.agency_id AND b.shift_id = l.id AND b.kind = 'rolled_back'
        AND b.taken_back_at IS NULL AND b."on" <= l.day AND (b."on", b.id) > (t."on", t.id)
    )
) q ON true
LEFT JOIN LATERAL (
  SELECT bool_or(true) AS came, NOT bool_or(f.date BETWEEN c.starts_on - 14 AND coalesce(c.ends_on + 14, f.date))
    OR bool_or(EXISTS (
      SELECT FROM partners_commitment o JOIN partners_givingunit v ON v.agency_id = o.agency_id
        AND v.id = o.giving_unit_id
      WHERE o.agency_id = l.agency_id AND coalesce(v.partner_id, -v.id) = coalesce(u.partner_id, -u.id)
        AND o.designation_id = l.target AND o.id NOT IN (SELECT id FROM chain WHERE shift_id = l.id)
    )) AS others
  FROM chain c JOIN partners_givingunit u ON u.agency_id = l.agency_id AND u.id = c.giving_unit_id
  JOIN partners_givingunit w ON w.agency_id = l.agency_id
    AND coalesce(w.partner_id, -w.id) = coalesce(u.partner_id, -u.id)
  JOIN partners_gift f ON f.agency_id = l.agency_id AND f.giving_unit_id = w.id AND f.withdrawn_at IS NULL
    AND f.reverses_id IS NULL AND f.kind <> 'in_kind' AND f.tendered_currency = c.currency AND f.date <= l.day
  JOIN partners_giftline e ON e.agency_id = l.agency_id AND e.gift_id = f.id AND e.designation_id = l.target
    AND e.withdrawn_at IS NULL AND e.amount + coalesce((
      SELECT sum(r.amount) FROM partners_gift b JOIN partners_giftline r ON r.agency_id = b.agency_id
        AND r.gift_id = b.id AND r.designation_id = l.target AND r.withdrawn_at IS NULL
      WHERE b.agency_id = l.agency_id AND b.reverses_id = f.id AND b.withdrawn_at IS NULL
    ), 0) > 0
  WHERE c.shift_id = l.id AND c.designation_id = l.target AND c.starts_on BETWEEN r.since AND n.starts_on
    AND f.date >= coalesce(q.told, f.date) AND f.date >= c.starts_on - 45 AND f.date <= coalesce(c.ends_on + 45, f.date)
) g ON true
ORDER BY l.id, l.month
"""


def prove_transition(agency: Agency) -> Finding:
    """Each commitment of each month stands as its promises, acts and gifts say, and every month adds up. A difference
    names the commitment and the month. Where a giver promised the unit something else too, which promise a gift is for
    is left to the rule of fulfilment; all else is computed apart from it.
    """
    shifts = opened_shifts(Plan.objects.all())
    looked = {each.shift.pk: each for each in looked_at(agency, shifts)}
    today, differences, months = agency.today(), [], 0
    with joined_by_sets(), connection.cursor() as cursor:
        cursor.execute(RAW, {"today": today})
        raw = cursor.fetchall()
    for pk, month, currency, before, worth, worth_currency, to_unit, stays, may, must in raw:
        months += 1
        part = part_of(looked[pk], month, looked_on(month, today))
        kept = min(before, worth) if currency == worth_currency else 0
        moved = bool(part.moved)
        raw_moved = to_unit and bool(kept) and (must or (may and moved))
        raw_stayed = stays and not to_unit
        wanted = Part(
            pk,
            currency,
            before,
            moved=kept if raw_moved else 0,
            stayed=kept if raw_stayed else 0,
            lost=before - kept,
            pending=0 if raw_moved or raw_stayed else kept,
            new=worth - kept,
            new_currency=worth_currency,
        )
        if part != wanted:
            differences.append(f"Commitment {looked[pk].shift.commitment_id} in {month:%Y-%m}: {part} is {wanted}.")
    return Finding("transition", agency.slug, {"commitments": len(shifts), "months": months}, differences)
