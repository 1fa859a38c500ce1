"""Going live: what the old system says, why it differs from what stands here, and who signed that it is right."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import AgencyOwned


class ComparedKind(models.TextChoices):
    """What is compared."""

    GIFTS = "gifts", _("gifts")
    OPENING = "opening", _("opening balance")


class OldTotals(AgencyOwned):
    """The totals of the old system, as a file told them. The newest row counts; the others stay.

    `rows`: lists of kind, code of the designation, month ("2025-03", "" for an opening balance), currency, minor units,
    and the number of gifts or null.
    """

    append_only: ClassVar[bool] = True

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="old_totals_newest")]

    def __str__(self) -> str:
        return f"old totals {self.sha256[:8]}"


class DifferenceNote(AgencyOwned):
    """Why old and new differ in one line. It explains that difference, to the cent, and no other; the newest counts."""

    append_only: ClassVar[bool] = True

    kind = models.CharField(max_length=7, choices=ComparedKind)
    code = models.CharField(max_length=80, blank=True, help_text="of the designation; empty: in suspense")
    month = models.CharField(max_length=7, blank=True)
    currency = models.CharField(max_length=3)
    difference = models.BigIntegerField(help_text="new less old, in minor units")
    gifts = models.IntegerField(default=0, help_text="new less old; 0 where the old system counted none")
    note = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="difference_is_explained")]
        indexes = [models.Index(fields=["agency", "id"], name="difference_notes")]

    def __str__(self) -> str:
        return f"{self.code} {self.month} {self.currency}"


class GoLiveSignature(AgencyOwned):
    """One person says that old and new agree and that the agency works here from `live_on`.

    `digest` is the SHA-256 of `figures`, which are frozen as they were seen: a signature counts as long as the figures
    are still these. Two people are needed; nobody signs the same twice.
    """

    live_on = models.DateField()
    digest = models.CharField(max_length=64)
    figures = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200, help_text="as the person was called then")
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "live_on", "digest", "by"],
                condition=Q(withdrawn_at=None),
                name="one_signature_per_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""),
                name="signature_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="signature_newest")]

    def __str__(self) -> str:
        return f"{self.live_on} {self.digest[:8]}"
