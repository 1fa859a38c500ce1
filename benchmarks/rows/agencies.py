"""What one more tenant costs, and one more column."""

from itertools import count

from benchmarks.registry import benchmark
from benchmarks.replay import enter
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.world import World, inside

TEN_MILLISECONDS = 10.0


@benchmark("new-agency")
def new_agency(world: World) -> list[Result]:
    """Agency and administrator, as the command makes them, against the goal's ten milliseconds."""
    from agencies import operations
    from agencies.models import Role

    user, number = world.usual.user, count(1)

    def make() -> None:
        with inside(world.usual):
            agency = operations.create_agency(actor=user, slug=f"new-{next(number)}", name="New")
            operations.add_member(agency=agency, actor=user, user=user, roles=(Role.ADMINISTRATOR,))

    (taken,) = in_turn(make, rounds=world.scale.rounds * 4)
    remark = "the reference is the goal: 10 ms"
    return [Result("new agency", "create_agency", "goal", taken, TEN_MILLISECONDS, Goal(1), remark)]


@benchmark("new-column")
def new_column(world: World) -> list[Result]:
    """A column more in the largest table, against the same in a table of a few rows: the rows must not matter."""
    owner = world.connected_as("owner")

    def add(table: str) -> None:
        enter(owner, world.usual.agency.pk)
        with owner.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN measured bigint NOT NULL DEFAULT 0")
        owner.rollback()

    subject, reference = in_turn(
        lambda: add("partners_giftline"), lambda: add("ssu_strategy"), rounds=world.scale.rounds * 4
    )
    return [Result("new column", "in all gift lines", "in a small table", subject, reference, Goal(3))]
