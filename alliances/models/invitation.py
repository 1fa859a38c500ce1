"""Asking a person to act for a member, or on the backbone's staff."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.fields import OwnedKey
from alliances.models.owned import AllianceOwned
from alliances.models.people import Member


def in_two_weeks() -> datetime:
    return timezone.now() + timedelta(days=14)


class SeatInvitation(AllianceOwned):
    """A link by which a person takes a seat. It is signed and carries the alliance; it works once, for 14 days."""

    member = OwnedKey(Member, null=True, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    capacities = models.JSONField(default=list, help_text="names of the may_… fields of a representative")
    nonce = models.CharField(max_length=43, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alliance", "nonce"], name="seat_invitation_nonce")]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the link works now."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()
