"""Background work through the real worker."""

from benchmarks.registry import benchmark
from benchmarks.results import Goal, Result
from benchmarks.timing import in_turn
from benchmarks.worker import forget, state_of, wait_until, working
from benchmarks.world import Place, World


def begun(place: Place) -> int:
    """Start a job that has nothing to do: a part of a run of a year without gifts."""
    from django.db import transaction

    from agencies import scope
    from jobs import operations
    from reports.models import StatementPart, StatementRun

    with scope.fresh(), transaction.atomic(), scope.of_agency(place.agency.pk):
        run = StatementRun.objects.create(agency=place.agency, year=1901, total=0, skipped={}, started_by=place.user)
        part = StatementPart.objects.create(agency=place.agency, run=run, place=0, of=1)
        job = operations.start(kind="statements.run", actor=place.user, title="Measured", arguments={"part": part.pk})
        return int(job.pk)


def here(place: Place) -> None:
    """The same job without a broker, run in this process."""
    from agencies.scope import Scope
    from jobs.runner import run_job

    run_job(Scope(agency_id=place.agency.pk), begun(place), has_heart=False)


def round_trip(place: Place) -> None:
    """From the click to the end of the job."""
    job = begun(place)
    state = wait_until(lambda: state_of(place, job))
    assert state == "done", state


@benchmark("jobs")
def jobs(world: World) -> list[Result]:
    """What the broker, the worker's lease and its heartbeat add to the work itself."""
    with working(1):
        round_trip(world.usual)
        subject, reference = in_turn(
            lambda: round_trip(world.usual), lambda: here(world.usual), rounds=world.scale.rounds * 2
        )
    forget(world)
    return [Result("job round trip", "start to done by a worker", "run in this process", subject, reference, Goal())]
