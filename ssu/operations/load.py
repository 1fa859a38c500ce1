"""Creating or updating strategies, units and workers from rows, by their codes. The same rows twice change nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies.models import Agency, Role
from ssu.models import Strategy, TeamMember, Unit, Worker
from ssu.operations.rollout import start_rollout
from ssu.operations.strategies import add_strategy, edit_strategy
from ssu.operations.team import add_team_member, add_worker, edit_worker, end_service
from ssu.operations.units import add_unit, edit_unit
from ssu.setup_problems import Problems
from ssu.setup_rows import StrategyRow, UnitRow, WorkerRow

UNIT_COLUMNS = {"code": "designation", "discretion": "security", "alias": "alias"}
WORKER_COLUMNS = {"alias": "name"}


@dataclass(frozen=True)
class Loaded:
    """Units and workers by their code, which is their designation code in the agency's files."""

    units: dict[str, Unit]
    workers: dict[str, Worker]


@transaction.atomic
def load_units(
    *,
    agency: Agency,
    actor: User | None,
    strategies: Iterable[StrategyRow],
    units: Iterable[UnitRow],
    workers: Iterable[WorkerRow],
    problems: Problems,
) -> Loaded:
    """Create or update by code, in the agency's scope; what the rows do not name stays. A row never makes a unit less
    guarded.

    What a single operation refuses becomes a problem of its row; the caller refuses the whole when there are any.
    """
    by_code: dict[str, Strategy] = {}
    loaded = Loaded({}, {})
    for row in strategies:
        with problems.at("strategies.csv", row.row, {"code": "code"}):
            by_code[row.code] = load_strategy(agency, actor, row)
    for unit in units:
        if unit.strategy in by_code:
            with problems.at("ssus.csv", unit.row, UNIT_COLUMNS):
                loaded.units[unit.code] = load_unit(agency, actor, unit, by_code[unit.strategy])
    for worker in workers:
        if worker.unit in loaded.units:
            with problems.at("workers.csv", worker.row, WORKER_COLUMNS):
                loaded.workers[worker.code] = load_worker(agency, actor, worker, loaded.units[worker.unit])
    return loaded


def load_strategy(agency: Agency, actor: User | None, row: StrategyRow) -> Strategy:
    known: Strategy | None = Strategy.objects.filter(code=row.code).first()
    if known is None:
        return add_strategy(agency=agency, actor=actor, code=row.code, name=row.name)
    goal = known.impact_goal
    return edit_strategy(agency=agency, actor=actor, strategy=known, code=row.code, name=row.name, impact_goal=goal)


def load_unit(agency: Agency, actor: User | None, row: UnitRow, strategy: Strategy) -> Unit:
    fields: dict[str, Any] = {
        "strategy": strategy,
        "name": row.name,
        "alias": row.alias,
        "kind": row.kind,
        "discretion": row.level,
        "shift_date": row.shift_date,
    }
    known: Unit | None = Unit.objects.filter(code=row.code).first()
    if known is None:
        return add_unit(agency=agency, actor=actor, code=row.code, **fields)
    start_rollout(known)
    return edit_unit(agency=agency, actor=actor, unit=known, **fields)


def load_worker(agency: Agency, actor: User | None, row: WorkerRow, unit: Unit) -> Worker:
    """Names come from the file; alias and level are given on pages only."""
    worker: Worker | None = Worker.objects.filter(code=row.code).first()
    if worker is None:
        worker = add_worker(agency=agency, actor=actor, name=row.name, last_name=row.last_name, code=row.code)
    else:
        kept = {"alias": worker.alias, "discretion": worker.discretion}
        edit_worker(agency=agency, actor=actor, worker=worker, name=row.name, last_name=row.last_name, **kept)
    let_serve(agency, actor, row, worker, unit)
    return worker


def let_serve(agency: Agency, actor: User | None, row: WorkerRow, worker: Worker, unit: Unit) -> None:
    """Bring the worker's service as a member in line with the file: it names one unit at a time.

    Service with a planned end goes on until then: in this unit it stays as planned, in others it ends today.
    """
    today = agency.today()
    serving = list(TeamMember.objects.unended().filter(worker=worker, role=Role.MEMBER))
    for member in serving:
        if member.unit_id != unit.pk:
            end_service(agency=agency, actor=actor, member=member, left_on=max(today, member.joined_on))
    if all(member.unit_id != unit.pk for member in serving):
        joined = today if serving else row.since or today
        add_team_member(agency=agency, actor=actor, unit=unit, worker=worker, role=Role.MEMBER, joined_on=joined)
