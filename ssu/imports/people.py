"""A file of people, judged as a whole: every problem at once, with row, column and remedy. Writes nothing."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from agencies.models.people import AGENCY_ROLES, UNIT_ROLES
from imports.reading.lists import ListLine, Problem, places_of, wrong_columns
from imports.reading.sheets import SheetRead, SheetRow, counted_day
from ssu.imports.spouses import Couples, couples_of
from ssu.models import Discretion
from ssu.models.discretion import RANK
from ssu.operations.joining import JoinsTooEarly, JoinsTooLate, check_joining
from ssu.operations.team import PersonAliasTells
from ssu.people_rows import COLUMNS, PersonRow
from ssu.queries.people_file import KnownPeople, KnownPerson
from ssu.telling import tells

MOST = {"name": 120, "email": 254, "unit": 20, "alias": 120, "support_account": 20, "spouse": 254}
ROLE_WORDS = {"admin": "administrator", "administrators": "administrator", "team_leader": "leader"}


def judge_people(sheet: SheetRead, known: KnownPeople) -> tuple[list[PersonRow], list[Problem]]:
    """The people of a file and everything that is wrong with it. With a problem nothing of it may be written."""
    places = places_of(sheet)
    problems = wrong_columns(sheet, COLUMNS, ("name",))
    if problems:
        return [], problems
    lines = [PersonLine(row, places) for row in sheet.rows]
    if not lines:
        return [], [Problem(0, "", "The file has a header and no people. Add a row for each.")]
    couples = couples_of(lines)
    rows = [line.person(known, couples) for line in lines]
    problems = [problem for line in lines for problem in line.problems] + couples.problems + repeated(lines, couples)
    problems += namesakes(lines)
    order = {name: place for place, name in enumerate(COLUMNS)}
    return rows, sorted(problems, key=lambda each: (each.row, order.get(each.column, -1)))


class PersonLine(ListLine):
    """One row of the file."""

    def __init__(self, row: SheetRow, places: dict[str, int]) -> None:
        super().__init__(row, places, COLUMNS)
        self.email = self.cells["email"].lower()
        self.found: KnownPerson | None = None

    def person(self, known: KnownPeople, couples: Couples) -> PersonRow:
        """The row as a person; what is wrong is noted on the way."""
        self.lengths()
        name = self.cells["name"]
        if not name:
            self.wrong("name", "The name is empty. Write the person's name.")
        self.address()
        roles, (unit, role) = self.agency_roles(), self.service(known)
        joined, left = self.days(unit)
        code = self.cells["support_account"]
        found = known.find(code, self.email, name, unit, joined)
        self.one_person(known, found, unit, joined)
        person = PersonRow(
            row=self.row,
            name=name,
            email=self.email,
            roles=roles,
            unit=unit,
            role=role,
            joined_on=joined,
            left_on=left,
            spouse=couples.of.get(self.row),
            shares=couples.share(self.row),
            discretion=self.level(found),
            alias=self.alias(name),
            code=code,
        )
        self.needs(person, found)
        return person

    def one_person(self, known: KnownPeople, found: KnownPerson | None, unit: int | None, joined: date | None) -> None:
        """Whom the row means is clear: nobody is brought in a second time beside a namesake of the same unit."""
        code, name = self.cells["support_account"], self.cells["name"]
        if found is None and len(known.in_unit(code, name, unit, joined)) > 1:
            said = f"Several people called “{name}” serve in this unit. Write the support account of the one you mean."
            self.wrong("name", said)
        self.found = found

    def lengths(self) -> None:
        for column, most in MOST.items():
            if len(self.cells[column]) > most:
                self.wrong(column, f"This is longer than {most} characters. Shorten it.")

    def address(self) -> None:
        try:
            if self.email:
                validate_email(self.email)
        except ValidationError:
            self.wrong("email", f"“{self.cells['email']}” is no e-mail address. Correct it, or leave it empty.")

    def agency_roles(self) -> tuple[str, ...]:
        """Roles for the whole agency, several with ; or , between."""
        words = [word for word in map(plain, self.cells["agency_roles"].replace(",", ";").split(";")) if word]
        allowed = [role.value for role in AGENCY_ROLES]
        for word in words:
            if word in [role.value for role in UNIT_ROLES]:
                self.wrong("agency_roles", f"“{word}” is held in a unit. Put it under unit_role, with the unit's code.")
            elif word not in allowed:
                self.wrong("agency_roles", f"“{word}” is no role. Use one of: {', '.join(allowed)}.")
        return tuple(dict.fromkeys(word for word in words if word in allowed))

    def service(self, known: KnownPeople) -> tuple[int | None, str]:
        """The unit by its code, and the role there."""
        code, role = self.cells["unit"], plain(self.cells["unit_role"])
        allowed = [each.value for each in UNIT_ROLES]
        if code and code not in known.units:
            bare = next((each for each in sorted(known.units) if each.lstrip("0") == code.lstrip("0")), "")
            zeros = f" There is “{bare}”: spreadsheets drop leading zeros." if bare else ""
            self.wrong("unit", f"No active unit has the code “{code}”.{zeros} Correct the code, or add the unit first.")
        if role and role not in allowed:
            self.wrong("unit_role", f"“{self.cells['unit_role']}” is no role. Use one of: {', '.join(allowed)}.")
        if code and not role:
            self.wrong("unit_role", f"The role in the unit is missing. Use one of: {', '.join(allowed)}.")
        if role and not code:
            self.wrong("unit", "The role stands without its unit. Write the unit's code.")
        return known.units.get(code), role if role in allowed else ""

    def days(self, unit: int | None) -> tuple[date | None, date | None]:
        """When the service begins and ends, in that order."""
        joined, left = self.day("joined_on"), self.day("left_on")
        if self.cells["unit"] and not self.cells["joined_on"]:
            self.wrong("joined_on", "The day of joining is missing. Write it as YYYY-MM-DD.")
        if joined and self.cells["unit"]:
            self.near_enough(joined)
        if joined and left and left < joined:
            self.wrong("left_on", f"The person leaves on {left}, before joining on {joined}. Correct the days.")
        if left and not self.cells["unit"]:
            self.wrong("left_on", "The day of leaving stands without a unit. Write the unit's code, or clear it.")
        return joined, left

    def near_enough(self, joined: date) -> None:
        """A year that can only be a slip of the pen."""
        try:
            check_joining(joined, timezone.now().date())
        except (JoinsTooEarly, JoinsTooLate) as refusal:
            self.wrong("joined_on", str(refusal))

    def day(self, column: str) -> date | None:
        """A day as YYYY-MM-DD, or as the number that a workbook keeps for it."""
        value = self.cells[column]
        if day := counted_day(value):
            return day
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.wrong(column, f"“{value}” is no day. Write it as YYYY-MM-DD, such as 2026-07-01.")
            return None

    def level(self, found: KnownPerson | None) -> str:
        """Open, careful or closed; empty is open for somebody new and unchanged for others. Never less strict."""
        word = plain(self.cells["discretion"])
        stands = found.discretion if found else Discretion.OPEN.value
        if not word:
            return stands
        if word not in Discretion.values:
            self.wrong("discretion", f"“{word}” is not known. Use one of: {', '.join(Discretion.values)}.")
            return stands
        if RANK[word] < RANK[stands]:
            self.wrong(
                "discretion", f"The person is {stands} here. A less strict level needs two people: leave it empty."
            )
        return word

    def alias(self, name: str) -> str:
        """An alias tells nothing of the name."""
        alias = self.cells["alias"]
        if tells(alias, name):
            self.wrong("alias", PersonAliasTells.message)
        return alias

    def needs(self, person: PersonRow, found: KnownPerson | None) -> None:
        """Whoever signs in has something to see, and nobody gets roles without an address."""
        if person.roles and not person.email:
            self.wrong("email", "Roles need a sign-in, and a sign-in needs an address. Write the e-mail address.")
        has_cells = self.cells["agency_roles"] or self.cells["unit"]
        if person.email and not has_cells and found is None:
            self.wrong("agency_roles", "With this the person could sign in and see nothing. Give a role or a unit.")


def plain(word: str) -> str:
    """A word as code: "Team leader" is leader, "Board" is board."""
    made = "_".join(word.casefold().replace("-", " ").split())
    return ROLE_WORDS.get(made, made)


def repeated(lines: Sequence[PersonLine], couples: Couples) -> list[Problem]:
    """An address or an account twice: only spouses share an address, and nobody shares an account."""
    problems: list[Problem] = []
    first: dict[tuple[str, str], int] = {}
    shared: dict[str, int] = {}
    for line in lines:
        code = line.cells["support_account"]
        if code and first.setdefault(("code", code), line.row) != line.row:
            said = f"The account “{code}” stands in row {first['code', code]} already. One row for each person."
            problems.append(Problem(line.row, "support_account", said))
        before = first.setdefault(("email", line.email), line.row) if line.email else line.row
        if before == line.row:
            continue
        shared[line.email] = shared.get(line.email, 1) + 1
        if couples.of.get(line.row) != before or shared[line.email] > 2:
            said = (
                f"The address stands in row {before} already, and only spouses share one. "
                "Correct it, or name row and spouse in the column spouse."
            )
            problems.append(Problem(line.row, "email", said))
    return problems


def namesakes(lines: Sequence[PersonLine]) -> list[Problem]:
    """Two rows with different addresses that mean the same person, who has none yet."""
    problems: list[Problem] = []
    first: dict[int, PersonLine] = {}
    for line in lines:
        if line.found is None:
            continue
        before = first.setdefault(line.found.pk, line)
        if line.email and before.email and line.email != before.email:
            said = (
                f"This row and row {before.row} mean the same person, who serves in the unit already. "
                "Write the support account of each."
            )
            problems.append(Problem(line.row, "name", said))
    return problems
