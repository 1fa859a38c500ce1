"""Notices that go by post."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class PostedNotice(AgencyOwned):
    """The letter of a wave on paper for a partner whom no e-mail reaches: printed, then posted on a day. Who has one
    gets no e-mail of the wave any more.
    """

    letter = OwnedKey("communications.Letter", related_name="+", db_index=False)
    partner = OwnedKey("partners.Partner", related_name="+", db_index=False)
    printed_at = models.DateTimeField(default=timezone.now)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    posted_on = models.DateField(null=True, help_text=_("the day on which it was posted"))
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "letter", "partner"], name="one_posted_notice"),
        ]
        indexes = [models.Index(fields=["agency", "partner"], name="posted_to_partner")]

    def __str__(self) -> str:
        return f"{self.letter_id} by post to {self.partner_id}"
