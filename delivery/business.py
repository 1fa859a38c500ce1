"""Whether what a task asks is still the business of its person: the app that owns the thing it names knows."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from agencies.seats import Seat

Foreign = Callable[[Seat, Sequence[Any]], Collection[int]]
"""From a seat and its tasks about things of a kind: the ids of those with which it can do nothing."""
_foreign: dict[str, Foreign] = {}


def register(kind: str, foreign: Foreign) -> None:
    """Tell, for the things of a kind, which tasks ask what their person cannot do. Registering again replaces."""
    _foreign[kind] = foreign


def foreign_among(seat: Seat, tasks: Iterable[Any]) -> set[int]:
    """The ids of those open tasks of the app that ask their person for what they cannot do (any more); of a kind that
    nobody registered none. One query per kind of thing.
    """
    asked = [task for task in tasks if task.about and task.done_at is None]
    kinds = {task.named_kind for task in asked} & _foreign.keys()
    return {pk for kind in kinds for pk in _foreign[kind](seat, [task for task in asked if task.named_kind == kind])}
