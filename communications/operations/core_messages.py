"""Core messages: written by one, agreed to by another."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from communications.evidence import KIND
from communications.guarded import guarded_words
from communications.letter_check import NOBODY, Known
from communications.models import CoreMessage
from communications.wording import findings, refuse_blocked
from core.errors import Refused
from ssu.models import Unit
from ssu.operations import reopen_resting_on


class OwnMessage(Refused):
    """Who wrote it does not agree to it."""

    code = "own_core_message"
    message = "You wrote this version, so somebody else agrees to it."


class AgreedAlready(Refused):
    """A version is agreed to once."""

    code = "core_message_agreed"
    message = "Somebody has agreed to this version already."


@transaction.atomic
def write_core_message(
    *, agency: Agency, actor: User | None, unit: Unit, text: str, unmasked: Known = NOBODY
) -> CoreMessage:
    """The next version of a unit's core message. Raises WordBlocked."""
    refuse_blocked(findings([text], guarded_words(), unmasked))
    Unit.objects.select_for_update().get(pk=unit.pk)  # versions are counted one by one
    last = CoreMessage.objects.filter(unit=unit).aggregate(last=Max("version"))["last"] or 0
    row: CoreMessage = CoreMessage.objects.create(agency=agency, unit=unit, version=last + 1, text=text, author=actor)
    audit.record(actor=actor, verb="write core message", of=row, label=f"{unit.public_name}, version {row.version}")
    return row


@transaction.atomic
def approve_core_message(*, agency: Agency, actor: User, message: CoreMessage) -> CoreMessage:
    """Agree to a version; items that rest on an earlier one open again. Raises AgreedAlready, OwnMessage."""
    row: CoreMessage = CoreMessage.objects.select_for_update(of=("self",)).select_related("unit").get(pk=message.pk)
    if row.approved_at is not None:
        raise AgreedAlready
    if row.author_id == actor.pk:
        raise OwnMessage
    row.approved_by, row.approved_at = actor, timezone.now()
    row.save(update_fields=["approved_by", "approved_at"])
    earlier = CoreMessage.objects.filter(unit=row.unit_id, version__lt=row.version).values_list("pk", flat=True)
    reason = f"The core message has a new version, {row.version}."
    reopen_resting_on(agency=agency, actor=actor, kind=KIND, object_ids=list(earlier), reason=reason)
    audit.record(
        actor=actor, verb="agree to core message", of=row, label=f"{row.unit.public_name}, version {row.version}"
    )
    return row
