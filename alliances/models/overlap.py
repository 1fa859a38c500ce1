"""Two members counted some of the same people, and settle it between themselves."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.arithmetic import Resolution
from alliances.models.owned import AllianceOwned
from alliances.models.people import Member
from alliances.models.period import Period

RESOLUTION_LABELS = {
    Resolution.SUM: _("Nobody was counted twice: both numbers count"),
    Resolution.MAX: _("The smaller number is inside the larger one: only the larger counts"),
    Resolution.CUSTOM: _("We know our number together"),
}


class Overlap(AllianceOwned):
    """A question to two members about one period. It is settled when the last word of both is the same."""

    period = OwnedKey(Period, related_name="overlaps")
    one = OwnedKey(Member, related_name="+")
    other = OwnedKey(Member, related_name="+")
    cell = models.CharField(max_length=80, blank=True, default="", editable=False)
    question = models.TextField(help_text=_("where and how both may have counted the same"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "period", "one", "other", "cell"], name="one_overlap_per_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="overlap_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.period_id}: {self.one_id}, {self.other_id}"


class OverlapStance(AllianceOwned):
    """What one of the two members says. A new word replaces the one before; only the member itself can write it."""

    append_only = True

    overlap = OwnedKey(Overlap, related_name="stances")
    member = OwnedKey(Member, related_name="+")
    resolution = models.CharField(
        max_length=6, choices=[(each.value, label) for each, label in RESOLUTION_LABELS.items()]
    )
    joint = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolution=Resolution.CUSTOM.value, joint__isnull=False)
                | (~models.Q(resolution=Resolution.CUSTOM.value) & models.Q(joint__isnull=True)),
                name="joint_number_when_custom",
            ),
            models.CheckConstraint(
                condition=models.Q(resolution__in=[each.value for each in Resolution]), name="overlap_resolution"
            ),
            models.CheckConstraint(
                condition=models.Q(joint__isnull=True) | models.Q(joint__gte=0), name="joint_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.resolution
