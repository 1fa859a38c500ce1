"""Which line a giver would like to help with."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class Preference(AgencyOwned):
    """A giving unit prefers a line of a unit's budget, from a day on. A preference, not a restriction: the money stays
    under the agency's control, and other lines may be covered with it.

    `line_root` is the identity of the line over versions and years. `ends_on` is the first day without it.
    """

    giving_unit = OwnedKey("partners.GivingUnit", related_name="+", db_index=False)
    unit = OwnedKey("ssu.Unit", related_name="+", db_index=False)
    line_root = models.UUIDField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "giving_unit", "unit", "line_root"],
                condition=Q(ends_on=None),
                name="one_standing_preference",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="preference_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "unit", "line_root"], name="preference_by_line"),
            models.Index(fields=["agency", "giving_unit"], name="preference_by_giver"),
        ]

    def __str__(self) -> str:
        return f"{self.giving_unit_id}: {self.line_root}"
