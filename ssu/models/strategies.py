"""What the agency does, before it is broken down into units."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import AgencyOwned


class Strategy(AgencyOwned):
    """A line of work of the agency that breaks down into units."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    code = models.CharField(max_length=20, help_text=_("short and unique, for files and lists"))
    name = models.CharField(max_length=120)
    impact_goal = models.TextField(blank=True, help_text=_("what this strategy as a whole is to change"))
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="one_strategy_per_code")]
        verbose_name_plural = "strategies"

    def __str__(self) -> str:
        return self.name
