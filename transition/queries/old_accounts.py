"""Gifts that came on a worker's account although the commitment has moved. They are kept as they were given; somebody
talks to the giver.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from transition.models import Plan

STILL = """
WITH moved AS (
  SELECT s.id AS shift_id, s.commitment_id, s.amount, c.giving_unit_id, c.designation_id, a.effective_on
  FROM transition_shift s
  JOIN transition_wave w ON w.agency_id = s.agency_id AND w.id = s.wave_id AND w.plan_id = %(plan)s
  JOIN partners_commitment c ON c.agency_id = s.agency_id AND c.id = s.commitment_id
  JOIN LATERAL (
    SELECT t.kind, t.effective_on FROM transition_shiftact t
    WHERE t.agency_id = s.agency_id AND t.shift_id = s.id AND t.taken_back_at IS NULL
    ORDER BY t."on" DESC, t.id DESC LIMIT 1
  ) a ON a.kind = 'moved'
  WHERE s.agency_id = current_agency()
)
SELECT DISTINCT m.shift_id, m.commitment_id, g.id, g.date, l.id, l.amount, g.currency
FROM moved m JOIN partners_givingunit u ON u.agency_id = current_agency() AND u.id = m.giving_unit_id
JOIN partners_givingunit v ON v.agency_id = current_agency()
  AND coalesce(v.partner_id, -v.id) = coalesce(u.partner_id, -u.id)
JOIN partners_gift g ON g.agency_id = current_agency() AND g.giving_unit_id = v.id AND g.withdrawn_at IS NULL
  AND g.reverses_id IS NULL AND g.kind <> 'in_kind'
  AND g.date >= m.effective_on AND g.date >= coalesce(%(live)s::date, g.date)
JOIN partners_giftline l ON l.agency_id = current_agency() AND l.gift_id = g.id
  AND l.designation_id = m.designation_id AND l.withdrawn_at IS NULL
WHERE l.amount + coalesce((
  SELECT sum(r.amount) FROM partners_gift b JOIN partners_giftline r ON r.agency_id = current_agency()
    AND r.gift_id = b.id AND r.designation_id = l.designation_id AND r.withdrawn_at IS NULL
  WHERE b.agency_id = current_agency() AND b.reverses_id = g.id AND b.withdrawn_at IS NULL
), 0) > 0 AND NOT EXISTS (
  SELECT FROM partners_commitment c JOIN partners_givingunit w ON w.agency_id = current_agency()
    AND w.id = c.giving_unit_id AND coalesce(w.partner_id, -w.id) = coalesce(u.partner_id, -u.id)
  WHERE c.agency_id = current_agency() AND c.designation_id = m.designation_id AND c.id <> m.commitment_id
    AND abs(c.amount - l.amount) <= abs(m.amount - l.amount)
    AND c.currency = g.tendered_currency AND c.starts_on <= g.date AND coalesce(c.ends_on, g.date) >= g.date
) AND NOT EXISTS (
  SELECT FROM transition_talkedover o
  WHERE o.agency_id = current_agency() AND o.line_id = l.id AND o.taken_back_at IS NULL
)
ORDER BY g.date DESC, l.id DESC
"""


@dataclass(frozen=True)
class StillThere:
    """A gift line on the old account, in minor units."""

    shift_id: int
    commitment_id: int
    gift_id: int
    day: date
    line_id: int
    amount: int
    currency: str


def still_on_old_accounts(plan: Plan) -> list[StillThere]:
    """Gift lines on old accounts since the commitment moved that nobody has talked over yet, the newest first;
    not those that fit another promise of the giver to that account as well or better, nor what was given back. Gifts of
    before the go-live date are history. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(STILL, {"plan": plan.pk, "live": plan.agency.live_on})
        return [StillThere(*row) for row in cursor.fetchall()]
