"""All statements of all years add up to the ledger, every gift exactly once (rule of agency.md, proof `statements`).

Three ways to the same sums, apart from each other: the contents that statements are printed from, with the lines that
are explicitly left out; the rows of gift lines; the entries of the ledger that gifts posted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from agencies.models import Agency
from agencies.proofs import Finding
from core.money import Money
from funds.proofs import rows
from reports.documents.contents import Names, content_hash, contents_of
from reports.models import StatementSeries
from reports.queries.givers import years_with_gifts
from reports.queries.issues import gaps, newest_of
from reports.queries.lines import lines_of
from reports.queries.naming import public_names
from reports.queries.standing import Standing

GIVERS_AT_ONCE = 500
Key = tuple[int, str]
"""Giving unit and currency."""

# Apart from the query that statements use: what stands, by giving unit and currency; of a giving unit that a merge of
# two of a kind brought, by the survivor's own, unless a statement of its own was issued (ADR 14).
GIVEN = """
WITH own AS (
  SELECT DISTINCT ON (partner_id) partner_id, id, name FROM partners_givingunit
  WHERE came_by_id IS NULL ORDER BY partner_id, id
), another AS (
  SELECT m.survivor_id FROM partners_mergestep s JOIN partners_merge m ON m.id = s.merge_id
  WHERE m.undone_at IS NULL AND s.what = 'partner' AND (s.before ? 'kind' OR s.before ->> 'spouse_first_name' = '')
), joined AS (
  SELECT u.id, own.id AS into_id FROM partners_givingunit u
  JOIN partners_merge m ON m.agency_id = u.agency_id AND m.id = u.came_by_id AND m.undone_at IS NULL
  JOIN partners_partner was ON was.agency_id = u.agency_id AND was.id = m.loser_id
  JOIN partners_partner now ON now.agency_id = u.agency_id AND now.id = u.partner_id
  JOIN own ON own.partner_id = u.partner_id
  WHERE was.kind = now.kind AND u.partner_id NOT IN (SELECT survivor_id FROM another)
    AND (now.kind = 'household' OR (was.spouse_first_name = '') = (now.spouse_first_name = ''))
    AND (u.name = own.name OR (u.name = was.name AND own.name = now.name))
    AND NOT EXISTS (SELECT FROM reports_statementissue i
      WHERE i.agency_id = u.agency_id AND i.giving_unit_id = u.id AND i.year = {year:d})
)
SELECT coalesce(j.into_id, g.giving_unit_id), g.currency, sum(l.amount), count(*)
FROM partners_gift g JOIN partners_giftline l ON l.agency_id = g.agency_id AND l.gift_id = g.id
LEFT JOIN joined j ON j.id = g.giving_unit_id
WHERE g.withdrawn_at IS NULL AND l.withdrawn_at IS NULL AND extract(year FROM g.date) = {year:d}
GROUP BY 1, 2
"""
# Each gift against what its posting, less a reversal of it, brought to designations and suspense.
NOT_IN_THE_LEDGER = """
SELECT g.id, g.currency, coalesce(l.total, 0), coalesce(e.total, 0)
FROM partners_gift g
LEFT JOIN (SELECT gift_id, sum(amount) AS total FROM partners_giftline WHERE withdrawn_at IS NULL GROUP BY gift_id) l
  ON l.gift_id = g.id
LEFT JOIN (
  SELECT coalesce(p.reverses_id, p.id) AS posting_id, e.currency, -sum(e.amount) AS total
  FROM funds_posting p JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id
  JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id
  WHERE a.kind <> 'deposit' AND p.kind IN ('gift', 'reversal') GROUP BY 1, 2
) e ON e.posting_id = g.posting_id AND e.currency = g.currency
WHERE coalesce(l.total, 0) <> coalesce(e.total, 0) ORDER BY 1
"""
WITHOUT_GIFT = """
SELECT p.id FROM funds_posting p LEFT JOIN partners_gift g ON g.agency_id = p.agency_id AND g.posting_id = p.id
WHERE p.kind = 'gift' AND g.id IS NULL ORDER BY 1
"""
# The year of a ledger entry is that of the gift's contribution date, whenever the money reached the bank.
POSTED = """
SELECT extract(year FROM g.date)::int, e.currency, -sum(e.amount)
FROM partners_gift g
JOIN funds_posting p ON p.agency_id = g.agency_id AND (p.id = g.posting_id OR p.reverses_id = g.posting_id)
JOIN funds_entry e ON e.agency_id = p.agency_id AND e.posting_id = p.id
JOIN funds_account a ON a.agency_id = e.agency_id AND a.id = e.account_id
WHERE a.kind <> 'deposit' GROUP BY 1, 2
"""
TIMING = """
SELECT count(*) FROM partners_gift g JOIN funds_posting p ON p.agency_id = g.agency_id AND p.id = g.posting_id
WHERE g.withdrawn_at IS NULL AND extract(year FROM p.date) <> extract(year FROM g.date)
"""
OTHER_FILE = """
SELECT i.year, i.number FROM reports_statementfile f
JOIN reports_statementissue i ON i.agency_id = f.agency_id AND i.id = f.issue_id
LEFT JOIN jobs_storedfile s ON s.id = f.stored_id WHERE s.sha256 IS DISTINCT FROM f.sha256 ORDER BY 1, 2
"""


def prove_statements(agency: Agency) -> Finding:
    """For each year and currency: statements + what is explicitly left out = gift lines = ledger. Each difference names
    its giving unit, gift or posting. Numbers of issued statements have no gap; content and file are what was issued.

    Counted besides: `timing`, gifts whose money was posted in another year than they were given; `outdated`, issued
    statements that a run would replace.
    """
    compared: Counter[str] = Counter(timing=int(rows(TIMING)[0][0]))
    differences = [*not_in_the_ledger(), *files_that_differ()]
    posted = {(int(year), currency): int(total) for year, currency, total in rows(POSTED)}
    names = public_names()
    for year in years_with_gifts():
        said = Sums()
        giving = add_lines(said, year, compared)
        for givers in chunks(iter(giving)):
            differences += add_contents(said, agency, year, {giver: giving[giver] for giver in givers}, names, compared)
        given = {(giver, code): (int(total), int(n)) for giver, code, total, n in rows(GIVEN.format(year=year))}
        differences += [*of_givers(year, said, given), *of_year(year, given, posted)]
        compared["years"] += 1
    for year in StatementSeries.objects.order_by("year").values_list("year", flat=True):
        differences += gaps(year)
    return Finding("statements", agency.slug, dict(compared), differences)


@dataclass
class Sums:
    """What statements and left-out lines come to, by giving unit and currency."""

    amounts: Counter[Key] = field(default_factory=Counter)
    lines: Counter[Key] = field(default_factory=Counter)

    def put(self, key: Key, amount: int, lines: int = 1) -> None:
        self.amounts[key] += amount
        self.lines[key] += lines


def add_lines(said: Sums, year: int, compared: Counter[str]) -> dict[int, int]:
    """Add what is left out of statements, and the amounts of goods, which no statement tells. Return the giving units
    with the number of their goods.
    """
    giving: dict[int, int] = {}
    for line in lines_of(year):
        compared["lines"] += 1
        is_goods = line.standing == Standing.GOODS
        giving[line.giver] = giving.get(line.giver, 0) + is_goods
        if line.standing != Standing.MONEY:
            said.put((line.giver, line.currency), line.amount)
        if not line.is_stated:
            compared[f"left out: {line.standing}"] += 1
    return giving


def add_contents(
    said: Sums, agency: Agency, year: int, givers: dict[int, int], names: Names, compared: Counter[str]
) -> list[str]:
    """Add the money of these statements, from what would be printed now; hold the goods against their number, and what
    was issued against its hash.
    """
    newest, differences = newest_of(year, list(givers)), []
    for giver, content in contents_of(agency, year, list(givers), names).items():
        for line in content["lines"]:
            if line["amount"]:
                said.put((giver, line["amount"][1]), line["amount"][0])
        goods = sum(1 for line in content["lines"] if line["goods"])
        said.put((giver, ""), 0, goods - givers[giver])
        compared["statements"] += bool(content["lines"])
        if issued := newest.get(giver):
            compared["issued"] += 1
            compared["outdated"] += issued.content_hash != content_hash(content)
            if issued.content_hash != content_hash(issued.content):
                differences.append(f"Statement {issued} does not say what its hash says.")
    return differences


def chunks(givers: Iterator[int]) -> Iterator[list[int]]:
    """Giving units, some hundred at a time."""
    while some := list(islice(givers, GIVERS_AT_ONCE)):
        yield some


def of_givers(year: int, said: Sums, given: dict[Key, tuple[int, int]]) -> Iterator[str]:
    """A sentence for each giving unit whose statement and left-out lines are not its gift lines."""
    for key in sorted({*said.lines, *given}):
        ours, theirs = (said.amounts[key], said.lines[key]), given.get(key, (0, 0))
        if ours != theirs:
            giver, code = key
            yield (
                f"Giving unit {giver}, {year}, {code or 'goods'}: {theirs[1]} gift lines sum to {theirs[0]}, but "
                f"statement and left-out lines are {ours[1]} and sum to {ours[0]}."
            )


def of_year(year: int, given: dict[Key, tuple[int, int]], posted: dict[tuple[int, str], int]) -> Iterator[str]:
    """A sentence for each currency in which the gift lines of a year are not what the ledger holds of them."""
    sums: Counter[str] = Counter()
    for (_, currency), (total, _) in given.items():
        sums[currency] += total
    for currency in sorted({*sums, *(code for when, code in posted if when == year)}):
        ledger = posted.get((year, currency), 0)
        if sums[currency] != ledger:
            lines, entries = written(sums[currency], currency), written(ledger, currency)
            yield f"{year}: gift lines sum to {lines}, the ledger to {entries}."


def written(minor: int, currency: str) -> str:
    """An amount for a sentence of a proof."""
    return f"{Money(minor, currency).decimal_string()} {currency}"


def not_in_the_ledger() -> list[str]:
    """Gifts whose lines are not what their posting says, and postings of no gift."""
    return [
        *(
            f"Gift {gift}: its lines sum to {written(int(lines), code)}, the ledger says {written(int(entries), code)}."
            for gift, code, lines, entries in rows(NOT_IN_THE_LEDGER)
        ),
        *(f"Posting {posting} is of kind gift, but belongs to no gift." for (posting,) in rows(WITHOUT_GIFT)),
    ]


def files_that_differ() -> list[str]:
    """Statements whose stored file is not the one that was issued."""
    return [f"The file of statement {year}-{number:06d} is not what was issued." for year, number in rows(OTHER_FILE)]
