"""Changing what somebody else is to agree to, and agreeing to what one has seen."""

from typing import Any

from accounts.models import User
from core.errors import Refused


class ChangedSinceSeen(Refused):
    """Nobody agrees to words or amounts that they have not seen."""

    code = "changed_since_seen"
    message = "This was changed since you opened it. Look at how it stands now, then decide."


def wrote(row: Any, actor: User | None) -> None:
    """Count a change of a locked row and who made it; the caller saves `writers` and `revision`."""
    row.revision += 1
    row.add_writers(actor.pk if actor else None)


def need_as_seen(row: Any, revision: int | None) -> None:
    """Raise ChangedSinceSeen unless a locked row still is what the actor saw, by its revision; None asks nothing."""
    if revision is not None and revision != row.revision:
        raise ChangedSinceSeen
