"""Sending invitations that were prepared and held."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from agencies.models import Agency, Invitation
from agencies.operations.invitations import resend_invitation
from agencies.queries.invitations import held_invitations
from core.errors import Refused

MOST = 500
"""Mails of one press: a request answers within seconds."""


class NobodyChosen(Refused):
    """Whoever sends says to whom."""

    code = "nobody_chosen"
    status = 422
    message = "Tick whom to send to, or send all. Nothing was sent."


class NothingHeld(Refused):
    """There is something to send."""

    code = "nothing_held"
    message = (
        "None of these invitations waits to be sent. Look at the list again: somebody may have sent them just now."
    )


@transaction.atomic
def send_held(*, agency: Agency, actor: User, only: Collection[int] | None = None) -> int:
    """Send the held invitations, or of them `only` these ids, at most MOST; return how many. Each gets 14 days from
    now. Raises NobodyChosen or NothingHeld.
    """
    if only is not None and not only:
        raise NobodyChosen
    found = held_invitations().select_for_update(of=("self",))
    chosen = found if only is None else found.filter(pk__in=only)
    waiting: list[Invitation] = list(chosen[:MOST])
    if not waiting:
        raise NothingHeld
    for invitation in waiting:
        resend_invitation(agency=agency, actor=actor, invitation=invitation)
    return len(waiting)
