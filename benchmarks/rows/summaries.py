"""What the monthly summary costs who writes: entries in bulk with its trigger and without."""

from statistics import median

from psycopg2.extensions import connection

from benchmarks.registry import benchmark
from benchmarks.replay import enter
from benchmarks.results import Goal, Result
from benchmarks.timing import once as timed
from benchmarks.world import World

READY = """
CREATE TEMP TABLE moved ON COMMIT DROP AS
SELECT nextval('funds_posting_id_seq') AS posting, p.date, row_number() OVER (ORDER BY p.id) AS n
FROM funds_posting p WHERE p.agency_id = current_agency() AND p.date > current_date - %(days)s
ORDER BY p.id LIMIT %(rows)s;
INSERT INTO funds_posting (id, agency_id, date, kind, source, reason, posted_at)
SELECT posting, current_agency(), date, 'gift', 'OWN', '', now() FROM moved;
CREATE TEMP TABLE parts ON COMMIT DROP AS
SELECT posting, a.id AS account, 1000 + n %% 490 AS amount FROM moved, funds_account a
WHERE a.agency_id = current_agency() AND a.kind = 'deposit'
UNION ALL SELECT m.posting, a.id, -(1000 + m.n %% 490) FROM moved m
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many FROM funds_account
      WHERE agency_id = current_agency() AND kind = 'designation') a ON a.place = m.n %% a.many;
ANALYZE parts
"""
WRITE = """
INSERT INTO funds_entry (agency_id, posting_id, account_id, amount, currency)
SELECT current_agency(), posting, account, amount, 'USD' FROM parts ORDER BY posting
"""


def write(owner: connection) -> None:
    """Insert the entries and check their foreign keys."""
    with owner.cursor() as cursor:
        cursor.execute(WRITE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def once(world: World, owner: connection, *, days: int, summarized: bool) -> float:
    """Milliseconds of one write, rolled back. The trigger that checks entries stays on in both."""
    enter(owner, world.big.agency.pk)
    with owner.cursor() as cursor:
        cursor.execute(READY, {"rows": world.scale.write_rows // 2, "days": days})
        if not summarized:
            cursor.execute("ALTER TABLE funds_entry DISABLE TRIGGER summarize_entries")
    taken = timed(lambda: write(owner))
    owner.rollback()
    return taken


def tax(world: World, name: str, days: int) -> Result:
    """Gifts of so many days into the big agency; the first round warms."""
    owner = world.connected_as("owner")
    taken: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(world.scale.rounds + 1):
        for summarized in (True, False) if turn % 2 else (False, True):
            taken[summarized].append(once(world, owner, days=days, summarized=summarized))
    subject, reference = (median(taken[summarized][1:] or taken[summarized]) for summarized in (True, False))
    return Result(name, "entries with the summary", "entries without it", subject, reference, Goal(1.15, 1.08))


@benchmark("write-tax")
def summaries(world: World) -> list[Result]:
    """A year touches few months of each designation, five years touch most of them."""
    return [tax(world, "write-tax: one year", 365), tax(world, "write-tax: five years", 1825)]
