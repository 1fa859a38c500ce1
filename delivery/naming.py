"""Names in notices and tasks, filled in when they are read or mailed.

What a thing may be called can change after somebody was told: a unit becomes closed, and its true name must stand
nowhere from then on (trust rule T6). So a text holds `NAME`, its row says of which thing, and the app that owns such
things says what anybody may call them now.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final

NAME: Final = "⟦name⟧"
"""Stands in a text where the name of the thing belongs."""
Namer = Callable[[Collection[int]], Mapping[int, str]]
_namers: dict[str, Namer] = {}


def register(kind: str, namer: Namer) -> None:
    """Tell what anybody may call the things of a kind, by id, in one query. Registering again replaces."""
    _namers[kind] = namer


def in_words(rows: Iterable[Any]) -> list[str]:
    """The texts of notices or tasks with the names of today. One query per kind of thing."""
    found = list(rows)
    wanted: dict[str, set[int]] = {}
    for row in found:
        if row.named_id is not None:
            wanted.setdefault(row.named_kind, set()).add(row.named_id)
    names = {kind: _namers[kind](ids) for kind, ids in wanted.items() if kind in _namers}
    return [row.text.replace(NAME, names.get(row.named_kind, {}).get(row.named_id, "")).strip(": ") for row in found]
