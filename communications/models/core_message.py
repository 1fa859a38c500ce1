"""What a unit tells its partners, agreed once and said by all."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class CoreMessage(AgencyOwned):
    """One version of a unit's core message. Its words never change: other words are the next version. Somebody else
    than the author agrees to it.
    """

    unit = OwnedKey("ssu.Unit", related_name="core_messages", db_index=False)
    version = models.PositiveIntegerField()
    text = models.TextField(help_text=_("what every partner should hear, in a few sentences"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    written_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "unit", "version"], name="core_message_version"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(author=None) | ~Q(approved_by=F("author")),
                name="core_message_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: version {self.version}"
