"""The rows of a file of people, checked and typed, and what is wrong with a file: what `ssu.imports.people` makes and
`ssu.operations.bring_people` takes.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.errors import Refused

COLUMNS = (
    "name",
    "email",
    "agency_roles",
    "unit",
    "unit_role",
    "joined_on",
    "left_on",
    "spouse",
    "discretion",
    "alias",
    "support_account",
)
"""The columns of the file, in the order of the template."""


class Problem(NamedTuple):
    """One thing that is wrong: the row as the spreadsheet counts it (0: the file), its column, and what to do."""

    row: int
    column: str
    message: str


class PeopleWrong(Refused):
    """The file cannot be brought in; `problems` are all that is wrong with it."""

    code = "people_wrong"
    status = 422
    field = "file"

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
        place = f"Row {first.row}: " if first.row else ""
        super().__init__(f"{place}{first.message}{more}")
        self.problems = problems


@dataclass(frozen=True)
class PersonRow:
    """A person. `unit` is a unit's id with `role` there since `joined_on`; `spouse` is the row of the spouse, `shares`
    says that both read one mailbox.
    """

    row: int
    name: str
    email: str
    roles: tuple[str, ...]
    unit: int | None
    role: str
    joined_on: date | None
    left_on: date | None
    spouse: int | None
    shares: bool
    discretion: str
    alias: str
    code: str
