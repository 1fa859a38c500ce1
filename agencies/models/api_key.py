"""Keys by which programs use the API."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models.owned import AgencyOwned, Owned, OwnedQuerySet
from agencies.models.people import Membership


class ApiKeys(OwnedQuerySet["ApiKey"]):
    """Words for lists of keys."""

    def working(self, today: date) -> "ApiKeys":
        """Those that open something on a day of the agency's calendar."""
        return self.filter(ended_at=None, last_day__gte=today, membership__left_at=None)


class ApiKey(AgencyOwned):
    """A program acts with it for one person: never with more than that person's rights now, only in the areas that were
    chosen, and only reading unless `writes`. Its text is shown once; what is kept is `sha256`, from which nobody gets
    it back (256 random bits need no slow hash). It ends on its last day, when somebody ends it, and with the person's
    membership. The row stays: the trail names it.
    """

    membership = OwnedKey(Membership, related_name="api_keys", db_index=False, help_text="for whom it acts")
    name = models.CharField(max_length=60, help_text="which program has it")
    sign = models.CharField(max_length=8, help_text="the first part of its text, by which it is found and known")
    sha256 = models.CharField(max_length=64)
    areas = ArrayField(models.CharField(max_length=20), help_text="agencies.rights_in_words.AREAS")
    writes = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    last_day = models.DateField()
    used_on = models.DateField(null=True, help_text="the last day on which it was used")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    objects: ClassVar[Owned] = Owned.from_queryset(ApiKeys)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "sign"], name="one_api_key_per_sign"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="api_key_sha256"),
            models.CheckConstraint(condition=Q(areas__len__gt=0), name="api_key_reaches_something"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False), name="api_key_end_is_dated"
            ),
        ]

    def __str__(self) -> str:
        return self.name
