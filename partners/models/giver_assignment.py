"""Whose gifts turned out to be that came from a giver whom nobody knew."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet


class GiverAssignments(OwnedQuerySet["GiverAssignment"]):
    """Words for asking about assignments."""

    def standing(self) -> "GiverAssignments":
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class GiverAssignment(AgencyOwned):
    """A person found out who gave: from then on the gift is of this giving unit. Gifts of one act share `act`.

    The gift is not corrected: no amount, day or designation was wrong, so the ledger has nothing to reverse, closed
    months stay as they are, and what was matched with the bank stays matched. PostgreSQL lets a standing gift change
    its giver only from the unidentified one, together with such a row, and back again when it is taken back.
    """

    act = models.UUIDField(default=uuid4, editable=False)
    gift = OwnedKey("partners.Gift", related_name="giver_assignments", db_index=False)
    giving_unit = OwnedKey("partners.GivingUnit", related_name="+", db_index=False)
    reason = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=250, blank=True)

    objects: ClassVar[Owned] = Owned.from_queryset(GiverAssignments)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "gift"], condition=Q(undone_at=None), name="one_standing_giver_assignment"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "gift"], name="giver_assignment_by_gift"),
            models.Index(fields=["agency", "giving_unit"], name="giver_assignment_by_unit"),
            models.Index(fields=["agency", "act"], name="giver_assignment_by_act"),
        ]

    def __str__(self) -> str:
        return self.reason
