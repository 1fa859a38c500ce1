"""What is still to do for a partner, by whom and by when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from partners.models.contact_log import Channel
from partners.models.holder import is_held
from partners.models.partner import Partner
from ssu.models import Unit
from ssu.models.discretion import Discretion, masked_for, shown_unit_name, yes


class FollowUps(OwnedQuerySet["FollowUp"]):
    """Words for what is to do."""

    def seen_by(self, seat: Seat) -> "FollowUps":
        """Those that the seat may know of: all; or those for a unit in which one leads or holds the partner, and one's
        own as long as one may reach the partner. Each with `unit_name`, `shown_text` (of a unit that is closed to the
        seat only one's own) and `is_kept`.
        """
        units, mine = seat.unit_ids("partners.contact"), Q(assignee=seat.user_id)
        seen = self
        if units is not None:
            reached = Q(partner__in=Partner.objects.seen_by(seat, "partners.contact"))
            seen = self.filter(mine & reached | Q(unit__in=units) | is_held(seat, "partner", "unit"))
        kept = masked_for("unit", seat, Discretion.CLOSED) & ~mine
        return seen.annotate(
            unit_name=shown_unit_name("unit", seat),
            shown_text=Case(When(kept, then=Value("")), default=F("text"), output_field=models.CharField()),
            is_kept=yes(kept & ~Q(text="")),
            is_closed=yes(masked_for("unit", seat, Discretion.CLOSED)),
        )

    def open(self) -> "FollowUps":
        """What is still to do."""
        return self.filter(ended_at=None)


class FollowUp(AgencyOwned):
    """To be in touch with a partner by a day. It ends by being done, or is closed with a reason; it can be taken up
    again. While it is open it is a task on the list of the one who is to do it.
    """

    class End(models.TextChoices):
        DONE = "done", _("done")
        CLOSED = "closed", _("closed")

    partner = OwnedKey("partners.Partner", related_name="follow_ups", db_index=False)
    unit = OwnedKey(Unit, null=True, related_name="+", db_index=False, help_text="none: in the name of the office")
    channel = models.CharField(max_length=8, choices=Channel)
    text = models.CharField(max_length=200, blank=True, help_text=_("what it is about"))
    due_on = models.DateField()
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    after = OwnedKey("partners.Contact", null=True, related_name="follow_ups", db_index=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    end = models.CharField(max_length=6, choices=End, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    done_with = OwnedKey("partners.Contact", null=True, related_name="+", db_index=False)

    objects: ClassVar[Owned] = Owned.from_queryset(FollowUps)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="follow_up_ends_somehow",
            ),
            models.UniqueConstraint(
                fields=["agency", "after"], condition=Q(after__isnull=False), name="one_follow_up_per_proposal"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "partner"], condition=Q(ended_at=None), name="follow_up_of_partner"),
            models.Index(fields=["agency", "due_on", "id"], condition=Q(ended_at=None), name="follow_up_due"),
            models.Index(
                fields=["agency", "assignee", "due_on", "id"], condition=Q(ended_at=None), name="follow_up_mine"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.due_on}"

    @property
    def matter(self) -> str:
        """What its task on the list of the assignee is called."""
        return f"follow-up {self.pk}"
