"""The rule of step 4: nobody on the team is left out."""

from typing import Final

from core.errors import Refused
from ssu.models import ActionItem, Unit
from ssu.queries.coaching import coaching_of
from ssu.queries.coaching_evidence import trouble_of

STEP: Final = 4
TEAM_COACHED: Final = "4.2"
"""The item that says that every person of the team is coached."""


class TeamNotCoached(Refused):
    """An item of step 4 is confirmed only when everybody is coached in every required area, or excused."""

    code = "team_not_coached"


def has_team(unit_id: int) -> bool:
    """Whether anybody serves in the unit today who is to be coached."""
    return bool(coaching_of([unit_id])[unit_id].people)


def hold_team(unit_id: int) -> None:
    """Hold the unit's row until the transaction ends, so that nobody joins its team between a look at the team and what
    rests on it. Taken before any item's row: two people acting at once never wait for each other.
    """
    Unit.objects.select_for_update().get(pk=unit_id)


def hold_team_of(item: ActionItem) -> None:
    """The same for an item that rests on the team."""
    if item.step == STEP:
        hold_team(item.unit_id)


def need_team_coached(item: ActionItem) -> None:
    """Raise TeamNotCoached for an item of step 4 while somebody is left."""
    if item.step == STEP:
        check_team(item.unit_id)


def check_team(unit_id: int, *, or_nobody: bool = False) -> None:
    """Raise TeamNotCoached while somebody on the team is left; also while nobody serves, unless that is as good."""
    coaching = coaching_of([unit_id])[unit_id]
    trouble = "" if or_nobody and not coaching.people else trouble_of(coaching)
    if trouble:
        raise TeamNotCoached(trouble)
