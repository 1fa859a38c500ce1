"""What givers asked for: the app that keeps gifts tells how much of what a designation received was given with a
stated intent, so that a transfer leaves it where it is.
"""

from collections.abc import Callable

Intended = Callable[[int, str], int]
_finders: list[Intended] = []


def register(find: Intended) -> None:
    """Tell how to find it: `find(designation id, currency)` in minor units, less what was given back."""
    if find not in _finders:
        _finders.append(find)


def intended(designation_id: int, currency: str) -> int:
    """What was ever given to a designation with words of the giver, in minor units."""
    return sum(find(designation_id, currency) for find in _finders)
