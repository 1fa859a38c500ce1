"""What the members put their names to."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.owned import AllianceOwned
from alliances.models.people import Member


class AgreementState(models.TextChoices):
    """draft → offered for signature → adopted → superseded. The text is frozen once it is offered."""

    DRAFT = "draft", _("Draft")
    OFFERED = "offered", _("Open for signature")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")


class Agreement(AllianceOwned):
    """One version of the charter with its rules for sharing data."""

    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.DRAFT, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    adopted_at = models.DateTimeField(null=True, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "version"], name="agreement_version"),
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(state=AgreementState.ADOPTED), name="one_adopted_agreement"
            ),
            models.CheckConstraint(condition=models.Q(state__in=AgreementState.values), name="agreement_state"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Signature(AllianceOwned):
    """An organization signed, by the hand of a representative who may sign. Only the member itself can write it."""

    append_only = True

    agreement = OwnedKey(Agreement, related_name="signatures")
    member = OwnedKey(Member, related_name="signatures")
    signed_name = models.CharField(max_length=120, help_text=_("as the signatory wrote it"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "agreement", "member"], name="one_signature_per_member")
        ]

    def __str__(self) -> str:
        return self.signed_name
