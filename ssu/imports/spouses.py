"""Who is married to whom in a file of people: by row, by address or by support account."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from imports.reading.lists import Problem


class Line(Protocol):
    """A row with its number and cells."""

    row: int
    email: str
    cells: dict[str, str]


@dataclass
class Couples:
    """The row of each person's spouse, which rows share an address, and what does not fit."""

    of: dict[int, int] = field(default_factory=dict)
    sharing: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def share(self, row: int) -> bool:
        """Whether this person and the spouse read one mailbox."""
        return row in self.sharing


def couples_of(lines: Sequence[Line]) -> Couples:
    """Everybody's spouse. It is enough that one of the two names the other; two who name others do not fit."""
    couples, by_row = Couples(), {line.row: line for line in lines}
    for line in lines:
        said = line.cells["spouse"]
        if not said:
            continue
        other = spouse_of(line, lines)
        if other is None:
            message = f"“{said}” is nobody in this file. Write the row, the address or the account of the spouse."
            couples.problems.append(Problem(line.row, "spouse", message))
        elif other.row == line.row:
            couples.problems.append(Problem(line.row, "spouse", "This is the person's own row. Write the spouse's."))
        elif couples.of.get(line.row, other.row) != other.row or couples.of.get(other.row, line.row) != line.row:
            taken = line.row if couples.of.get(line.row, other.row) != other.row else other.row
            message = f"Row {taken} is the spouse of row {couples.of[taken]} already. Each person has one spouse."
            couples.problems.append(Problem(line.row, "spouse", message))
        else:
            couples.of[line.row], couples.of[other.row] = other.row, line.row
    for row, spouse in couples.of.items():
        if by_row[row].email and by_row[row].email == by_row[spouse].email:
            couples.sharing.add(row)
    return couples


def spouse_of(line: Line, lines: Sequence[Line]) -> Line | None:
    """The row that the cell names. Of two rows with the address that the person has too, it is the other one."""
    said = line.cells["spouse"].lower().removeprefix("row").strip()
    matching = [
        other
        for other in lines
        if said in (other.email, other.cells["support_account"].lower())
        or (said == str(other.row) and not any(said == each.cells["support_account"] for each in lines))
    ]
    others = [other for other in matching if other is not line]
    found = others or matching
    return found[0] if found else None
