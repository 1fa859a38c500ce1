"""Reading a setup folder: agency, strategies, units, workers and designations, as files or spreadsheets saved as CSV.

`read_setup(folder)` checks everything and names every problem at once by file, row, column and remedy; it writes
nothing.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from django.utils.text import slugify

from core.currencies import EXPONENTS
from core.errors import Refused
from imports.reading.delimited import column_key, open_text, read_table
from imports.reading.findings import CELL_SENTENCES, FileRefused
from imports.reading.limits import read_limited
from ssu.models import Discretion, Unit
from ssu.setup_rows import AgencyRow, DesignationRow, Setup, StrategyRow, UnitRow, WorkerRow

Parsed = TypeVar("Parsed")
DESIGNATION_KINDS = ("legacy", "ssu", "general", "project")


class SetupWrong(Refused):
    """The folder cannot be loaded; `problems` are its sentences, one per problem."""

    code = "setup_wrong"
    status = 422

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Problems:
    """The sentences so far."""

    found: list[str] = field(default_factory=list)

    def add(self, file: str, row: int, column: str, said: str) -> None:
        """One more: "units.csv, row 3, column kind: …". Row 0 and column "" mean the file as a whole."""
        place = [file, f"row {row}" if row else "", f"column {column}" if column else ""]
        self.found.append(f"{', '.join(filter(None, place))}: {said}")


@dataclass(frozen=True)
class Line:
    """A row of a file with its number, able to say what is wrong with a cell."""

    file: str
    row: int
    cells: dict[str, str]
    problems: Problems

    def text(self, column: str, *, most: int = 120) -> str:
        """A cell that must not be empty."""
        value = self.cells[column]
        if not value:
            self.wrong(column, "is empty. Fill it in.")
        if len(value) > most:
            self.wrong(column, f"is longer than {most} characters. Shorten it.")
        return value

    def one_of(self, column: str, allowed: Iterable[str]) -> str:
        """A cell that holds one of these words."""
        value, words = self.cells[column], list(allowed)
        if value not in words:
            self.wrong(column, f"“{value}” is not known. Use one of: {', '.join(words)}.")
        return value

    def day(self, column: str) -> date | None:
        """A day as YYYY-MM-DD, or nothing."""
        value = self.cells[column]
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.wrong(column, f"“{value}” is no day. Write it as YYYY-MM-DD, such as 2025-07-01.")
            return None

    def wrong(self, column: str, said: str) -> None:
        self.problems.add(self.file, self.row, column, said)


def read_setup(folder: Path) -> Setup:
    """Read and check a folder of `agency.json`, `strategies.csv`, `ssus.csv`, `workers.csv` and `designations.csv`.

    Raises SetupWrong with every problem found.
    """
    problems = Problems()
    agency = read_agency(folder / "agency.json", problems)
    strategies = read_rows(folder, "strategies.csv", ("code", "name"), strategy_row, problems)
    units = read_rows(folder, "ssus.csv", UNIT_COLUMNS, unit_row, problems)
    designations = read_rows(folder, "designations.csv", DESIGNATION_COLUMNS, designation_row, problems)
    workers = read_rows(folder, "workers.csv", WORKER_COLUMNS, worker_row, problems)
    for file, rows in (("strategies.csv", strategies), ("ssus.csv", units), ("workers.csv", workers)):
        check_unique(file, [row.code for row in rows], problems)
    check_unique("designations.csv", [row.code for row in designations], problems)
    check_references(strategies, units, workers, designations, problems)
    if problems.found or agency is None:
        raise SetupWrong(problems.found)
    since = {row.code: row.active_from for row in designations}
    dated = tuple(WorkerRow(w.code, w.name, w.last_name, w.unit, since.get(w.code)) for w in workers)
    return Setup(agency, tuple(strategies), tuple(units), dated, tuple(designations))


UNIT_COLUMNS = ("designation", "name", "alias", "kind", "security", "strategy", "migration_wave")
WORKER_COLUMNS = ("designation", "name", "last_name", "ssu_designation")
DESIGNATION_COLUMNS = ("designation", "public_name", "kind", "active_from", "ssu_designation")


def strategy_row(line: Line) -> StrategyRow:
    return StrategyRow(line.text("code", most=20), line.text("name"))


def unit_row(line: Line) -> UnitRow:
    """A closed unit needs its alias."""
    level = line.one_of("security", Discretion.values)
    alias = line.cells["alias"]
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
    )


def worker_row(line: Line) -> WorkerRow:
    return WorkerRow(
        code=line.text("designation", most=20),
        name=line.text("name"),
        last_name=line.cells["last_name"],
        unit=line.text("ssu_designation", most=20),
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
    )


def read_rows(
    folder: Path, file: str, columns: tuple[str, ...], parse: Callable[[Line], Parsed], problems: Problems
) -> list[Parsed]:
    """The rows of one file, each checked; nothing when the file as a whole is no good."""
    try:
        return [parse(line) for line in lines_of(folder / file, columns, problems)]
    except FileNotFoundError:
        problems.add(file, 0, "", "is missing. Add it to the folder.")
    except FileRefused as refusal:
        problems.add(file, 0, "", str(refusal))
    return []


def lines_of(path: Path, columns: tuple[str, ...], problems: Problems) -> Iterator[Line]:
    """The rows that can be read, with their cells by column; the others are named as problems."""
    table = read_table(open_text(read_limited(path)))
    places = {column_key(name): place for place, name in enumerate(table.columns)}
    missing = [name for name in columns if column_key(name) not in places]
    if missing:
        problems.add(path.name, 0, "", f"the column {', '.join(missing)} is missing. Add it to the first line.")
        return
    for record in table.records():
        for place, code in record.troubles:
            name = table.columns[place] if 0 <= place < len(table.columns) else ""
            problems.add(path.name, record.row, name, CELL_SENTENCES[code])
        cells = {name: record.cells[places[column_key(name)]] for name in columns}
        if not record.troubles:
            yield Line(path.name, record.row, cells, problems)


def read_agency(path: Path, problems: Problems) -> AgencyRow | None:
    """The agency's own file."""
    try:
        said = json.loads(read_limited(path).decode("utf-8-sig"))
    except FileNotFoundError:
        problems.add(path.name, 0, "", "is missing. Add it to the folder.")
        return None
    except (ValueError, RecursionError) as error:
        problems.add(path.name, 0, "", f"is no JSON: {error}. Correct it or export it again.")
        return None
    if not isinstance(said, dict):
        problems.add(path.name, 0, "", "must hold one object in braces, with name and base_currency.")
        return None
    return agency_row(path.name, said, problems)


def agency_row(file: str, said: dict[str, Any], problems: Problems) -> AgencyRow | None:
    """The agency, None when something in it is wrong. Without a slug the name makes one."""
    before = len(problems.found)
    name = said.get("name")
    if not isinstance(name, str) or not name.strip():
        problems.add(file, 0, "name", "is missing. Write the agency's name.")
        name = ""
    currency = said.get("base_currency")
    if currency not in EXPONENTS:
        problems.add(file, 0, "base_currency", f"“{currency}” is no ISO 4217 code. Write one such as USD.")
    month = said.get("fiscal_year_starts_month", 1)
    if not isinstance(month, int) or isinstance(month, bool) or not 1 <= month <= 12:
        problems.add(file, 0, "fiscal_year_starts_month", f"“{month}” is no month. Write a number from 1 to 12.")
    slug = said.get("slug") or slugify(name)[:40].strip("-")
    if not isinstance(slug, str) or slugify(slug) != slug or not slug or len(slug) > 40:
        problems.add(file, 0, "slug", "must be small letters, digits and hyphens, 40 at most.")
    if len(problems.found) > before:
        return None
    other = {key: str(said.get(key) or "") for key in ("organization_code", "default_source", "general_designation")}
    return AgencyRow(name=name.strip(), slug=slug, base_currency=str(currency), fiscal_year_start=int(month), **other)


def check_unique(file: str, codes: list[str], problems: Problems) -> None:
    """Every code once."""
    seen: dict[str, int] = {}
    for row, code in enumerate(codes, start=1):
        if code in seen:
            problems.add(file, row, "", f"the code “{code}” stands in row {seen[code]} already. Remove one of them.")
        seen.setdefault(code, row)


def check_references(
    strategies: list[StrategyRow],
    units: list[UnitRow],
    workers: list[WorkerRow],
    designations: list[DesignationRow],
    problems: Problems,
) -> None:
    """Every strategy, unit and designation that is named is there."""
    known_strategies, known_units = {row.code for row in strategies}, {row.code for row in units}
    for number, unit in enumerate(units, start=1):
        if unit.strategy and unit.strategy not in known_strategies:
            said = f"“{unit.strategy}” is not in strategies.csv. Add it there or correct it here."
            problems.add("ssus.csv", number, "strategy", said)
    named = [("workers.csv", n, w.unit) for n, w in enumerate(workers, start=1)]
    named += [("designations.csv", n, d.unit) for n, d in enumerate(designations, start=1)]
    for file, number, code in named:
        if code and code not in known_units:
            said = f"“{code}” is not in ssus.csv. Add it there or correct it here."
            problems.add(file, number, "ssu_designation", said)
