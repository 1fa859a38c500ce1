"""Closing an address, and opening it again when the person asks."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.scope import current
from delivery.addresses import address_hash
from delivery.models import Suppression


@transaction.atomic
def suppress(*, actor: User | None, reason: str, address: str = "", hashed: str = "", purpose: str = "") -> Suppression:
    """Write no more to an address, given itself or by its hash: for one purpose, or for all. Doing it twice changes
    nothing.
    """
    wanted = hashed or address_hash(current().agency_id, address)
    found: Suppression | None = Suppression.objects.filter(address_hash=wanted, purpose=purpose, lifted_at=None).first()
    if found is not None:
        return found
    made: Suppression = Suppression.objects.create(address_hash=wanted, purpose=purpose, reason=reason)
    audit.record(
        actor=actor,
        verb="suppress address",
        of=made,
        label="an address",
        changes={"purpose": purpose, "reason": reason},
    )
    return made


@transaction.atomic
def lift(*, actor: User, address: str, purpose: str = "", reason: str) -> int:
    """Open an address again because the person asked for it (`reason` says how); return how many suppressions ended."""
    rows = Suppression.objects.select_for_update().filter(
        address_hash=address_hash(current().agency_id, address), purpose=purpose, lifted_at=None
    )
    for row in rows:
        row.lifted_at, row.lifted_by = timezone.now(), actor
        row.save(update_fields=["lifted_at", "lifted_by"])
        audit.record(actor=actor, verb="lift suppression", of=row, label="an address", reason=reason)
    return len(rows)
