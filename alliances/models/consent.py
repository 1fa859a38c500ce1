"""What a member lets others see of its numbers. Without a consent the answer is no."""

from datetime import date
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.indicator import Indicator
from alliances.models.owned import AllianceOwned, AllianceQuerySet, InAlliance
from alliances.models.people import Member

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class Audience(models.TextChoices):
    """Who reads a publication: the members of one kind, or anybody."""

    IMPLEMENTING = "implementing", _("the implementing members")
    RESOURCE = "resource", _("the resource partners")
    PRAYER = "prayer", _("the prayer partners")
    PUBLIC = "public", _("anybody")


class ConsentForm(models.TextChoices):
    """Inside a total only, or also the member's own number beside it."""

    AGGREGATE = "aggregate", _("inside the total")
    MEMBER_VALUE = "member_value", _("our own number, and inside the total")


class Consents(AllianceQuerySet[Row_co]):
    """Words for consents."""

    def in_force(self, today: date) -> Any:
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=today), revoked_at=None)


class Consent(AllianceOwned):
    """One member, one indicator, one form, one audience; given and revoked by the member's signatory."""

    member = OwnedKey(Member, related_name="consents")
    indicator = OwnedKey(Indicator, related_name="consents")
    form = models.CharField(max_length=12, choices=ConsentForm)
    audience = models.CharField(max_length=12, choices=Audience)
    purpose = models.CharField(max_length=160, default="accountability and learning in the alliance")
    expires_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = InAlliance.from_queryset(Consents)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "member", "indicator", "audience"],
                condition=models.Q(revoked_at=None),
                name="one_consent_in_force",
            ),
            models.CheckConstraint(condition=models.Q(form__in=ConsentForm.values), name="consent_form"),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="consent_audience"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.form}"
