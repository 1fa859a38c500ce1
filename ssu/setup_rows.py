"""The rows of a setup folder, checked and typed: what `ssu.imports` reads and `ssu.operations.load_units` takes.

`row` is the row of its file, from 1 below the header, to name it where it is refused.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StrategyRow:
    """A strategy; `code` is its key."""

    code: str
    name: str
    row: int = 0


@dataclass(frozen=True)
class UnitRow:
    """A unit; its designation code is its key. `level` is open, careful or closed."""

    code: str
    name: str
    alias: str
    kind: str
    level: str
    strategy: str
    shift_date: date | None
    row: int = 0


@dataclass(frozen=True)
class WorkerRow:
    """A person or family with a support account; its code is the key. Serves in `unit` since `since`, when known."""

    code: str
    name: str
    last_name: str
    unit: str
    since: date | None = None
    row: int = 0


@dataclass(frozen=True)
class DesignationRow:
    """A designation: `legacy` (a worker's), `ssu` (a unit's), `general` or `project`; `unit` is the unit's code."""

    code: str
    public_name: str
    kind: str
    active_from: date
    unit: str
    row: int = 0


@dataclass(frozen=True)
class AgencyRow:
    """The agency itself. `general_designation` is the code of its general fund. "" and None say nothing."""

    name: str
    slug: str
    organization_code: str
    base_currency: str
    fiscal_year_start: int | None
    default_source: str
    general_designation: str


@dataclass(frozen=True)
class Setup:
    """A whole folder."""

    agency: AgencyRow
    strategies: tuple[StrategyRow, ...]
    units: tuple[UnitRow, ...]
    workers: tuple[WorkerRow, ...]
    designations: tuple[DesignationRow, ...]
