"""What happened with a promise, found by the clock, and who in the agency hears of it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from partners.models.commitment import Commitment


class CommitmentEvents(OwnedQuerySet["CommitmentEvent"]):
    """Words for lists of events."""

    def seen_by(self, seat: Seat) -> "CommitmentEvents":
        """Those of promises whose amounts the seat may see."""
        return self.filter(commitment__in=Commitment.objects.seen_by(seat).values("pk"))


class CommitmentEvent(AgencyOwned):
    """Something that happened with a promise. `key` says what it rests on, so that it is found once only, however often
    and however many at once look for it.
    """

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        STOPPED = "stopped", _("stopped")
        RESUMED = "resumed", _("resumed")
        SMALLER = "smaller", _("smaller gift")
        LARGER = "larger", _("larger gift")
        EXTRA = "extra", _("extra gift")
        LONG_DUE = "long_due", _("payment of a long interval due")
        LATE = "late", _("late")

    commitment = OwnedKey(Commitment, related_name="events", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=40)
    gift = OwnedKey("partners.Gift", null=True, related_name="+", db_index=False)
    days_late = models.PositiveSmallIntegerField(null=True, help_text="31 or 61: the late bucket that was entered")
    happened_on = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Owned] = Owned.from_queryset(CommitmentEvents)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "commitment", "key"], name="commitment_event_once")]
        indexes = [
            models.Index(fields=["agency", "-happened_on", "-id"], name="commitment_event_newest"),
            models.Index(
                fields=["agency", "gift"], condition=models.Q(gift__isnull=False), name="commitment_event_gift"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class EventAudience(AgencyOwned):
    """Whether the agency tells a group of people of a kind of event. Without a row the usual answer holds (see
    `partners.queries.audiences`). By which way each of them hears, they choose themselves.
    """

    class Group(models.TextChoices):
        HOLDER = "holder", _("who holds the relationship")
        LEADER = "leader", _("who leads the unit")
        CARE = "care", _("the office (partner care)")
        FINANCE = "finance", _("finance")

    kind = models.CharField(max_length=8, choices=CommitmentEvent.Kind)
    group = models.CharField(max_length=7, choices=Group)
    is_told = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "group"], name="one_answer_per_audience")]

    def __str__(self) -> str:
        return f"{self.kind}, {self.group}: {self.is_told}"
