"""That a partner was erased: when, by whom, on what ground. Never taken back."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned

ERASED_NAME: Final = "Erased partner P-"
"""How an erased partner is called, with the number of the record behind it."""


class Erasure(AgencyOwned):
    """The personal data of one record went, for good (ADR 17). Records that were merged are erased in one act."""

    append_only: ClassVar[bool] = True

    class Ground(models.TextChoices):
        """Why (GDPR, article 17, paragraph 1)."""

        ASKED = "asked", _("the person asked for it")
        RETENTION = "retention", _("there is no reason to keep the data any more")
        OTHER = "other", _("another reason")

    partner = OwnedKey("partners.Partner", related_name="erasures", db_index=False)
    ground = models.CharField(max_length=9, choices=Ground)
    words = models.CharField(max_length=200, blank=True, help_text=_("without the name of the person"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "partner"], name="erased_once"),
            models.CheckConstraint(condition=models.Q(ground__in=["asked", "retention", "other"]), name="erased_why"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.ground}"
