"""Parts of the demo that the floor which builds it cannot import: they are registered here, and called with what they
need.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from accounts.models import User


@dataclass(frozen=True)
class Part:
    """A part of the demo: how it is built, and who can sign in to see it.

    `build` gets the ids of the demo's agencies by slug, and a function (e-mail, name) → person.
    """

    name: str
    build: Callable[[dict[str, int], Callable[[str, str], User]], None]
    sign_ins: list[tuple[str, str]] = field(default_factory=list)


PARTS: list[Part] = []


def register(part: Part) -> None:
    """Add a part, once."""
    if all(known.name != part.name for known in PARTS):
        PARTS.append(part)
