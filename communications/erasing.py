"""What letters and consent keep of a partner who is erased."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from agencies.models import Agency
from communications.models import ConsentEntry, LetterMessage
from communications.operations.preferences import KIND
from delivery.models import OutgoingMessage, Suppression
from delivery.operations.forgetting import AT_WORK, forget_messages, sent_to
from partners.erasing import Hold, Kept, Marks, Part


def messages_of(marks: Marks) -> list[int]:
    """The messages of letters to the partner, and those that asked to confirm wishes."""
    letters = LetterMessage.objects.filter(partner__in=marks.partner_ids).exclude(outgoing=None)
    asked = OutgoingMessage.objects.filter(reference_kind=KIND, reference_id__in=marks.partner_ids)
    return [*letters.values_list("outgoing", flat=True), *asked.values_list("pk", flat=True)]


def goes(marks: Marks) -> list[tuple[str, int]]:
    """Addresses and words of what was sent, and the words of consent."""
    said = ConsentEntry.objects.filter(partner__in=marks.partner_ids).count()
    sent = sent_to(marks.own_emails, messages_of(marks)).count()
    return [(_("Words of consent and objections"), said), (_("Addresses and words of messages sent"), sent)]


def stays(agency: Agency, marks: Marks) -> list[Kept]:
    """Consent and letters without words; closed addresses as hashes."""
    of = {"partner__in": marks.partner_ids}
    return [
        Kept(
            _("Consent and objections: channel, purpose, ground and day"),
            ConsentEntry.objects.filter(**of).count(),
            _("They prove why somebody was written to."),
        ),
        Kept(
            _("Which letters were sent, without address and words"),
            LetterMessage.objects.filter(**of).count(),
            _("So that nothing is sent twice."),
        ),
        Kept(
            _("Closed e-mail addresses of the whole agency, as hashes that nobody can read back"),
            Suppression.objects.filter(lifted_at=None).count(),
            _("So that nobody who asked for silence is written to again, also after an import."),
        ),
    ]


def holds(agency: Agency, marks: Marks) -> list[Hold]:
    """A message that is being sent just now."""
    if sent_to(marks.own_emails, messages_of(marks)).filter(state__in=AT_WORK).exists():
        return [Hold(_("A message to this partner is being sent just now. Try again in a minute."))]
    return []


def erase(*, marks: Marks, **said: Any) -> None:
    """Take the words away."""
    forget_messages(addresses=(), message_ids=messages_of(marks), words=())
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_consent(%s::bigint[])", [list(marks.partner_ids)])


PART = Part(goes=goes, stays=stays, holds=holds, erase=erase)
