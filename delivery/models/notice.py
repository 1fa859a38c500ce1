"""What a person is told inside the workspace."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.models import AgencyOwned


class Notice(AgencyOwned):
    """A sentence for one person with a way to where it leads."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60, help_text="what happened, as a stable word")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True, help_text="a path in this workspace")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "user", "-id"], name="notice_newest"),
            models.Index(fields=["agency", "user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text
