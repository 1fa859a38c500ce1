"""The agency's own words of the starter pack."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.models import AgencyOwned
from agencies.models.drafts import Drafted


class StarterText(AgencyOwned):
    """One version of a part of the starter pack in the agency's own words; the newest counts. A version that
    `is_original` says that the words of the product count again.
    """

    append_only = True

    key = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    is_original = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "key", "version"], name="starter_versions_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(is_original=True, text="") | models.Q(is_original=False) & ~models.Q(text=""),
                name="starter_text_or_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, version {self.version}"


class StarterDraft(Drafted):
    """The words that the next version of a part may have, while they are written. The row stays when they are used, so
    that its revisions go on.
    """

    key = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "key"], name="one_starter_draft_per_part")]

    def __str__(self) -> str:
        return self.key
