"""Who did what, when and why. Append-only, also for the owner of the tables."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.models.owned import Shared


class AuditEntry(Shared):
    """One act. Sensitive values are masked before they get here, by the class of the field (trust rule T15)."""

    append_only: ClassVar[bool] = True

    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, help_text="app and model of the object")
    object_id = models.BigIntegerField(null=True)
    label = models.CharField(
        max_length=200, blank=True, help_text="how the object is called for anybody: alias where it has one"
    )
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    through = models.CharField(
        max_length=60, blank=True, db_default="", help_text="the key of the program that did it for the actor, by name"
    )

    class Meta:
        indexes = [
            models.Index(fields=["agency", "-at"], name="audit_by_time"),
            models.Index(fields=["agency", "kind", "object_id"], name="audit_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
