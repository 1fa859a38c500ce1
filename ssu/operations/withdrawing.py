"""Withdrawing a row that is never changed: who, when and why, once."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from core.errors import Refused


class WithdrawalReasonMissing(Refused):
    """Whoever reads it later wants to know why."""

    code = "reason_missing"
    status = 422
    field = "reason"
    message = "Say why this is withdrawn. It stays readable, and whoever looks at it later reads the reason."


class AlreadyWithdrawn(Refused):
    """It was withdrawn before."""

    code = "already_withdrawn"
    message = "This was withdrawn already. Look at the page again."


def withdraw(actor: User, row: Any, reason: str) -> None:
    """Mark a locked row as withdrawn. Raises WithdrawalReasonMissing, AlreadyWithdrawn."""
    if not reason.strip():
        raise WithdrawalReasonMissing
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = actor, timezone.now(), reason.strip()
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
