"""What is heard of a message after the mail server took it."""

from django.db import transaction
from django.utils import timezone

from core.errors import Refused
from delivery.models import OutgoingMessage, Suppression
from delivery.operations.suppressions import suppress
from delivery.signals import message_ended

State = OutgoingMessage.State
HEARD = {
    State.DELIVERED: "",
    State.BOUNCED: Suppression.Reason.BOUNCED,
    State.COMPLAINED: Suppression.Reason.COMPLAINED,
}


class NotAFate(Refused):
    """Only delivered, bounced and complained are told by others."""

    code = "not_a_fate"
    message = "A provider reports a message as delivered, bounced or complained."


@transaction.atomic
def record_fate(*, message: OutgoingMessage, fate: str, words: str = "") -> OutgoingMessage:
    """Keep what the provider reports: delivered, bounced for good, or complained. The last two close the address for
    every purpose.

    An unknown message of which something is heard is unknown no longer. A complaint outlives a late report of delivery.
    """
    if fate not in HEARD:
        raise NotAFate
    row: OutgoingMessage = OutgoingMessage.objects.select_for_update().get(pk=message.pk)
    if row.state in {State.BOUNCED, State.COMPLAINED} and fate == State.DELIVERED:
        return row
    row.state, row.changed_at, row.last_error, row.lease_until = fate, timezone.now(), words[:300], None
    row.save()
    reason = HEARD[State(fate)]
    if reason:
        suppress(actor=None, address=row.to, reason=reason)
    message_ended.send(OutgoingMessage, message=row)
    return row
