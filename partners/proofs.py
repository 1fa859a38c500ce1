"""Gift lines proved against the ledger, designation by designation, by SQL of its own."""

from agencies.models import Agency
from agencies.proofs import Finding
from core.money import Money
from core.planner import joined_by_sets
from funds.proofs import rows

# What gifts brought to an account: their postings, the transfers out of suspense, and the reversals of both.
WHERE_IT_STANDS = """
WITH brought AS (
  SELECT g.agency_id, g.posting_id FROM partners_gift g
  UNION ALL SELECT s.agency_id, s.posting_id FROM partners_suspenseassignment s
), moved AS (
  SELECT agency_id, posting_id FROM brought
  UNION ALL
  SELECT r.agency_id, r.id FROM funds_posting r
  JOIN brought b ON b.agency_id = r.agency_id AND b.posting_id = r.reverses_id
), ledger AS (
  SELECT coalesce(a.designation_id, 0) AS designation, e.currency, -sum(e.amount) AS total
  FROM moved m JOIN funds_entry e ON e.agency_id = m.agency_id AND e.posting_id = m.posting_id
  JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id
  WHERE a.kind IN ('designation', 'suspense') GROUP BY 1, 2
), lines AS (
  SELECT coalesce(l.designation_id, 0) AS designation, g.currency, sum(l.amount) AS total
  FROM partners_giftline l JOIN partners_gift g ON g.agency_id = l.agency_id AND g.id = l.gift_id
  WHERE l.withdrawn_at IS NULL GROUP BY 1, 2
)
SELECT coalesce(d.code, ''), coalesce(l.currency, e.currency), coalesce(l.total, 0), coalesce(e.total, 0)
FROM lines l FULL JOIN ledger e ON e.designation = l.designation AND e.currency = l.currency
LEFT JOIN funds_designation d ON d.id = coalesce(l.designation, e.designation) ORDER BY 1, 2
"""


# A line stands where its gift was posted, but for what a person took out of suspense since.
UNLIKE_ITS_GIFT = """
WITH said AS (
  SELECT g.posting_id, coalesce(a.id, 0) AS account, g.currency, -sum(l.amount) AS amount
  FROM partners_gift g JOIN partners_giftline l ON l.agency_id = g.agency_id AND l.gift_id = g.id
  LEFT JOIN funds_account a ON a.agency_id = l.agency_id AND a.designation_id = l.designation_id AND NOT EXISTS (
    SELECT FROM partners_suspenseassignment s WHERE s.agency_id = l.agency_id AND s.line_id = l.id
  ) GROUP BY 1, 2, 3
), held AS (
  SELECT e.posting_id, CASE a.kind WHEN 'designation' THEN a.id ELSE 0 END AS account, e.currency,
    sum(e.amount) AS amount
  FROM funds_entry e JOIN funds_posting p ON p.agency_id = e.agency_id AND p.id = e.posting_id AND p.kind = 'gift'
  JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id AND a.kind IN ('designation', 'suspense')
  GROUP BY 1, 2, 3
)
SELECT DISTINCT coalesce(s.posting_id, h.posting_id) FROM said s
FULL JOIN held h ON h.posting_id = s.posting_id AND h.account = s.account AND h.currency = s.currency
WHERE coalesce(s.amount, 0) <> coalesce(h.amount, 0) ORDER BY 1
"""
DEPOSITED = """
SELECT g.posting_id FROM partners_gift g LEFT JOIN LATERAL (
  SELECT sum(e.amount) AS amount FROM funds_entry e
  JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id AND a.kind = 'deposit'
  WHERE e.agency_id = g.agency_id AND e.posting_id = g.posting_id AND e.currency = g.currency
) d ON true WHERE coalesce(d.amount, 0) <> g.amount ORDER BY 1
"""
COUNTED = """
SELECT (SELECT count(*) FROM partners_gift), (
  SELECT count(*) FROM partners_gift g JOIN funds_posting p ON p.agency_id = g.agency_id AND p.id = g.posting_id
  WHERE p.date <> g.date
)
"""


def prove_gifts(agency: Agency) -> Finding:
    """Each gift's posting holds the gift: the deposit its amount, each designation its lines. A difference names the
    posting. It counts the gifts that were posted on another day than they were given (deposited later), since they
    stand in one period of the ledger and in another of statements.
    """
    with joined_by_sets():  # whole tables
        gifts, later = rows(COUNTED)[0]
        wrong = sorted({row[0] for row in (*rows(UNLIKE_ITS_GIFT), *rows(DEPOSITED))})
    differences = [f"Posting {posting} does not hold what its gift says." for posting in wrong]
    return Finding("gifts", agency.slug, {"gifts": gifts, "posted on another day": later}, differences)


def prove_designations(agency: Agency) -> Finding:
    """For each designation and currency, and for suspense: the lines that stand there sum to what gifts, and transfers
    out of suspense, brought to its account. Each difference names the designation by its code.
    """
    with joined_by_sets():  # whole tables
        found = rows(WHERE_IT_STANDS)
    differences = [
        f"{code or 'Suspense'}: its lines sum to {amount(lines, currency)}, the ledger says {amount(ledger, currency)}."
        for code, currency, lines, ledger in found
        if lines != ledger
    ]
    return Finding("designations", agency.slug, {"accounts": len(found)}, differences)


# A record that was merged points to one that stands, by the one merge that stands, and no money is left with it.
MERGED_WRONGLY = """
SELECT format('Partner %s is merged into partner %s, who does not stand.', p.id, q.id)
FROM partners_partner p JOIN partners_partner q ON q.agency_id = p.agency_id AND q.id = p.merged_into_id
WHERE q.merged_into_id IS NOT NULL OR q.id = p.id
UNION ALL
SELECT format('Partner %s is merged %s times.', m.loser_id, count(*))
FROM partners_merge m WHERE m.undone_at IS NULL GROUP BY m.loser_id HAVING count(*) > 1
UNION ALL
SELECT format('Partner %s: its record and its merge do not say the same.', coalesce(m.loser_id, p.id))
FROM (SELECT id FROM partners_partner WHERE merged_into_id IS NOT NULL) p
FULL JOIN (SELECT DISTINCT loser_id FROM partners_merge WHERE undone_at IS NULL) m ON m.loser_id = p.id
WHERE p.id IS NULL OR m.loser_id IS NULL
ORDER BY 1
"""
LEFT_BEHIND = """
SELECT u.id, u.partner_id, g.currency, sum(g.amount) FROM (
  SELECT u.id, u.agency_id, u.partner_id FROM partners_givingunit u JOIN partners_partner p
    ON p.agency_id = u.agency_id AND p.id = u.partner_id AND p.merged_into_id IS NOT NULL
  UNION
  SELECT u.id, u.agency_id, u.partner_id FROM partners_merge m
  JOIN partners_mergestep s ON s.agency_id = m.agency_id AND s.merge_id = m.id AND s.what = 'givingunit'
    AND s.after ? 'partner_id'
  JOIN partners_givingunit u ON u.agency_id = s.agency_id AND u.id = ANY (s.ids)
  JOIN partners_partner p ON p.agency_id = m.agency_id AND p.id = m.loser_id
  WHERE m.undone_at IS NULL AND u.partner_id IS DISTINCT FROM p.merged_into_id
) u LEFT JOIN partners_gift g ON g.agency_id = u.agency_id AND g.giving_unit_id = u.id AND g.withdrawn_at IS NULL
GROUP BY 1, 2, 3 ORDER BY 1, 3
"""


def prove_merges(agency: Agency) -> Finding:
    """Who was merged is one partner with one other, who stands; and every giving unit that went over is there, with
    each cent of it. A difference names the partner, or the giving unit and what was given to it.
    """
    with joined_by_sets():  # whole tables
        wrong = [row[0] for row in rows(MERGED_WRONGLY)]
        left = rows(LEFT_BEHIND)
        merges = rows("SELECT count(*) FROM partners_merge WHERE undone_at IS NULL")[0][0]
    for unit, partner, currency, minor in left:
        given = amount(minor, currency) if currency else "nothing"
        wrong.append(f"Giving unit {unit} stands with partner {partner} and did not go over: {given}.")
    return Finding("merges", agency.slug, {"merges": merges}, wrong)


def amount(minor: object, currency: str) -> str:
    """An exact amount for machines."""
    return f"{Money(int(str(minor)), currency).decimal_string()} {currency}"
