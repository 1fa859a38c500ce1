"""What is read from the outbox. Nothing here writes."""

from collections.abc import Iterable

from agencies.scope import current
from delivery.addresses import address_hash, normal
from delivery.models import Suppression

Pair = tuple[str, str]


def suppressed(pairs: Iterable[Pair]) -> set[Pair]:
    """Which of these (address, purpose) may not be written to in the scope in force; addresses come back in their
    normal form.
    """
    wanted = {(normal(to), purpose) for to, purpose in pairs}
    by_hash = {address_hash(current().agency_id, to): to for to, _ in wanted}
    rows = Suppression.objects.filter(address_hash__in=by_hash, lifted_at=None).values_list("address_hash", "purpose")
    closed = {(by_hash[found], purpose) for found, purpose in rows}
    return {(to, purpose) for to, purpose in wanted if {(to, ""), (to, purpose)} & closed}


def is_suppressed(to: str, purpose: str) -> bool:
    """Whether an address may not be written to for a purpose."""
    return bool(suppressed([(to, purpose)]))
