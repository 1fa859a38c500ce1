"""Asking for a less strict level of discretion. It takes effect when another person agrees; raising needs no second
person.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from ssu.models.discretion import Discretion
from ssu.models.team import Worker
from ssu.models.units import Unit

TWO_PEOPLE = Q(answered_by=None) | ~Q(agreed=True) | ~Q(answered_by=F("asked_by"))


class Asking(AgencyOwned):
    """Who asks for which level and why, and who answered."""

    level = models.CharField(max_length=7, choices=Discretion)
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        abstract = True


class Lowering(Asking):
    """Of a unit's level. One question at a time."""

    unit = OwnedKey(Unit, related_name="lowerings", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit"], condition=Q(answered_at=None), name="one_open_lowering_per_unit"
            ),
            models.CheckConstraint(condition=TWO_PEOPLE, name="lowering_needs_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.level}"


class PersonLowering(Asking):
    """Of a person's level. One question at a time."""

    worker = OwnedKey(Worker, related_name="lowerings", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "worker"], condition=Q(answered_at=None), name="one_open_lowering_per_person"
            ),
            models.CheckConstraint(condition=TWO_PEOPLE, name="person_lowering_needs_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}: {self.level}"
