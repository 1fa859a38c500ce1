"""Search behind row-level security, where operators such as ILIKE may use no index unless a function lets them."""

from benchmarks.registry import benchmark
from benchmarks.replay import Statement, enter, replay
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World

GOAL = Goal(1.5, 1.25)
BY_NAME = "SELECT partner_id FROM find_partners(%s::text[], %s)"
BY_NAME_PAST = """
SELECT id FROM partners_partner WHERE agency_id = {agency} AND {words} ORDER BY sort_name, id LIMIT %s
"""
BY_EMAIL = """
SELECT p.id, p.name FROM "partners_partner" p JOIN "partners_emailaddress" e
  ON e.agency_id = p.agency_id AND e.partner_id = p.id
WHERE e.norm = %s
"""
WORDS = {"one word, many": ["%brandt%"], "two words, few": ["%kezia%", "%kestrel%"]}


def pair(world: World, name: str, fenced: Statement, plain: Statement) -> Result:
    """One search in the big agency, both ways."""
    agency = world.big.agency.pk
    web, past = world.connected_as("web"), world.connected_as("backup")
    enter(web, agency)
    enter(past, agency)
    subject, reference = in_turn(
        lambda: replay(web, [fenced]), lambda: replay(past, [plain]), rounds=world.scale.rounds * 5
    )
    return Result(name, "behind RLS", "without RLS", subject, reference, GOAL)


def by_name(world: World, words: str, patterns: list[str]) -> Result:
    """All names with these words in them, as the list of partners asks for them."""
    from partners.queries.partners import NO_LIMIT

    words_in_name = " AND ".join(["folded(name || ' ' || roman_name) LIKE %s"] * len(patterns))
    past = BY_NAME_PAST.format(agency=world.big.agency.pk, words=words_in_name)
    return pair(world, f"search: name, {words}", (BY_NAME, [patterns, NO_LIMIT]), (past, [*patterns, NO_LIMIT]))


def by_email(world: World) -> Result:
    """The address as somebody types it, found by its stored normal form."""
    agency = world.big.agency.pk
    norm = "ben.ekwueme.1@example.org"
    past = BY_EMAIL.replace(
        '"partners_partner" p', f'(SELECT * FROM "partners_partner" WHERE agency_id = {agency}) p'
    ).replace('"partners_emailaddress" e', f'(SELECT * FROM "partners_emailaddress" WHERE agency_id = {agency}) e')
    return pair(world, "search: e-mail", (BY_EMAIL, [norm]), (past, [norm]))


@benchmark("search")
def search(world: World) -> list[Result]:
    """Names and e-mail addresses."""
    names = [by_name(world, words, patterns) for words, patterns in WORDS.items()]
    return [*names, by_email(world)]
