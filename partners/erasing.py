"""What of a partner goes and what stays: each app that keeps something of partners says it here (ADR 17).

Apps above register in `AppConfig.ready`; what this app keeps is in `partners.operations.erasing_own`, and what apps
below keep without knowing partners they overwrite by what is told to them: rows, addresses, words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from agencies.models import Agency


@dataclass(frozen=True)
class Marks:
    """By what an erased person is found where no key leads: names (two words at least), e-mail addresses, telephones
    by their digits, all in small letters; and the numbers by which other systems know them, with their source.
    """

    partner_ids: tuple[int, ...]
    giving_unit_ids: tuple[int, ...]
    names: tuple[str, ...]
    emails: tuple[str, ...]
    own_emails: tuple[str, ...]
    phones: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What no other text holds by chance."""
        return (*self.names, *self.own_emails)


@dataclass(frozen=True)
class Hold:
    """What stands in the way: what it is and what to do, with the page where it is done."""

    message: str
    url: str = ""


@dataclass(frozen=True)
class Kept:
    """What stays: what it is, how much of it, and why."""

    label: str
    count: int
    why: str


@dataclass(frozen=True)
class Part:
    """What one app above keeps of partners. All are told the marks and answer in the scope in force."""

    goes: Callable[[Marks], list[tuple[str, int]]] = field(default=lambda marks: [])
    stays: Callable[[Agency, Marks], list[Kept]] = field(default=lambda agency, marks: [])
    holds: Callable[[Agency, Marks], list[Hold]] = field(default=lambda agency, marks: [])
    erase: Callable[..., Any] = field(default=lambda **said: None)
    """`erase(agency=, actor=, marks=)`, in the transaction of the erasure, before the ways to reach are gone."""


_parts: list[Part] = []


def register(part: Part) -> None:
    """Take part in every erasure."""
    if part not in _parts:
        _parts.append(part)


def parts() -> tuple[Part, ...]:
    return tuple(_parts)


__all__ = ["Agency", "Hold", "Kept", "Marks", "Part", "User", "parts", "register"]
