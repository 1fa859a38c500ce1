"""What is different between two texts, word by word."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

TOKENS: Final = re.compile(r"\s+|[^\s]+")
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words that is the same in both texts, was added, or was removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A section of two versions: its title, and its words in the order of reading."""

    title: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != SAME for piece in self.pieces)


def pieces_between(before: str, after: str) -> list[Piece]:
    """The words of both texts. What is the same, with what was removed, is `before`; with what was added, `after`."""
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    found: list[Piece] = []
    for verb, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(Piece(SAME, "".join(old[old_from:old_to])))
            continue
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        found += [Piece(kind, text) for kind, text in ((REMOVED, removed), (ADDED, added)) if text]
    return found


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """Section by section, in the order of the newer version, then what it has dropped."""
    titles = [*after, *(title for title in before if title not in after)]
    return [Difference(title, pieces_between(before.get(title, ""), after.get(title, ""))) for title in titles]
