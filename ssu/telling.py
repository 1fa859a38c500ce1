"""Whether words that everybody reads (alias, region, code, the words of a copy) tell a name or a place that is kept.

A part is enough: "Tamrin team" tells "Tamrin People", and so do "TAMRIN-1", "tamrín" and "Anna M" for "Anna Miller".
"""

import re
import unicodedata
from typing import Final

LEAST: Final = 3
"""Letters that a part of a name has to tell anything; the whole name counts however short it is."""
RUN_TOGETHER: Final = 5
"""Letters from which on a part is also looked for over gaps, as in "TAM-RIN"."""
PLAIN_WORDS: Final = frozenset(
    """the and for with people peoples tribe team unit project mission church community program initiative group
    region area valley north northern south southern east eastern west western central upper lower new
    town village city river mountain island""".split()  # noqa: SIM905
)
"""Words that are part of many names and tell none of them."""


def plain(text: str) -> str:
    """Small letters and digits without accents, words apart by one blank."""
    bare = (each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(re.findall(r"\w+", "".join(bare).casefold().replace("_", " ")))


def telling_parts(name: str) -> frozenset[str]:
    """The words of a name, each of which tells it."""
    return frozenset(word for word in plain(name).split() if len(word) >= LEAST and word not in PLAIN_WORDS)


def tells(said: str, *names: str) -> bool:
    """Whether these words tell one of the names, whole or by a part. What is empty tells nothing and is not told."""
    spaced = plain(said)
    kept = {part for name in names for part in (plain(name), *telling_parts(name)) if part}
    return any(stands_in(part, spaced) for part in kept)


def stands_in(part: str, spaced: str) -> bool:
    """Whether a part of a name stands in plain words: a short one as a word, a longer one also inside of a word, a
    long one also over gaps.
    """
    if len(part) < LEAST:
        return part in spaced.split()
    if part in spaced:
        return True
    return len(part) >= RUN_TOGETHER and part.replace(" ", "") in spaced.replace(" ", "")


def without(text: str, names: list[str], gap: str) -> str:
    """The text with every name, and every part that tells it, replaced by the gap."""
    whole = sorted((name for name in names if name.strip()), key=len, reverse=True)
    parts = sorted({part for name in whole for part in telling_parts(name)}, key=len, reverse=True)
    found = [re.escape(name) for name in whole] + [rf"\b{re.escape(part)}\b" for part in parts]
    return re.sub("|".join(found), gap, text, flags=re.IGNORECASE) if found else text
