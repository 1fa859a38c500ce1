"""A gift that still came on the old account, and the talk about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from transition.models.shift import Shift


class TalkedOver(AgencyOwned):
    """Somebody talked to a giver about a gift line that came on the worker's account after the commitment had moved.
    The gift stays as it was given.
    """

    shift = OwnedKey(Shift, related_name="talks", db_index=False)
    line = OwnedKey("partners.GiftLine", related_name="+", db_index=False)
    on = models.DateField()
    words = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "line"], condition=Q(taken_back_at=None), name="one_standing_talk_per_line"
            ),
        ]
        indexes = [models.Index(fields=["agency", "shift"], name="talk_by_shift")]

    def __str__(self) -> str:
        return f"{self.line_id} on {self.on}"
