"""What a unit is to change, and how far it has come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from agencies.models.written import Written, no_writer_approves
from ssu.models.units import Unit


class ImpactGoal(Written, AgencyOwned):
    """One version of a unit's impact goal. A version is never edited: a change is the next version. Who wrote an
    earlier one that nobody has approved is a writer of it too, for its words go on. What waits for approval may be sent
    back by who would approve it, or thrown away by who wrote it; its row stays.
    """

    AUTHORS = ("written_by_id",)

    unit = OwnedKey(Unit, related_name="goals", db_index=False)
    version = models.PositiveIntegerField()
    statement = models.TextField(help_text=_("what will have changed, in a sentence"))
    reinforces = models.TextField(blank=True, help_text=_("how it reinforces the agency's overall goal"))
    indicator = models.CharField(max_length=160, blank=True, help_text=_("what is counted or measured"))
    unit_of_measure = models.CharField(max_length=40, blank=True, help_text=_("such as communities, families, percent"))
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    by_when = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True, db_default="", help_text=_("what should change"))
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "unit", "version"], name="goal_versions_are_numbered"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")), name="goal_author_does_not_approve"
            ),
            no_writer_approves("goal"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None) | Q(returned_at=None, dropped_at=None),
                name="goal_sent_back_is_not_approved",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(dropped_at=None), name="goal_sent_back_or_thrown_away"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}, version {self.version}"

    @property
    def is_out(self) -> bool:
        """Whether it was sent back or thrown away, and waits for nobody."""
        return self.returned_at is not None or self.dropped_at is not None

    @property
    def is_measurable(self) -> bool:
        """Whether indicator, baseline, target and date are all said: what step 2 asks for."""
        return bool(self.indicator) and None not in (self.baseline, self.target, self.by_when)


class Reading(AgencyOwned):
    """A value of the indicator on a day, with the story behind it. A wrong one is withdrawn, not deleted."""

    unit = OwnedKey(Unit, related_name="readings", db_index=False)
    goal = OwnedKey(ImpactGoal, related_name="readings", db_index=False)
    date = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    story = models.TextField(blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "goal", "date"], condition=Q(withdrawn_at=None), name="one_reading_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.value}"
