"""Closing an address, and opening it again when the person asks."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.scope import current
from delivery.addresses import address_hash
from delivery.models import Suppression
from delivery.signals import unsubscribed


@transaction.atomic
def suppress(*, actor: User | None, reason: str, address: str = "", hashed: str = "", purpose: str = "") -> bool:
    """Write no more to an address, given itself or by its hash, for one purpose or for all; say whether that is new."""
    wanted = hashed or address_hash(current().agency_id, address)
    row, is_new = Suppression.objects.get_or_create(
        address_hash=wanted, purpose=purpose, lifted_at=None, defaults={"reason": reason}
    )
    if is_new:
        changes = {"purpose": purpose, "reason": reason}
        audit.record(actor=actor, verb="suppress address", of=row, label="an address", changes=changes)
    return bool(is_new)


@transaction.atomic
def unsubscribe(*, hashed: str, purpose: str, reference: str) -> None:
    """Close an address because its owner pressed the button. Pressing again changes nothing, but the apps above hear
    of each press: two people may share the address, and each has a link of their own.
    """
    suppress(actor=None, reason=Suppression.Reason.UNSUBSCRIBED, hashed=hashed, purpose=purpose)
    unsubscribed.send(Suppression, address_hash=hashed, purpose=purpose, reference=reference)


@transaction.atomic
def lift(*, actor: User | None, address: str, purpose: str = "", reason: str) -> int:
    """Open an address again because the person asked for it (`reason` says how; no actor: by a signed link); return how
    many suppressions ended.
    """
    rows = Suppression.objects.select_for_update().filter(
        address_hash=address_hash(current().agency_id, address), purpose=purpose, lifted_at=None
    )
    for row in rows:
        row.lifted_at, row.lifted_by = timezone.now(), actor
        row.save(update_fields=["lifted_at", "lifted_by"])
        audit.record(actor=actor, verb="lift suppression", of=row, label="an address", reason=reason)
    return len(rows)
