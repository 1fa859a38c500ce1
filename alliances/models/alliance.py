"""The alliance itself: several organizations with one agenda, served by a backbone."""

import zoneinfo
from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models.agency import SLUG
from alliances.models.owned import AllianceOwned, current_alliance_id


class AllianceState(models.TextChoices):
    """The life of an alliance: exploring → forming → active ⇄ paused → closed."""

    EXPLORING = "exploring", _("Exploring")
    FORMING = "forming", _("Forming")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class Alliances(models.Manager["Alliance"]):
    """The alliance in scope, as a table of one row."""

    def get_queryset(self) -> models.QuerySet["Alliance"]:
        current_alliance_id()
        return super().get_queryset()


class Alliance(models.Model):
    """A Collective Impact alliance. It spans agencies, so it belongs to none of them."""

    scope: ClassVar[str] = "alliance"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=120)
    purpose = models.TextField(
        blank=True, help_text=_("why these organizations stand together, in one or two sentences")
    )
    state = models.CharField(max_length=10, choices=AllianceState, default=AllianceState.EXPLORING, editable=False)
    time_zone = models.CharField(max_length=40, default="UTC")
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = Alliances()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=AllianceState.values), name="alliance_state")
        ]

    def __str__(self) -> str:
        return self.name

    def today(self) -> date:
        """Today in the alliance's own calendar, which decides periods and what is late."""
        return self.day_of(timezone.now())

    def day_of(self, moment: datetime) -> date:
        """The day on which a moment falls in the alliance's calendar."""
        return moment.astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()


class AllianceChange(AllianceOwned):
    """The alliance came into a state, on a day, by somebody."""

    append_only = True

    state = models.CharField(max_length=10, choices=AllianceState)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.state
