"""The transition of a unit, and its waves."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat


class Plans(OwnedQuerySet["Plan"]):
    """Words for lists of plans."""

    def seen_by(self, seat: Seat, right: str = "transition.figures") -> "Plans":
        """Those of the units that the right reaches."""
        units = seat.unit_ids(right)
        return self if units is None else self.filter(unit__in=units)

    def running(self) -> "Plans":
        """Those that were not ended."""
        return self.filter(ended_at=None)


class Plan(AgencyOwned):
    """A unit asks the partners of its workers to fund the unit instead. One runs per unit at a time; what came before
    keeps its designation for ever.
    """

    unit = OwnedKey("ssu.Unit", related_name="transition_plans", db_index=False)
    designation = OwnedKey(
        "funds.Designation", related_name="+", db_index=False, help_text="where moved commitments go"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=250, blank=True)

    objects: ClassVar[Any] = Owned.from_queryset(Plans)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "unit"], condition=Q(ended_at=None), name="one_running_plan"),
        ]
        indexes = [models.Index(fields=["agency", "unit"], name="plan_by_unit")]

    def __str__(self) -> str:
        return f"Transition of unit {self.unit_id}"


class Wave(AgencyOwned):
    """Commitments whose givers are talked to in the same weeks. Planned → open → closed, each a day and a person."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    plan = OwnedKey(Plan, related_name="waves", db_index=False)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, help_text=_("for example: Key donors"))
    reply_by = models.DateField(help_text=_("who has not replied by then may be counted as silent"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    opened_on = models.DateField(null=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "plan", "number"], name="wave_number"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on__isnull=False, closed_on__gte=F("opened_on")),
                name="wave_closed_after_it_opened",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="wave_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def state(self) -> "Wave.State":
        """How far the wave is."""
        if self.closed_on is not None:
            return self.State.CLOSED
        return self.State.PLANNED if self.opened_on is None else self.State.OPEN
