"""Reports of giving, and lists of commitments, of the big agency as whole pages, against the least that any of them can
take: one sum by giver.
"""

from benchmarks.pages import Visit
from benchmarks.registry import benchmark
from benchmarks.replay import enter, replay
from benchmarks.results import MEASURED_ONLY, Result
from benchmarks.timing import in_turn
from benchmarks.world import World

LEAST = """
SELECT giving_unit_id, currency, sum(amount) FILTER (WHERE date < %s), sum(amount) FILTER (WHERE date >= %s), count(*)
FROM partners_gift WHERE agency_id = current_agency() AND withdrawn_at IS NULL GROUP BY giving_unit_id, currency
"""
REPORTS = (
    "grid", "months", "last_year", "some_years", "new_givers", "lapsed", "retention", "stayed", "changes", "thanks"
)  # fmt: skip


PROMISED = {"commitments": "commitments", "expected": "commitments_expected"}


def page(world: World, name: str, address: str) -> Result:
    """One page."""
    visit = Visit(world.big, address)
    web = world.connected_as("web")
    enter(web, world.big.agency.pk)
    today = world.big.agency.today()
    subject, reference = in_turn(visit, lambda: replay(web, [(LEAST, (today, today))]), rounds=world.scale.rounds)
    return Result(
        name, "the page", "all gifts summed by giver", subject, reference, MEASURED_ONLY, visit.split().in_words()
    )


@benchmark("reports")
def reports(world: World) -> list[Result]:
    """Each report with its own choice of periods."""
    return [page(world, f"report: {key.replace('_', ' ')}", f"giving_{key}") for key in REPORTS]


@benchmark("commitments")
def commitments(world: World) -> list[Result]:
    """How promises stand, and what they bring this month."""
    return [page(world, f"promised: {name}", address) for name, address in PROMISED.items()]
