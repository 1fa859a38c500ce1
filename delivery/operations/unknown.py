"""What a person decides about messages of which nobody can tell whether they went out."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from delivery.models import OutgoingMessage
from jobs.nudge import nudge_on_commit


class NotUnknown(Refused):
    """Somebody has decided already, or there is nothing to decide."""

    code = "not_unknown"
    message = "This message no longer waits for a decision. Look at its page again."


@transaction.atomic
def send_again(*, agency: Agency, actor: User, message: OutgoingMessage, reason: str = "") -> OutgoingMessage:
    """Queue an unknown message once more under its Message-ID; the receiver may get it twice. Raises NotUnknown."""
    row = settle(message, actor)
    row.state, row.attempts, row.not_before = OutgoingMessage.State.QUEUED, 0, None
    row.save()
    audit.record(actor=actor, verb="send message again", of=row, label=row.subject, reason=reason)
    nudge_on_commit("delivery.tasks.send_due")
    return row


@transaction.atomic
def leave(*, agency: Agency, actor: User, message: OutgoingMessage, reason: str = "") -> OutgoingMessage:
    """Let an unknown message rest: it stays unknown and leaves the list of what waits for a decision. Raises
    NotUnknown.
    """
    row = settle(message, actor)
    row.save()
    audit.record(actor=actor, verb="leave message", of=row, label=row.subject, reason=reason)
    return row


def settle(message: OutgoingMessage, actor: User) -> OutgoingMessage:
    """Lock the message and put the decision on it, unsaved."""
    row: OutgoingMessage = OutgoingMessage.objects.select_for_update().get(pk=message.pk)
    if row.state != OutgoingMessage.State.UNKNOWN or row.settled_at is not None:
        raise NotUnknown
    row.settled_at = row.changed_at = timezone.now()
    row.settled_by = actor
    return row
