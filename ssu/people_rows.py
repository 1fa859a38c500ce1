"""The rows of a file of people, checked and typed, and what is wrong with a file: what `ssu.imports.people` makes and
`ssu.operations.bring_people` takes.
"""

from dataclasses import dataclass
from datetime import date

from imports.reading.lists import ListWrong

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


class PeopleWrong(ListWrong):
    """The file cannot be brought in; `problems` are all that is wrong with it."""

    code = "people_wrong"


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
