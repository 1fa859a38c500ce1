"""The apps above register how the files of their domain are checked and applied. This app knows nothing of gifts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from imports.mapping.rules import Rules
from imports.mapping.targets import Target
from imports.models import ImportRun
from imports.reading.findings import Found, KeptOut
from imports.reading.glance import ColumnSeen

Corrections = Mapping[int, Mapping[str, str]]
"""Line of the file -> name of a column -> what a person wrote over that cell."""
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True)
class Checked:
    """What a file was judged to come to: `outcome` as JSON with its documented names but for the lists of findings;
    whether it is refused whole.
    """

    format: str
    refused: bool
    outcome: dict[str, Any]
    made: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A row of the file on which something rests, so that the import cannot be undone: `row` and `line` of the file, a
    stable `reason`, and a sentence that says what to do.
    """

    reason: str
    row: int
    line: int
    message: str


@dataclass(frozen=True)
class Proposals:
    """What a file probably is, and for each target: fact -> column."""

    kind: str
    columns: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Undoing:
    """What the undo of an import takes back and what stays because something else rests on it, in counts; the first
    rows that hold it, and how many there are.
    """

    takes: dict[str, int]
    stays: dict[str, int]
    held: list[Held]
    held_count: int


class Findings(Protocol):
    """Who takes down what is said of a file, part by part as the judge tells it: there may be a million findings."""

    def add(self, found: list[Found]) -> None:
        """Take some more down."""

    def hold(self, rows: list[KeptOut]) -> None:
        """Take down some rows that are kept out, to be corrected."""

    def clear(self) -> None:
        """Forget what was said so far: the file is refused after all."""


class Domain(Protocol):
    """How one domain reads its files. Both run in the agency's scope and inside a transaction."""

    formats: tuple[str, ...]
    targets: tuple[Target, ...]

    def may_hold_secrets(self, head: bytes) -> bool:
        """Whether a file that begins so may carry passwords or keys, which are never kept."""

    def without_secrets(self, data: bytes) -> bytes:
        """Such a file without them, everything else byte for byte. Raises FileRefused."""

    def proposals(self, columns: Sequence[ColumnSeen]) -> Proposals:
        """What a file with these columns probably is, and for each target which column holds which fact."""

    def our_values(self, *, seat: Seat, kind: str, fact: str) -> list[tuple[str, str]]:
        """What values of a file may mean, with what people call it. At most one query."""

    def our_value(self, *, kind: str, fact: str, text: str) -> str:
        """Our value that a person means by a text, "" for none."""

    def check(
        self,
        *,
        agency: Agency,
        path: Path,
        format_name: str,
        corrections: Corrections,
        findings: Findings,
        rules: Rules | None = None,
        toward: str = "",
    ) -> Checked:
        """Judge the file with what people wrote over its cells, by the rules of a person where there are some; write
        nothing but findings. toward: for what it is where it names nothing, as `our_value` writes it.
        """

    def apply(
        self,
        *,
        agency: Agency,
        actor: User | None,
        run: ImportRun,
        path: Path,
        format_name: str,
        corrections: Corrections,
        deposit: int | None,
        findings: Findings,
        progress: Progress,
        rules: Rules | None = None,
        toward: str = "",
    ) -> Checked:
        """Judge the file again and write what it brings, all or nothing; its money came to this deposit account, None
        for the main one.
        """

    def deposits(self, *, agency: Agency) -> list[tuple[int, str]]:
        """The accounts that the money of a file may have come to, by id and name, the usual one first. One query."""

    def after_check(
        self, *, agency: Agency, run: ImportRun, path: Path, corrections: Corrections, rules: Rules | None
    ) -> None:
        """Look for what a person should decide before a file that was checked is applied, and keep it."""

    def towards(self, *, seat: Seat) -> list[tuple[str, str]]:
        """For what a file may be that names nothing, by code and in words, as the seat may know it. One query."""

    def toward(self, *, agency: Agency, text: str) -> str:
        """The code of what is meant and can be meant today; "" for none."""

    def left_out(self, outcome: Mapping[str, Any]) -> list[str]:
        """What the file holds and is not brought in, a sentence for each kind."""

    def look_at_undo(self, *, agency: Agency, run: ImportRun) -> Undoing:
        """What an undo of the import would do now; write nothing."""

    def undo(
        self, *, agency: Agency, actor: User | None, run: ImportRun, check: Callable[[], None], progress: Progress
    ) -> dict[str, int]:
        """Take back what the import made, all or nothing, and return counts. `check` is asked once everything that
        somebody could build upon is locked.
        """


_domains: list[Domain] = []


def register(domain: Domain) -> None:
    """An app tells how its files are read."""
    _domains[:] = [domain]


_names: dict[str, Any] = {}


def name_formats(names: Mapping[str, Any]) -> None:
    """The app that reads the formats tells what people call them."""
    _names.update(names)


def format_name(name: str) -> str:
    """What people call a format."""
    return str(_names.get(name, name))


def domain() -> Domain:
    """The domain whose files are imported."""
    return _domains[0]


def quiet(done: int, total: int | None) -> None:
    """No progress to show."""
