"""How far a relationship is on its way to another holder."""

from collections.abc import Iterable
from typing import Final

from handover.models import PassingAct

OPEN: Final = "open"
"""Nothing has happened yet."""
NAMED: Final = PassingAct.Kind.NAMED.value
INTRODUCED: Final = PassingAct.Kind.INTRODUCED.value
SKIPPED: Final = PassingAct.Kind.SKIPPED.value
UNFINISHED: Final = frozenset({OPEN, NAMED})
"""A case closes when no relationship is in one of these."""


def standing(acts: Iterable[PassingAct]) -> list[PassingAct]:
    """The acts that were not taken back, in order."""
    return sorted((each for each in acts if each.taken_back_at is None), key=lambda act: act.pk)


def state_of(acts: Iterable[PassingAct]) -> str:
    """The kind of the last act that stands, or `OPEN`."""
    found = standing(acts)
    return str(found[-1].kind) if found else OPEN
