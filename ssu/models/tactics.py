"""What a unit does today to find and keep partners, and what becomes of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from ssu.models.team import Worker
from ssu.models.units import Unit


class Tactic(AgencyOwned):
    """A row of the unit's inventory of current tactics: kept as it is, adapted, or stopped. Taken off the list, never
    deleted.
    """

    class Decision(models.TextChoices):
        KEEP = "keep", _("Keep")
        ADAPT = "adapt", _("Adapt")
        STOP = "stop", _("Stop")

    unit = OwnedKey(Unit, related_name="tactics", db_index=False)
    what = models.CharField(max_length=200, help_text=_("what is done today"))
    decision = models.CharField(max_length=5, choices=Decision, blank=True, help_text=_("empty: not decided yet"))
    why = models.TextField(blank=True)
    by_when = models.DateField(null=True, blank=True)
    who = OwnedKey(Worker, null=True, blank=True, related_name="+", db_index=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["", "keep", "adapt", "stop"]), name="tactic_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="tactic_decision_is_dated",
            ),
            models.UniqueConstraint(
                fields=["agency", "unit", "what"], condition=Q(removed_at=None), name="one_row_per_tactic"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.what}"
