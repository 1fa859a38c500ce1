"""The rows of a setup folder, checked and typed: what `ssu.imports` reads and `ssu.operations.load_units` takes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StrategyRow:
    """A strategy; `code` is its key."""

    code: str
    name: str


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


@dataclass(frozen=True)
class WorkerRow:
    """A person or family with a support account; its code is the key. Serves in `unit` since `since`, when known."""

    code: str
    name: str
    last_name: str
    unit: str
    since: date | None = None


@dataclass(frozen=True)
class DesignationRow:
    """A designation: kind `legacy` (a worker's) or `ssu` (a unit's); `unit` is the unit's code."""

    code: str
    public_name: str
    kind: str
    active_from: date
    unit: str


@dataclass(frozen=True)
class AgencyRow:
    """The agency itself. `general_designation` is the code of its general fund, "" without one."""

    name: str
    slug: str
    organization_code: str
    base_currency: str
    fiscal_year_start: int
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
