"""Issued giving statements. What was once issued stands for ever: a correction is a new version beside it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class StatementSeries(AgencyOwned):
    """The last number given in a year. Its row lock is what keeps numbers gapless: whoever issues takes it first, and
    holds it until the statements with the numbers are committed.
    """

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="one_series_per_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class StatementIssue(AgencyOwned):
    """One version of one giving unit's statement of a year.

    `content` is everything that is printed but number, version and date, so the PDF can be made from this row at any
    time and is the same each time; `content_hash` tells whether something changed. All versions share the number.
    """

    append_only: ClassVar[bool] = True

    giving_unit = OwnedKey("partners.GivingUnit", related_name="statements", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(help_text="gapless per agency and year, from 1")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = OwnedKey("self", null=True, related_name="replaced_by", db_index=False)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    issued_on = models.DateField(help_text="in the agency's own calendar")
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number", "version"], name="one_number_per_statement"),
            models.UniqueConstraint(fields=["agency", "giving_unit", "year", "version"], name="one_statement_version"),
            models.UniqueConstraint(fields=["agency", "replaces"], name="replaced_once"),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
                name="later_version_replaces",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="statement_number_from_one"),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="statement_replaces_another"),
        ]

    def __str__(self) -> str:
        return f"{self.label} v{self.version}"

    @property
    def label(self) -> str:
        """The number as it is printed: `2025-000017`."""
        return f"{self.year}-{self.number:06d}"


class StatementFile(AgencyOwned):
    """The PDF of an issued statement with its hash. Kept for the legal period, never replaced."""

    append_only: ClassVar[bool] = True

    issue = OwnedKey(StatementIssue, related_name="files", db_index=False)
    stored = OwnedKey("jobs.StoredFile", related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="bytes")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "issue"], name="one_file_per_statement")]

    def __str__(self) -> str:
        return self.sha256
