"""Evidence that is an object of the app: which kinds there are, and how each is found, named and judged.

`ssu` stores kind and object id only. The app that owns the objects registers a resolver in `AppConfig.ready`; it is
asked within scope, in one query for many ids, when evidence is attached, shown, claimed upon and confirmed. An owner
that deletes or supersedes an object calls `ssu.operations.reopen_resting_on`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from agencies.seats import Seat
from ssu.models import Unit


@dataclass(frozen=True)
class Thing:
    """An object that may stand as evidence. `right` is what a person needs, for its unit, to see it; `trouble` says why
    it proves nothing.
    """

    id: int
    unit_id: int
    label: str
    right: str
    page: str = ""
    page_args: tuple[Any, ...] = field(default=())
    trouble: str = ""

    @property
    def is_valid(self) -> bool:
        return not self.trouble

    def visible_to(self, seat: Seat) -> bool:
        return seat.can(self.right, self.unit_id)


@dataclass(frozen=True)
class Resolver:
    """How an app answers for its kind of object.

    `title` names the kind to people; `keys` are the action items it usually belongs to (none: any); `offered(unit)`
    lists what a unit has, newest first; `found(ids)` gives those that still exist by id. `page`, which takes agency and
    unit, is where people make such objects, for whom `right` reaches the unit.
    """

    title: str
    offered: Callable[[Unit], Sequence[Thing]]
    found: Callable[[Collection[int]], dict[int, Thing]]
    keys: tuple[str, ...] = ()
    page: str = ""
    right: str = ""

    def fits(self, key: str) -> bool:
        return not self.keys or key in self.keys


_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Make a kind of object known, such as "budgets.budget". Registering again replaces."""
    _resolvers[kind] = resolver


def resolver(kind: str) -> Resolver | None:
    """The resolver of a kind, None when its app is not there."""
    return _resolvers.get(kind)


def offered(unit: Unit, key: str) -> list[tuple[str, Resolver, Sequence[Thing]]]:
    """What may be attached to an action item of a unit: (kind, resolver, things) for every kind that fits it."""
    return [(kind, each, each.offered(unit)) for kind, each in sorted(_resolvers.items()) if each.fits(key)]


def workplaces(seat: Seat, unit_id: int, key: str) -> list[tuple[str, str]]:
    """(title, page) of where the objects are made on which an item of this key is meant to rest, for whom they are."""
    named = (each for _kind, each in sorted(_resolvers.items()) if key in each.keys and each.page)
    return [(each.title, each.page) for each in named if seat.can(each.right, unit_id)]


def things(wanted: Collection[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """Many objects by (kind, id): one question per kind. What is gone is left out."""
    by_kind: dict[str, set[int]] = {}
    for kind, object_id in wanted:
        by_kind.setdefault(kind, set()).add(object_id)
    return {
        (kind, object_id): thing
        for kind, ids in by_kind.items()
        if kind in _resolvers
        for object_id, thing in _resolvers[kind].found(ids).items()
    }
