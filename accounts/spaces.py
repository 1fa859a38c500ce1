"""The workspaces of a person. Each kind of workspace lists its own, so that this floor knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext_lazy as _

from accounts.models import User

Kind = Literal["agency", "alliance"]
HEADINGS: Final = {"agency": _("Agencies"), "alliance": _("Alliances")}
"""The kinds in the order of the page."""


@dataclass(frozen=True)
class Space:
    """A workspace that a person may enter: its name, what the person is in it, in words, and its home page."""

    name: str
    role: str
    url: str


@dataclass(frozen=True)
class Group:
    """The workspaces of one kind, never empty."""

    heading: str
    spaces: list[Space]


Finder = Callable[[User], list[Space]]
_finders: dict[str, Finder] = {}


def register(kind: Kind, finder: Finder) -> None:
    """Tell how the workspaces of one kind that a person may enter now are found. Called when the app is ready."""
    _finders[kind] = finder


def spaces_of(user: User) -> list[Group]:
    """The workspaces that a person may enter now, by kind. Each is read in its own scope, with queries of its own."""
    found = [(heading, _finders[kind](user)) for kind, heading in HEADINGS.items() if kind in _finders]
    return [Group(str(heading), spaces) for heading, spaces in found if spaces]
