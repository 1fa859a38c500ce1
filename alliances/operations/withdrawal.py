"""Stopping the links of invitations whose sender or member has left."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.masking import Mask, masked
from alliances.models import SeatInvitation


def withdraw_seats(actor: User | None, **of: Any) -> None:
    """Stop the links that still work among those of `invited_by` a person, or to a `member`: they would give seats in
    the name of who has none.
    """
    waiting = SeatInvitation.objects.select_for_update().filter(accepted_at=None, withdrawn_at=None, **of)
    for invitation in waiting.order_by("pk"):
        if invitation.is_open:
            invitation.withdrawn_at = timezone.now()
            invitation.save(update_fields=["withdrawn_at"])
            note(actor, "withdraw invitation", invitation)


def note(actor: User | None, verb: str, invitation: SeatInvitation) -> None:
    """Write it into the audit trail, the address masked."""
    told = {"email": masked(invitation.email, Mask.EMAIL), "capacities": ", ".join(invitation.capacities)}
    audit.record(actor=actor, verb=verb, of=invitation, label=invitation.name, changes=told)
