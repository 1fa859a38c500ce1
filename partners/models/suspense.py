"""Where lines went that came with a designation that nobody knew."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from funds.models.discretion import shown_designation_name


class Assignments(OwnedQuerySet["SuspenseAssignment"]):
    """Words for asking about assignments."""

    def standing(self) -> "Assignments":
        """Those that were not taken back: their transfer has no reversal."""
        return self.filter(posting__reversals=None)

    def named_for(self, seat: Seat) -> "Assignments":
        """The same, each with `shown_name` of its designation."""
        return self.annotate(shown_name=shown_designation_name(seat, "designation"))


class SuspenseAssignment(AgencyOwned):
    """A person found out where a line in suspense belongs: a transfer took its money there, once.

    Taken back by the reversal of that transfer, which says when, by whom and why; then the line is in suspense again.
    The line's `designation` is what stands: PostgreSQL lets it change only together with an assignment.
    """

    append_only: ClassVar[bool] = True

    line = OwnedKey("partners.GiftLine", related_name="assignments", db_index=False)
    designation = OwnedKey("funds.Designation", related_name="+", db_index=False)
    posting = OwnedKey("funds.Posting", related_name="assignments", db_index=False, help_text="the transfer")
    reason = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Owned] = Owned.from_queryset(Assignments)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "posting"], name="one_assignment_per_transfer")]
        indexes = [models.Index(fields=["agency", "line"], name="assignment_by_line")]

    def __str__(self) -> str:
        return self.reason
