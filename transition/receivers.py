"""What is written on the records of a wave when its letters have gone out, or come back."""

from typing import Any

from django.dispatch import receiver

from agencies.models import Agency
from agencies.scope import current_agency_id
from communications.models import LetterMessage
from communications.queries.series import LOST, SENT
from core.errors import Refused
from delivery.models import OutgoingMessage
from delivery.signals import message_ended
from transition.operations.notices import tell_by_letter, untell
from transition.queries.notices import KIND


@receiver(message_ended, dispatch_uid="transition.message_ended")
def note_on_the_records(sender: Any, message: OutgoingMessage, **kwargs: Any) -> None:
    """A letter of a wave was taken by a mail server, or came back. What the transition refuses, such as one that has
    ended meanwhile, holds no mail up.
    """
    if message.agency_id is None or message.state not in SENT | LOST:
        return
    row = LetterMessage.objects.filter(outgoing=message.pk, series__startswith=f"{KIND}:")
    found = row.select_related("letter__core_message", "partner").first()
    if found is None:
        return
    agency = Agency.objects.get(pk=current_agency_id())
    try:
        if message.state in SENT:
            tell_by_letter(agency=agency, message=found, on=agency.today())
        else:
            untell(agency=agency, message=found)
    except Refused:
        return
