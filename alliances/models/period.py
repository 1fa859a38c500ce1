"""When the members report, and who owes a report."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.indicator import Indicator, IndicatorVersion
from alliances.models.owned import AllianceOwned
from alliances.models.people import Member


class PeriodState(models.TextChoices):
    """open → due (its days are over) → locked (a publication is in preparation) → published."""

    OPEN = "open", _("Open")
    DUE = "due", _("Due")
    LOCKED = "locked", _("Locked")
    PUBLISHED = "published", _("Published")


class Period(AllianceOwned):
    """A stretch of time for which one definition of one indicator is reported."""

    indicator = OwnedKey(Indicator, related_name="periods")
    version = OwnedKey(IndicatorVersion, related_name="periods")
    starts = models.DateField()
    ends = models.DateField()
    due_on = models.DateField()
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["alliance", "indicator", "starts"], name="one_period_per_start"),
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="period_ends_after_start"),
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("ends")), name="period_due_after_end"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The period in words: a month, a quarter, a half-year, a year, or its two days."""
        months = (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month + 1
        if months == 1:
            return f"{self.starts:%B %Y}"
        if months == 12 and self.starts.month == 1:
            return f"{self.starts.year}"
        if months == 3 and self.starts.month % 3 == 1:
            return f"Q{(self.starts.month + 2) // 3} {self.starts.year}"
        return f"{self.starts:%b %Y} – {self.ends:%b %Y}"

    def state(self, today: date) -> PeriodState:
        """Where the period stands on a day of the alliance."""
        if self.published_at is not None:
            return PeriodState.PUBLISHED
        if self.locked_at is not None:
            return PeriodState.LOCKED
        return PeriodState.DUE if today > self.ends else PeriodState.OPEN


class Obligation(AllianceOwned):
    """One member owes one report for one period. Inside the alliance everybody sees who has reported;
    nobody sees what.
    """

    period = OwnedKey(Period, related_name="obligations")
    member = OwnedKey(Member, related_name="obligations")
    accepted_at = models.DateTimeField(null=True, help_text="when the first report was accepted")
    handed_in_at = models.DateTimeField(null=True, help_text="when the first accepted report had been handed in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "period", "member"], name="one_obligation_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.period_id}: {self.member_id}"
