"""What changed from one version of a budget to another, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from budgets import phasing
from budgets.models import Line

NEW, CHANGED, SAME, DROPPED = "new", "changed", "same", "dropped"
COMPARED: Final = ("amount", "impact", "category", "kind", "priority", "owner_id")
"""What of a line is compared; its identity over versions is its root."""


@dataclass(frozen=True)
class Compared:
    """One line in both versions: `now` is None where it was dropped, `before` where it is new."""

    now: Line | None
    before: Line | None

    @property
    def line(self) -> Line:
        """The line as it is last known."""
        found = self.now or self.before
        assert found is not None  # noqa: S101 - a line is in one version at least
        return found

    @property
    def changed(self) -> tuple[str, ...]:
        """Which of the fields differ; nothing for a new line or a dropped one. `months` is among them where the year is
        spread in other proportions.
        """
        if self.now is None or self.before is None:
            return ()
        found = tuple(name for name in COMPARED if getattr(self.now, name) != getattr(self.before, name))
        is_spread_anew = list(self.now.months) != phasing.scaled(self.now.amount, self.before.months)
        return (*found, "months") if is_spread_anew else found

    @property
    def what(self) -> str:
        if self.before is None:
            return NEW
        if self.now is None:
            return DROPPED
        return CHANGED if self.changed else SAME

    @property
    def difference(self) -> int:
        """In minor units; what is new counts whole, what was dropped below zero."""
        return (self.now.amount if self.now else 0) - (self.before.amount if self.before else 0)


def compare(now: Sequence[Line], before: Sequence[Line]) -> list[Compared]:
    """The lines of two versions side by side, in the order of the newer one; what was dropped comes last. The
    differences add up to that of the sums.
    """
    known = {line.root: line for line in before}
    kept = {line.root for line in now}
    there = [Compared(line, known.get(line.root)) for line in now]
    return there + [Compared(None, line) for line in before if line.root not in kept]
