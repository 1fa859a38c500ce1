"""The folder as a whole, and the rows of its four tables."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from ssu.imports.agency import read_agency
from ssu.imports.lines import Line, read_rows
from ssu.imports.references import Known, check_references, check_unique
from ssu.models import Discretion, Unit
from ssu.setup_problems import Problems, SetupWrong
from ssu.setup_rows import DesignationRow, Setup, StrategyRow, UnitRow, WorkerRow

DESIGNATION_KINDS = ("legacy", "ssu", "general", "project")
UNIT_COLUMNS = ("designation", "name", "alias", "kind", "security", "strategy", "migration_wave")
WORKER_COLUMNS = ("designation", "name", "last_name", "ssu_designation")
DESIGNATION_COLUMNS = ("designation", "public_name", "kind", "active_from", "ssu_designation")


def read_setup(folder: Path) -> Setup:
    """Read and check a folder of `agency.json`, `strategies.csv`, `ssus.csv`, `workers.csv` and `designations.csv`.

    Raises SetupWrong with every problem found.
    """
    if not folder.is_dir():
        raise SetupWrong([f"{folder} is no folder. Name the folder that holds agency.json and the four tables."])
    problems = Problems()
    agency = read_agency(folder / "agency.json", problems)
    strategies = read_rows(folder, "strategies.csv", ("code", "name"), strategy_row, problems)
    units = read_rows(folder, "ssus.csv", UNIT_COLUMNS, unit_row, problems)
    designations = read_rows(folder, "designations.csv", DESIGNATION_COLUMNS, designation_row, problems)
    workers = read_rows(folder, "workers.csv", WORKER_COLUMNS, worker_row, problems)
    check_unique("strategies.csv", strategies, problems)
    check_unique("ssus.csv", units, problems)
    check_unique("workers.csv", workers, problems)
    check_unique("designations.csv", designations, problems)
    check_references(strategies, units, workers, designations, problems)
    if agency and agency.general_designation:
        known = Known("designations.csv", {row.code for row in designations})
        known.check("agency.json", 0, "general_designation", agency.general_designation, problems)
    if problems.found or agency is None:
        raise SetupWrong(problems.found)
    since = {row.code: row.active_from for row in designations}
    dated = tuple(replace(worker, since=since.get(worker.code)) for worker in workers)
    return Setup(agency, tuple(strategies), tuple(units), dated, tuple(designations))


def strategy_row(line: Line) -> StrategyRow:
    return StrategyRow(line.text("code", most=20), line.text("name"), line.row)


def unit_row(line: Line) -> UnitRow:
    """A closed unit needs its alias."""
    level = line.one_of("security", Discretion.values)
    alias = line.short("alias")
    if level == Discretion.CLOSED and not alias:
        line.wrong("alias", "is empty, and a closed unit needs one. Write a word that tells neither people nor place.")
    return UnitRow(
        code=line.text("designation", most=20),
        name=line.text("name"),
        alias=alias,
        kind=line.one_of("kind", Unit.Kind.values),
        level=level,
        strategy=line.text("strategy", most=20),
        shift_date=line.day("migration_wave"),
        row=line.row,
    )


def worker_row(line: Line) -> WorkerRow:
    return WorkerRow(
        code=line.text("designation", most=20),
        name=line.text("name"),
        last_name=line.short("last_name", most=80),
        unit=line.text("ssu_designation", most=20),
        row=line.row,
    )


def designation_row(line: Line) -> DesignationRow:
    """The day from which it takes gifts is needed."""
    active_from = line.day("active_from")
    if not line.cells["active_from"]:
        line.wrong("active_from", "is empty. Write the day from which it takes gifts, as YYYY-MM-DD.")
    kind = line.one_of("kind", DESIGNATION_KINDS)
    of_unit = kind in {"legacy", "ssu"}
    return DesignationRow(
        code=line.text("designation", most=40),
        public_name=line.text("public_name", most=160),
        kind=kind,
        active_from=active_from or date.min,
        unit=line.text("ssu_designation", most=20) if of_unit else line.cells["ssu_designation"],
        row=line.row,
    )
