"""What givers asked for: the app that keeps gifts tells how much of what designations received was given with a
stated intent, so that a transfer leaves it where it is.
"""

from collections import Counter
from collections.abc import Callable, Collection

Intended = Callable[[Collection[int]], dict[tuple[int, str], int]]
_finders: list[Intended] = []


def register(find: Intended) -> None:
    """Tell how to find it: `find(designation ids)` by designation and currency, in minor units, less what was given
    back.
    """
    if find not in _finders:
        _finders.append(find)


def intended(designation_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """What was ever given with words of the giver, by designation and currency, in minor units."""
    found: Counter[tuple[int, str]] = Counter()
    for find in _finders:
        for key, amount in find(designation_ids).items():
            found[key] += amount
    return dict(found)
