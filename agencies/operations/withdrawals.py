"""Stopping the links of invitations before they are used."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.masking import Mask, masked
from agencies.models import Agency, Invitation
from core.errors import Refused


class InvitationClosed(Refused):
    """Used, withdrawn, replaced, or older than 14 days."""

    code = "invitation_closed"
    status = 410
    message = "This invitation no longer works: it was used, withdrawn, or is older than 14 days. Ask for a new one."


@transaction.atomic
def withdraw_invitation(*, agency: Agency, actor: User | None, invitation: Invitation, reason: str = "") -> None:
    """Stop a link from working. Raises InvitationClosed when it was used."""
    stands: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if stands.accepted_at:
        raise InvitationClosed
    if stands.withdrawn_at is None:
        stands.withdrawn_at = timezone.now()
        stands.save(update_fields=["withdrawn_at"])
        note(actor, "withdraw invitation", stands, reason)


@transaction.atomic
def withdraw_invitations_of(*, agency: Agency, actor: User | None, inviter: User, reason: str = "") -> None:
    """Take back what a person wrote who may invite no longer, for it would give roles in that person's name: what was
    sent, also when the link is too old, since it can be sent again, and what is held.
    """
    written = Invitation.objects.select_for_update().filter(invited_by=inviter, accepted_at=None, withdrawn_at=None)
    for invitation in written.order_by("pk"):
        withdraw_invitation(agency=agency, actor=actor, invitation=invitation, reason=reason)


def note(actor: User | None, verb: str, invitation: Invitation, reason: str = "") -> None:
    """Write it into the audit trail, the address masked."""
    in_units = (f"{role} in unit {unit_id}" for unit_id, role in invitation.unit_roles)
    told = {"email": masked(invitation.email, Mask.EMAIL), "roles": ", ".join([*invitation.roles, *in_units])}
    audit.record(actor=actor, verb=verb, of=invitation, label=invitation.name, changes=told, reason=reason)
