"""What a file can be, and the facts that its columns may hold; the domain names them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One fact of ours: its name, what people call it, what it means, and whether a file cannot do without it.

    kind: "text", "day", "amount", "yes" or "value" (one of a list of ours, to which values of the file are mapped).
    once: whether a fixed value may stand for a column.
    """

    name: str
    label: Any
    meaning: Any
    required: bool = False
    kind: str = "text"
    once: bool = False


@dataclass(frozen=True)
class Target:
    """What the rows of a file become. one_of: sets of facts of which one must be there, each in words."""

    name: str
    label: Any
    facts: tuple[Fact, ...]
    one_of: tuple[tuple[tuple[str, ...], Any], ...] = ()

    def fact(self, name: str) -> Fact | None:
        """The fact of this name."""
        return next((fact for fact in self.facts if fact.name == name), None)

    @property
    def days(self) -> frozenset[str]:
        """The facts that are days."""
        return frozenset(fact.name for fact in self.facts if fact.kind == "day")

    @property
    def amounts(self) -> frozenset[str]:
        """The facts that are amounts."""
        return frozenset(fact.name for fact in self.facts if fact.kind == "amount")

    @property
    def answers(self) -> frozenset[str]:
        """The facts that are a yes or a no."""
        return frozenset(fact.name for fact in self.facts if fact.kind == "yes")

    @property
    def valued(self) -> tuple[str, ...]:
        """The facts whose values are mapped."""
        return tuple(fact.name for fact in self.facts if fact.kind == "value")
