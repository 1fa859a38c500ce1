"""Taking back what was done last to an action item: one's own slip, or somebody else's act with the reason."""

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from ssu.models import ActionItem, State
from ssu.operations.acts import Kind, at_work, write
from ssu.operations.notices import tell_put_back, tell_taken_back
from ssu.queries.items import doer_of, last_act
from ssu.states import UNCLAIMED


class NothingToUndo(Refused):
    """The item is neither claimed, nor completed, nor set aside."""

    code = "nothing_to_undo"
    message = "There is nothing to undo: the item is open."


class UndoReason(Refused):
    """Whoever did it has to know what is missing; their own slip needs no words."""

    code = "undo_reason"
    status = 422
    field = "reason"
    message = "Say what is missing or wrong. Whoever did it is told, and reads it here."


@transaction.atomic
def undo_item(*, agency: Agency, actor: User, item: ActionItem, reason: str = "") -> ActionItem:
    """Take back what was done last: a confirmation, else a claim, or setting it aside. Somebody else's act goes with a
    reason, which they are told of. Raises NothingToUndo, UndoReason.
    """
    row = at_work(item)
    if row.state in UNCLAIMED:
        raise NothingToUndo
    doer = doer_of(row, last_act(row))
    if not reason.strip() and doer != actor.pk:
        raise UndoReason
    before, claimant = row.state, row.claimed_by
    write(actor=actor, item=row, kind=Kind.UNDONE, reason=reason.strip())
    tell_taken_back(agency, actor, row, claimant)
    if before != State.READY:
        tell_put_back(agency, actor, row, User.objects.filter(pk=doer).first() if doer else None)
    return row
