"""Where the relationship of a partner and a unit stands, with its history."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from ssu.models import Unit
from ssu.models.discretion import shown_unit_name


class Stages(OwnedQuerySet["Stage"]):
    """Words for asking about stages."""

    def standing(self) -> "Stages":
        """Where relationships stand now."""
        return self.filter(left_at=None)

    def named_for(self, seat: Seat) -> "Stages":
        """Each with `unit_name` as this seat may know it."""
        return self.annotate(unit_name=shown_unit_name("unit", seat))


class Stage(AgencyOwned):
    """A partner and a unit were in this stage from a moment until the next one. The one that is not left stands."""

    class Kind(models.TextChoices):
        CONNECTION = "connection", _("Connection")
        INITIATION = "initiation", _("Initiation")
        APPOINTMENT = "appointment", _("Appointment")
        FOLLOW_UP = "follow_up", _("Follow-up")
        PARTNER_CARE = "partner_care", _("Partner care")
        ARCHIVE = "archive", _("Archive")

    partner = OwnedKey("partners.Partner", related_name="stages", db_index=False)
    unit = OwnedKey(Unit, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=200, blank=True)
    contact = OwnedKey("partners.Contact", null=True, related_name="stages", db_index=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    set_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)
    import_run = OwnedKey(
        "imports.ImportRun",
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="the import that told it",
    )

    objects: ClassVar[Owned] = Owned.from_queryset(Stages)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "partner", "unit"], condition=Q(left_at=None), name="one_stage_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["connection", "initiation", "appointment", "follow_up", "partner_care", "archive"]
                ),
                name="stage_known",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "unit"], condition=Q(left_at=None), name="stage_standing"),
            models.Index(fields=["agency", "unit"], condition=Q(left_at=None), name="stage_by_unit"),
            models.Index(fields=["agency", "partner", "-set_at"], name="stage_by_partner"),
            models.Index(
                fields=["agency", "import_run"], condition=Q(import_run__isnull=False), name="stage_by_import"
            ),
        ]

    def __str__(self) -> str:
        return str(self.Kind(self.kind).label)
