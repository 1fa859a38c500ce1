"""On what ground the agency writes to whom: a ledger that is only added to, and the agency's rule for who gives
(ADR 10).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned


class Channel(models.TextChoices):
    """How a partner is reached."""

    EMAIL = "email", _("E-mail")
    POST = "post", _("Post")
    PHONE = "phone", _("Phone")


class Purpose(models.TextChoices):
    """What for."""

    NEWS = "news", _("News and prayer")
    APPEAL = "appeal", _("Appeals for gifts")
    RECEIPT = "receipt", _("Receipts and statements")


class Basis(models.TextChoices):
    """The ground in law (GDPR, article 6), or the objection that ends it (article 21)."""

    CONSENT = "consent", _("Consent")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")
    CONTRACT = "contract", _("Contract or law")
    OBJECTION = "objection", _("Objection")


LETTERS = (Purpose.NEWS, Purpose.APPEAL)
"""The purposes that letters have; receipts are no letters."""


class ConsentEntry(AgencyOwned):
    """What a partner agreed to or objected to, in whose words, where it came from and on which day.

    The entry of the latest day counts, on one day the one recorded last: a card that turns up later does not undo an
    objection.
    """

    append_only: ClassVar[bool] = True

    partner = OwnedKey("partners.Partner", related_name="consent_entries", db_index=False)
    channel = models.CharField(max_length=5, choices=Channel)
    purpose = models.CharField(max_length=7, choices=Purpose)
    basis = models.CharField(max_length=19, choices=Basis)
    wording = models.TextField(help_text=_("what the partner agreed to or said, word for word"))
    source = models.CharField(max_length=160, help_text=_("where it came from: response card, call, preferences page"))
    on = models.DateField(help_text=_("the day on which the partner said so"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, help_text="none: partner"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "partner", "channel", "purpose", "-on", "-id"], name="consent_newest")
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="consent_channel_known"),
            models.CheckConstraint(condition=models.Q(purpose__in=Purpose.values), name="consent_purpose_known"),
            models.CheckConstraint(condition=models.Q(basis__in=Basis.values), name="consent_basis_known"),
            models.CheckConstraint(condition=~models.Q(source=""), name="consent_has_a_source"),
        ]
        verbose_name_plural = "consent entries"

    def __str__(self) -> str:
        return f"{self.channel} {self.purpose}: {self.basis}"


class ConsentPolicy(AgencyOwned):
    """Whether this agency writes to those who give without having asked each of them, and why it may. News and prayer
    go to those who pray for the unit too.

    Versions are only added; the newest counts. Without one nobody gets a letter who did not consent.
    """

    append_only: ClassVar[bool] = True

    news = models.BooleanField(help_text=_("news and prayer letters go to those who gave lately"))
    appeals = models.BooleanField(help_text=_("appeals go to those who gave lately"))
    months = models.PositiveSmallIntegerField(help_text=_("how long after the last gift"))
    wording = models.TextField(help_text=_("why the agency's interest outweighs, as a partner may read it"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="consent_policy_newest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(months__range=(1, 120)), name="consent_policy_months"),
            models.CheckConstraint(
                condition=models.Q(news=False, appeals=False) | ~models.Q(wording=""),
                name="consent_policy_has_reason",
            ),
        ]
        verbose_name_plural = "consent policies"

    def __str__(self) -> str:
        return f"news {self.news}, appeals {self.appeals}, {self.months} months"

    def covers(self, purpose: str) -> bool:
        """Whether letters of this purpose may go to who gave lately."""
        return {Purpose.NEWS.value: self.news, Purpose.APPEAL.value: self.appeals}.get(purpose, False)
