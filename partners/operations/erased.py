"""Nothing is written of who was erased."""

from core.errors import Refused
from partners.models import Partner


class ErasedAlready(Refused):
    """An erasure is once and for good."""

    code = "partner_erased"
    message = "This partner was erased. Nothing can be written to the record, and nothing brings it back."


def refuse_erased(*partners: Partner | None) -> None:
    """Raise ErasedAlready when one of these was erased. PostgreSQL refuses what slips through. No query."""
    if any(partner is not None and partner.erased_at is not None for partner in partners):
        raise ErasedAlready
