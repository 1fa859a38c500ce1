"""What rows say about each other: codes once, and every code that is named is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ssu.setup_problems import Problems
from ssu.setup_rows import DesignationRow, StrategyRow, UnitRow, WorkerRow


class Coded(Protocol):
    """A row with its key."""

    @property
    def code(self) -> str: ...

    @property
    def row(self) -> int: ...


def check_unique(file: str, rows: Iterable[Coded], problems: Problems) -> None:
    """Every code once. An empty one was named already."""
    seen: dict[str, int] = {}
    for each in rows:
        if each.code in seen:
            said = f"the code “{each.code}” stands in row {seen[each.code]} already. Remove one of them."
            problems.add(file, each.row, "", said)
        elif each.code:
            seen[each.code] = each.row


@dataclass(frozen=True)
class Known:
    """The codes of a file, to which other files refer."""

    file: str
    codes: set[str]

    def check(self, file: str, row: int, column: str, code: str, problems: Problems) -> None:
        """Say so when a code is not there. Nothing is said of a file that could not be read whole: its own problem
        stands above.
        """
        if not code or code in self.codes or self.file in problems.unread:
            return
        bare = code.lstrip("0")
        like = next((each for each in sorted(self.codes) if each.lstrip("0") == bare), "")
        zeros = f" “{like}” is: leading zeros count, and spreadsheets drop them." if like else ""
        problems.add(file, row, column, f"“{code}” is not in {self.file}.{zeros} Add it there or correct it here.")


def check_references(
    strategies: list[StrategyRow],
    units: list[UnitRow],
    workers: list[WorkerRow],
    designations: list[DesignationRow],
    problems: Problems,
) -> None:
    """Every strategy, unit and designation that is named is there."""
    known_strategies = Known("strategies.csv", {row.code for row in strategies})
    known_units = Known("ssus.csv", {row.code for row in units})
    for unit in units:
        known_strategies.check("ssus.csv", unit.row, "strategy", unit.strategy, problems)
    for worker in workers:
        known_units.check("workers.csv", worker.row, "ssu_designation", worker.unit, problems)
    for each in designations:
        known_units.check("designations.csv", each.row, "ssu_designation", each.unit, problems)
