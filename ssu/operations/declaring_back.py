"""Taking the declaration back that a unit's roll-out is complete."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from ssu.models import RollOut, Unit
from ssu.operations.archived import need_at_work
from ssu.operations.declaring_notices import tell_taken_back

UNDO_WITHIN: Final = timedelta(minutes=10)
"""So long whoever declared takes a slip of the finger back without a reason."""


class NotDeclared(Refused):
    """Only what was declared is taken back."""

    code = "not_declared"
    message = "This roll-out is not declared complete, or somebody took the declaration back just now."


class TakeBackReason(Refused):
    """The board has read the declaration, so it reads why it stands no more."""

    code = "take_back_reason"
    status = 422
    field = "reason"
    message = "Say why the declaration is taken back. Everybody who looks at the roll-out reads it."


def is_slip(declared: RollOut, actor: User) -> bool:
    """Whether this person declared it just now."""
    return declared.declared_by_id == actor.pk and timezone.now() - declared.declared_at < UNDO_WITHIN


@transaction.atomic
def take_declaration_back(*, agency: Agency, actor: User, unit: Unit, reason: str = "") -> RollOut:
    """Take the declaration back, with the reason; just now, by whoever declared, without. Its row stays; the unit may
    be declared complete again. Whoever declared hears of it. Raises NotDeclared, TakeBackReason.
    """
    need_at_work(unit.pk)
    row: RollOut | None = RollOut.objects.standing().filter(unit=unit.pk).first()
    if row is None:
        raise NotDeclared
    if not reason.strip() and not is_slip(row, actor):
        raise TakeBackReason
    row.taken_back_by, row.taken_back_at, row.taken_back_reason = actor, timezone.now(), reason.strip()
    row.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_reason"])
    audit.record(
        actor=actor, verb="take declaration back", of=unit, label=unit.public_name, reason=row.taken_back_reason
    )
    tell_taken_back(agency, actor, row)
    return row
