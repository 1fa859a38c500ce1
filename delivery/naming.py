"""Names in notices and tasks, filled in when they are read or mailed.

What a thing may be called can change after somebody was told: a unit becomes closed, and its true name must stand
nowhere from then on (trust rule T6). So a text holds `NAME`, its row says of which thing, and the app that owns such
things says what anybody may call them now.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

NAME: Final = "⟦name⟧"
"""Stands in a text where the name of the thing belongs."""
Shown = Callable[[Any, Collection[int]], Mapping[int, str]]
"""From a seat and ids: what the seat calls those things that are open to it; the others are left out."""
Namer = Callable[[Collection[int]], Mapping[int, str]]
_namers: dict[str, Namer] = {}
_shown: dict[str, Shown] = {}


def register(kind: str, namer: Namer, shown: Shown | None = None) -> None:
    """Tell what anybody may call the things of a kind, by id, in one query, and what a seat calls them. Registering
    again replaces.
    """
    _namers[kind] = namer
    if shown is not None:
        _shown[kind] = shown


@dataclass(frozen=True)
class Worded:
    """A text as one person reads it in the app. `leads`: the thing it names is open to them, so that its link leads
    somewhere.
    """

    text: str
    leads: bool


def worded(seat: Any, rows: Iterable[Any]) -> list[Worded]:
    """The texts in the words of their reader: things are called as everywhere in the app; those that are not open to
    the reader any more go by the name that anybody may know. Two queries per kind of thing.
    """
    found = list(rows)
    wanted: dict[str, set[int]] = {}
    for row in found:
        if row.named_id is not None:
            wanted.setdefault(row.named_kind, set()).add(row.named_id)
    own = {kind: _shown[kind](seat, ids) for kind, ids in wanted.items() if kind in _shown}
    public = in_words(found)

    def one(row: Any, text: str) -> Worded:
        if row.named_id is None or row.named_kind not in own:
            return Worded(text, leads=True)
        name = own[row.named_kind].get(row.named_id)
        if name is None:
            return Worded(text, leads=False)
        return Worded(row.text.replace(NAME, name).strip(": "), leads=True)

    return [one(row, text) for row, text in zip(found, public, strict=True)]


def in_words(rows: Iterable[Any]) -> list[str]:
    """The texts of notices or tasks with the names of today. One query per kind of thing."""
    found = list(rows)
    wanted: dict[str, set[int]] = {}
    for row in found:
        if row.named_id is not None:
            wanted.setdefault(row.named_kind, set()).add(row.named_id)
    names = {kind: _namers[kind](ids) for kind, ids in wanted.items() if kind in _namers}
    return [row.text.replace(NAME, names.get(row.named_kind, {}).get(row.named_id, "")).strip(": ") for row in found]
