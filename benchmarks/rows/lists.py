"""List pages through the whole request, against their own statements fetched raw; split into SQL, template, rest."""

from benchmarks.pages import Visit
from benchmarks.registry import benchmark
from benchmarks.replay import enter, replay
from benchmarks.results import MEASURED_ONLY, Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import Place, World

GOAL = Goal(5, 3)


def page(world: World, name: str, place: Place, address: str, goal: Goal = MEASURED_ONLY) -> Result:
    """One page."""
    visit = Visit(place, address)
    visit()
    statements = visit.statements()
    web = world.connected_as("web")
    enter(web, place.agency.pk)
    subject, reference = in_turn(visit, lambda: replay(web, statements), rounds=world.scale.rounds * 3)
    return Result(name, "the page", "its SQL fetched raw", subject, reference, goal, visit.split().in_words())


@benchmark("lists")
def lists(world: World) -> list[Result]:
    """Gifts and partners of a usual agency, where the goal is measured, and of the big one."""
    return [
        page(world, "list: gifts, usual", world.usual, "gifts", GOAL),
        page(world, "list: gifts, big", world.big, "gifts", GOAL),
        page(world, "list: partners, usual", world.usual, "partners", GOAL),
        page(world, "list: partners, big", world.big, "partners", GOAL),
    ]


@benchmark("matrix")
def matrix(world: World) -> list[Result]:
    """200 units by six steps."""
    return [page(world, "matrix: 200 units", world.big, "matrix")]
