"""Prayer, the first of the six components. What is asked and answered is told, never counted, scored or ranked."""

from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.owned import AllianceOwned, AllianceQuerySet, InAlliance
from alliances.models.people import Member

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class PrayerStrategy(AllianceOwned):
    """How this alliance prays: a version by itself each time it is agreed anew."""

    append_only = True

    number = models.PositiveSmallIntegerField()
    text = models.TextField(
        help_text=_("aims, rhythms, who does what; how time, uncertainty and lack of structure are met")
    )
    adopted_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alliance", "number"], name="prayer_strategy_number")]

    def __str__(self) -> str:
        return str(self.number)


class Rhythm(AllianceOwned):
    """A recurring time to pray, with the member that hosts it."""

    class Recurrence(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")
        YEARLY = "yearly", _("every year")

    title = models.CharField(max_length=120)
    recurrence = models.CharField(max_length=10, choices=Recurrence)
    when = models.CharField(
        max_length=120, help_text=_("day and hour with the time zone, such as: first Tuesday, 14:00 UTC")
    )
    how = models.CharField(_("how we meet"), max_length=160, blank=True)
    host = OwnedKey(Member, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.title


class PrayerRequests(AllianceQuerySet[Row_co]):
    """Words for what is prayed for."""

    def current(self, today: Any) -> Any:
        """Open and not expired: an expired request loses its text from every page."""
        return self.filter(answered_at=None, closed_at=None).exclude(expires_on__lt=today)

    def answered(self) -> Any:
        return self.exclude(answered_at=None)


class PrayerRequest(AllianceOwned):
    """Something named to pray for. It stays open until it is answered, closed, or past its day."""

    class Audience(models.TextChoices):
        ALLIANCE = "alliance", _("everybody in the alliance")
        BACKBONE = "backbone", _("the backbone and us")

    member = OwnedKey(Member, null=True, editable=False, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.ALLIANCE)
    expires_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = InAlliance.from_queryset(PrayerRequests)()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["alliance", "-asked_at"], name="prayer_by_time")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(closed_at=None), name="answered_or_closed"
            )
        ]

    def __str__(self) -> str:
        return self.title
