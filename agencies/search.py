"""Search across one workspace. Apps tell how to find their own; each finder answers within what the seat may see."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from agencies.seats import Seat

SHORTEST: Final = 2
"""Fewer letters would match nearly everything."""
LONGEST: Final = 100
MOST: Final = 10
"""Hits shown per group; the group says when there are more."""


@dataclass(frozen=True)
class Hit:
    """Something found: its title and hint as this seat may read them (trust rule T6), and its page."""

    title: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class Found:
    """The hits of one finder, at most MOST; `more` says that there were others."""

    label: str
    hits: list[Hit]
    more: bool


Finder = Callable[[Seat, str], list[Hit]]


@dataclass(frozen=True)
class Provider:
    """A group of results: its heading, how it finds, and the right without which it is not asked."""

    label: Any
    find: Finder
    right: str


_providers: list[Provider] = []


def register(label: Any, finder: Finder, *, right: str = "home.view") -> None:
    """Add a group of results. `finder(seat, q)` gets 2 to 100 letters and returns at most MOST + 1 hits, best first."""
    provider = Provider(label, finder, right)
    if not any(known.find is finder for known in _providers):
        _providers.append(provider)


def ask(seat: Seat, question: str) -> list[Found]:
    """What was found, by group in the order of registration; groups without a hit are left out."""
    q = " ".join(question.split())[:LONGEST]
    if len(q) < SHORTEST:
        return []
    answers = [(provider.label, provider.find(seat, q)) for provider in _providers if seat.can(provider.right)]
    return [Found(str(label), hits[:MOST], len(hits) > MOST) for label, hits in answers if hits]
