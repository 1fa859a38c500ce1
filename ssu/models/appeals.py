"""Public appeals for a unit: the emergency in which one opens before its items are confirmed, and the unit's public
page.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned
from agencies.models.owned import OwnedQuerySet
from ssu.models.units import Unit

if TYPE_CHECKING:
    BasePages = OwnedQuerySet["PublicPage"]
else:
    BasePages = OwnedQuerySet


class EmergencyAppeal(AgencyOwned):
    """A public appeal that may not wait for the items it rests on. Whoever asks approves it first, by name and with a
    reason; a second person approves it; it ends on a day, and may be taken back before. Its row stays.
    """

    unit = OwnedKey(Unit, related_name="emergencies", db_index=False)
    reason = models.TextField(help_text=_("why it cannot wait"))
    ends_on = models.DateField(help_text=_("the last day on which it holds"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit"], condition=Q(ended_at=None, approved_at=None), name="one_emergency_asked"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("asked_by")), name="emergency_needs_two_people"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="emergency_approved_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="emergency_has_a_reason"),
        ]
        indexes = [models.Index(fields=["agency", "unit", "ends_on"], name="emergency_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}: until {self.ends_on}"


class PublicPages(BasePages):
    """Words for asking about public pages."""

    def standing(self) -> "PublicPages":
        """Those that nobody has closed: at most one of a unit."""
        return self.filter(closed_at=None)


class PublicPage(AgencyOwned):
    """The opening of a unit's page for everybody, with the agency's words on how to give. Whether it answers is asked
    of the gate and of the unit's level each time.
    """

    unit = OwnedKey(Unit, related_name="public_pages", db_index=False)
    how_to_give = models.TextField(help_text=_("how partners give to this unit, in the agency's words"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Owned.from_queryset(PublicPages)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit"], condition=Q(closed_at=None), name="one_public_page_per_unit"
            ),
            models.CheckConstraint(condition=~Q(how_to_give=""), name="public_page_says_how_to_give"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: public since {self.opened_at:%Y-%m-%d}"
