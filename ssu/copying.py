"""What of a unit begins another one. Apps above add their part when they are ready:
`copying.register(Part(50, "budget", _("Budget lines"), counts, copy, tables=("budgets.Budget", "budgets.Line")))`.

A part takes what was planned and written, never what happened, came in or was said: partners, gifts, evidence, claims,
people, readings and designations stay where they are. A test holds the tables of each copy against `tables`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from ssu.models import Discretion, Unit
from ssu.telling import without

GAP = "…"
"""Stands where the words of a guarded unit named it."""


@dataclass(frozen=True)
class Copying:
    """One copy under way: `source` is the model, `made` the new unit; `first_due_on` moves the plan."""

    agency: Agency
    actor: User
    source: Unit
    made: Unit
    first_due_on: date | None = None

    def without_names(self, text: str) -> str:
        """Words of the source as another unit may have them: a guarded unit's name, place and alias, and each part that
        tells them, become a gap.
        """
        if self.source.discretion == Discretion.OPEN:
            return text
        return without(text, [self.source.name, self.source.place, self.source.alias], GAP)


@dataclass(frozen=True)
class Part:
    """One thing that is copied, if the person wants it.

    `counts(seat, unit)` says how much there is that this seat may see, 0 for nothing; `copy(copying)` makes it;
    `tables` are the labels of the models it makes rows of.
    """

    order: int
    key: str
    title: Any
    counts: Callable[[Seat, Unit], int]
    copy: Callable[[Copying], None]
    tables: tuple[str, ...]


_parts: dict[str, Part] = {}
ALWAYS = ("ssu.Unit", "ssu.ActionItem", "agencies.AuditEntry")
"""Tables in which every new unit has rows."""


def register(part: Part) -> None:
    """Add a part. Adding it twice changes nothing."""
    _parts[part.key] = part


def parts() -> list[Part]:
    """All parts, in their order."""
    return sorted(_parts.values(), key=lambda part: part.order)


def offered(seat: Seat, source: Unit) -> list[tuple[Part, int]]:
    """The parts of a unit that there are and that this seat may see, with how much each holds."""
    counted = ((part, part.counts(seat, source)) for part in parts())
    return [(part, count) for part, count in counted if count]
