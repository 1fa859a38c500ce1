"""Addresses to which nothing, or nothing of a purpose, may be sent any more."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Shared


class Suppression(Shared):
    """Do not write to this address. It keeps a hash only, so it stands when the person's data are erased (test 18 of
    the trust rules).
    """

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        BOUNCED = "bounced", _("the address does not exist")
        COMPLAINED = "complained", _("reported as spam")
        ASKED = "asked", _("asked us not to write")

    address_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20, blank=True, help_text="empty: every purpose")
    reason = models.CharField(max_length=12, choices=Reason)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "alliance_id", "address_hash", "purpose"],
                condition=models.Q(lifted_at=None),
                nulls_distinct=False,
                name="one_open_suppression",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.purpose}"
