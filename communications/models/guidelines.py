"""How a unit communicates with partners, and that each of its people has read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from communications.models.agreed import AgreedWords, rules
from communications.models.core_message import CoreMessage


class Guidelines(AgreedWords):
    """One version of a unit's guidelines and expectations for communication."""

    unit = OwnedKey("ssu.Unit", related_name="guidelines", db_index=False)
    who_writes = models.TextField(_("Who writes to partners"), blank=True)
    tone = models.TextField(_("Tone"), blank=True)
    approvals = models.TextField(_("Approvals"), blank=True)
    security = models.TextField(_("Security"), blank=True)
    photos = models.TextField(_("Photos and consent"), blank=True)
    answering = models.TextField(_("Answering times"), blank=True)
    more = models.TextField(_("Anything else"), blank=True)
    copied_from = OwnedKey("self", null=True, related_name="+", db_index=False)

    SECTIONS = ("who_writes", "tone", "approvals", "security", "photos", "answering", "more")

    class Meta:
        constraints = rules("guidelines")

    def __str__(self) -> str:
        return f"{self.unit_id}: version {self.version}"


class Acknowledgement(AgencyOwned):
    """That a person of the unit has read one version, and when. Their own act; where somebody has no sign-in, `by` is
    who keeps their signed copy, and `signed_on` its day.
    """

    append_only = True

    guidelines = OwnedKey(Guidelines, null=True, related_name="acknowledgements", db_index=False)
    core_message = OwnedKey(CoreMessage, null=True, related_name="acknowledgements", db_index=False)
    worker = OwnedKey("ssu.Worker", related_name="acknowledgements", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    signed_on = models.DateField(null=True, help_text=_("the day on a copy signed on paper"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(guidelines=None) ^ Q(core_message=None), name="acknowledges_one_thing"),
            models.UniqueConstraint(
                fields=["agency", "guidelines", "worker"],
                condition=Q(guidelines__isnull=False),
                name="guidelines_acknowledged_once",
            ),
            models.UniqueConstraint(
                fields=["agency", "core_message", "worker"],
                condition=Q(core_message__isnull=False),
                name="core_message_acknowledged_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.at:%Y-%m-%d}"
