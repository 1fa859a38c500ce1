"""Names in notices and tasks, filled in when they are read or mailed.

What a thing may be called can change after somebody was told: a unit becomes closed, and its true name must stand
nowhere from then on (trust rule T6). So a text holds `NAME`, its row says of which thing, and the app that owns such
things says what anybody may call them now. Beside its thing a text may tell of others (who did it, which item): each is
a `mark`, filled in the same way, for the reader's eyes in the app and for anybody's in a mail.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.bidi import isolated

NAME: Final = "⟦name⟧"
"""Stands in a text where the name of the thing belongs."""
Shown = Callable[[Any, Collection[int]], Mapping[int, str]]
"""From a seat and ids: what the seat calls those things that are open to it; the others are left out."""
Namer = Callable[[Collection[int]], Mapping[int, str]]
Ids = tuple[int, ...]
Told = Callable[[Any, Collection[Ids]], Mapping[Ids, str]]
"""From a seat, None for anybody, and the ids in marks: what stands in their place."""
MARK = re.compile(r"⟦([a-z_.]+):(\d+(?:\.\d+)*)⟧")
_namers: dict[str, Namer] = {}
_shown: dict[str, Shown] = {}
_told: dict[str, Told] = {}


def mark(kind: str, *ids: int) -> str:
    """What stands in a text for something of a kind until somebody reads it."""
    return f"⟦{kind}:{'.'.join(map(str, ids))}⟧"


def register_mark(kind: str, told: Told) -> None:
    """Tell what stands in the place of the marks of a kind, in a constant number of queries. Registering again
    replaces.
    """
    _told[kind] = told


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
    the reader any more go by the name that anybody may know. A constant number of queries per kind of thing.
    """
    found = list(rows)
    own = {kind: _shown[kind](seat, ids) for kind, ids in things_of(found).items() if kind in _shown}
    names = [own[row.named_kind].get(row.named_id) if row.named_kind in own else None for row in found]
    leads = [
        row.named_id is None or row.named_kind not in own or name is not None
        for row, name in zip(found, names, strict=True)
    ]
    for_anybody = iter(in_words([row for row, name in zip(found, names, strict=True) if name is None]))
    mine = [row.text.replace(NAME, isolated(name)) for row, name in zip(found, names, strict=True) if name is not None]
    for_reader = iter(filled(seat, mine))
    texts = [next(for_anybody) if name is None else next(for_reader) for name in names]
    return [Worded(text, leads=each) for text, each in zip(texts, leads, strict=True)]


def in_words(rows: Iterable[Any]) -> list[str]:
    """The texts of notices or tasks with the names of today that anybody may hear. A constant number of queries per
    kind of thing.
    """
    found = list(rows)
    names = {kind: _namers[kind](ids) for kind, ids in things_of(found).items() if kind in _namers}
    texts = [row.text.replace(NAME, isolated(names.get(row.named_kind, {}).get(row.named_id, ""))) for row in found]
    return filled(None, texts)


def things_of(rows: Iterable[Any]) -> dict[str, set[int]]:
    """The things that rows name, by kind."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.named_id is not None:
            wanted.setdefault(row.named_kind, set()).add(row.named_id)
    return wanted


def filled(seat: Any, texts: Sequence[str]) -> list[str]:
    """Texts with their marks filled in for a seat, or for anybody."""
    wanted: dict[str, set[Ids]] = {}
    for kind, ids in (found for text in texts for found in MARK.findall(text)):
        wanted.setdefault(kind, set()).add(ids_of(ids))
    said = {kind: _told[kind](seat, ids) for kind, ids in wanted.items() if kind in _told}

    def one(found: re.Match[str]) -> str:
        return isolated(str(said.get(found[1], {}).get(ids_of(found[2]), "")))

    return [MARK.sub(one, text).strip(": ") for text in texts]


def ids_of(written: str) -> Ids:
    return tuple(int(each) for each in written.split("."))
