"""Whether what a giver wrote binds a gift to a worker or names a closed unit: one rule for what is typed and for what
files bring. Pure, since the process that judges files has no database.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable

_BINDING = re.compile(
    r"\b(?:only|solely|exclusively|must\s+go\s+to|personal(?:ly)?|salary|rent|tuition)\b", re.IGNORECASE
)
_NO_NAME = re.compile(r"(?!)")
_PLAIN_WORDS = frozenset(
    {
        *("a", "an", "and", "of", "the", "people", "peoples", "tribe", "group", "community", "families", "family"),
        *("valley", "project", "program", "programme", "initiative", "ministry", "mission", "team", "church"),
    }
)


class HiddenNames:
    """The true names of closed units, in whatever somebody wrote."""

    def __init__(self, names: Iterable[str]) -> None:
        self._hidden = _pattern([_telling(name) for name in names], "(?:'?s)?'?")

    def found_in(self, text: str) -> bool:
        """Say whether the text holds one of the names."""
        return self._hidden.search(_plain(text)) is not None


class WorkerNames:
    """Workers' last names, in whatever a giver wrote."""

    def __init__(self, last_names: Collection[str]) -> None:
        self._workers = _pattern(last_names, "(?:'s|s'|')?")

    def bound_by(self, memo: str) -> bool:
        """Say whether the memo names a worker together with a word that makes the wish a condition.

        A worker's name alone is a wish and fine (Rev. Rul. 62-113: the agency keeps control and discretion).
        """
        return may_bind(memo) and self._workers.search(_plain(memo)) is not None


def may_bind(memo: str) -> bool:
    """Whether the memo holds such a word, whoever it is about."""
    return _BINDING.search(memo) is not None


def _pattern(names: Collection[str], ending: str) -> re.Pattern[str]:
    """Return a pattern for any of the names as whole words with that ending: `Miller's`, `Millers'`, `Jones'`."""
    words = [r"\s+".join(map(re.escape, _plain(name).split())) for name in names if name.strip()]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)}){ending}(?![\w-])") if words else _NO_NAME


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u2019", "'").casefold()


def _telling(name: str) -> str:
    """Return the part of a unit's true name that gives it away: "Tamrin" of "Tamrin People"."""
    words = [word for word in name.split() if word.casefold() not in _PLAIN_WORDS]
    return " ".join(words) or name
