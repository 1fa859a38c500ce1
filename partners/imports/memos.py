"""What a memo says: which gift it takes back, whether it binds a gift to a worker, whether it names a closed unit."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from partners.imports.context import Context

_NAMED_GIFT = re.compile(r"(?:gift|donation|number|no\.?|#)\s*[#:]?\s*([\w-]+)", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")
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


def gifts_named_in(memo: str) -> tuple[str, ...]:
    """Return the words of a memo that may be a gift number, the likeliest first: "Refund of gift 4105543"."""
    return tuple(dict.fromkeys([*_NAMED_GIFT.findall(memo), *_WORD.findall(memo)]))


class HiddenNames:
    """The true names of closed units, in whatever somebody wrote."""

    def __init__(self, names: Iterable[str]) -> None:
        self._hidden = _pattern([_telling(name) for name in names], "(?:'?s)?'?")

    def found_in(self, text: str) -> bool:
        """Say whether the text holds one of the names."""
        return self._hidden.search(_plain(text)) is not None


class MemoWords:
    """The words of memos that matter: workers' last names beside "only" and its kind, and names of closed units."""

    def __init__(self, context: Context) -> None:
        self._workers = _pattern(context.worker_names, "(?:'s|s'|')?")
        self._hidden = HiddenNames(context.hidden_names)

    def earmarks_worker(self, memo: str) -> bool:
        """Say whether the memo names a worker together with a word that makes the wish a condition.

        A worker's name alone is a wish and fine (Rev. Rul. 62-113: the agency keeps control and discretion).
        """
        return _BINDING.search(memo) is not None and self._workers.search(_plain(memo)) is not None

    def names_hidden_unit(self, memo: str) -> bool:
        """Say whether the memo holds the true name of a closed unit."""
        return self._hidden.found_in(memo)


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
