"""Matches with the bank proved by SQL of its own: what explains a line is the line, and nothing is matched twice."""

from agencies.models import Agency
from agencies.proofs import Finding
from core.planner import joined_by_sets
from funds.proofs import rows
from partners.proofs import amount

UNEXPLAINED = """
SELECT l.id, l.currency, l.amount, coalesce(sum(p.amount), 0)
FROM partners_bankmatch m JOIN partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
LEFT JOIN partners_matchpart p ON p.agency_id = m.agency_id AND p.match_id = m.id
WHERE m.undone_at IS NULL GROUP BY l.id, l.currency, l.amount
HAVING count(DISTINCT m.id) > 1 OR coalesce(sum(p.amount), 0) <> l.amount ORDER BY l.id
"""
STANDING = """
standing AS (
  SELECT p.agency_id, p.batch_id, p.gift_id, p.amount, l.currency, m.line_id FROM partners_matchpart p
  JOIN partners_bankmatch m ON m.agency_id = p.agency_id AND m.id = p.match_id AND m.undone_at IS NULL
  JOIN partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
)
"""
GIFTS = f"""
WITH {STANDING}
SELECT g.id, g.currency, g.amount, sum(s.amount), g.withdrawn_at IS NOT NULL,
  count(*) FILTER (WHERE s.currency <> g.currency)
FROM standing s JOIN partners_gift g ON g.agency_id = s.agency_id AND g.id = s.gift_id
GROUP BY g.id, g.currency, g.amount, g.withdrawn_at
HAVING g.withdrawn_at IS NOT NULL OR bool_or(s.currency <> g.currency)
  OR sum(s.amount) NOT BETWEEN least(g.amount, 0) AND greatest(g.amount, 0) ORDER BY g.id
"""  # noqa: S608 - constants
# What a batch comes to, folded here once more from its gifts and what stands in the place of those corrected.
BATCHES = f"""
WITH RECURSIVE {STANDING}, heir (batch_id, id) AS (
  SELECT g.batch_id, g.id FROM partners_gift g WHERE g.batch_id IS NOT NULL
  UNION
  SELECT h.batch_id, c.replacement_id FROM heir h
  JOIN partners_giftcorrection c ON c.gift_id = h.id AND c.replacement_id IS NOT NULL
), come AS (
  SELECT h.batch_id, sum(g.amount) AS total FROM heir h JOIN partners_gift g ON g.id = h.id
  JOIN partners_giftbatch b ON b.id = h.batch_id AND b.currency = g.currency
  WHERE g.withdrawn_at IS NULL AND g.kind <> 'in_kind' GROUP BY h.batch_id
)
SELECT b.number, b.currency, coalesce(max(c.total), 0), sum(s.amount)
FROM standing s JOIN partners_giftbatch b ON b.agency_id = s.agency_id AND b.id = s.batch_id
LEFT JOIN come c ON c.batch_id = b.id
GROUP BY b.id, b.number, b.currency, b.state
HAVING b.state <> 'posted' OR bool_or(s.currency <> b.currency)
  OR sum(s.amount) NOT BETWEEN 0 AND coalesce(max(c.total), 0) ORDER BY b.number
"""  # noqa: S608 - constants
GONE = """
SELECT l.id FROM partners_bankmatch m
JOIN partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
WHERE m.undone_at IS NULL AND l.withdrawn_at IS NOT NULL ORDER BY l.id
"""
FEES = """
SELECT m.line_id, l.currency, coalesce(f.kept, 0), sum(x.amount), m.undone_at IS NOT NULL
FROM partners_postedfee d
JOIN partners_bankmatch m ON m.agency_id = d.agency_id AND m.id = d.match_id
JOIN partners_statementline l ON l.agency_id = m.agency_id AND l.id = m.line_id
JOIN funds_expense x ON x.agency_id = d.agency_id AND x.id = d.expense_id
LEFT JOIN LATERAL (
  SELECT -sum(p.amount) AS kept FROM partners_matchpart p
  WHERE p.agency_id = m.agency_id AND p.match_id = m.id AND p.kind = 'fee'
) f ON true
WHERE NOT EXISTS (SELECT FROM funds_posting r WHERE r.agency_id = x.agency_id AND r.reverses_id = x.posting_id)
GROUP BY m.id, m.line_id, l.currency, f.kept, m.undone_at
HAVING sum(x.amount) <> coalesce(f.kept, 0) OR m.undone_at IS NOT NULL OR bool_or(x.currency <> l.currency)
ORDER BY m.line_id
"""
COUNT = "SELECT count(*) FROM partners_bankmatch WHERE undone_at IS NULL"


def prove_reconciliation(agency: Agency) -> Finding:
    """Every matched line is explained to the cent and once; no batch and no gift is matched beyond what it comes to;
    what was taken back under a match is named, and what is posted of a fee is the fee. A difference names the line, the
    gift or the batch.
    """
    with joined_by_sets():  # whole tables
        lines, gifts, batches, gone = (rows(statement) for statement in (UNEXPLAINED, GIFTS, BATCHES, GONE))
        fees = rows(FEES)
        matches = rows(COUNT)[0][0]
    wrong = [
        f"Statement line {line} says {amount(said, currency)}, its match explains {amount(explained, currency)}."
        for line, currency, said, explained in lines
    ]
    wrong += [gift_sentence(*row) for row in gifts]
    wrong += [
        f"Batch {number} comes to {amount(total, currency)}, and {amount(matched, currency)} of it is matched."
        for number, currency, total, matched in batches
    ]
    wrong += [f"Statement line {line} was withdrawn under its match." for (line,) in gone]
    wrong += [fee_sentence(*row) for row in fees]
    return Finding("reconciliation", agency.slug, {"matches": matches}, wrong)


def fee_sentence(line: int, currency: str, kept: int, posted: int, is_undone: bool) -> str:
    """What is wrong with a posted fee."""
    if is_undone:
        return f"The fee of statement line {line} is posted, and its match was taken back."
    return f"The fee of statement line {line} is {amount(kept, currency)}, and {amount(posted, currency)} is posted."


def gift_sentence(gift: int, currency: str, given: int, matched: int, is_withdrawn: bool, foreign: int) -> str:
    """What is wrong with a matched gift."""
    if is_withdrawn:
        return f"Gift {gift} was taken back under its match with the bank."
    if foreign:
        return f"Gift {gift} is matched with a line of another currency."
    return f"Gift {gift} is {amount(given, currency)}, and {amount(matched, currency)} of it is matched."
