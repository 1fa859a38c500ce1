"""The case of a worker who leaves, and who may know of it before it is told."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from ssu.models.discretion import shown_worker_name


class Cases(OwnedQuerySet["Case"]):
    """Words for lists of cases."""

    def open(self) -> "Cases":
        """Those that were not closed."""
        return self.filter(closed_at=None)

    def of_exits(self) -> "Cases":
        """Those that were not called off: somebody left, or will."""
        return self.filter(called_off_at=None)

    def known_to(self, user_id: int) -> "Cases":
        """Those that were told, that this person opened, or in which the person is named."""
        named = Exists(CaseReader.objects.filter(case=OuterRef("pk"), membership__user=user_id))
        return self.filter(Q(told_at__isnull=False) | Q(named) | Q(opened_by=user_id))

    def seen_by(self, seat: Seat, right: str = "handover.view") -> "Cases":
        """Those that were told, and those in which the seat is named, of the units that the right reaches; each with
        `shown_name` of the worker.
        """
        known = self.known_to(seat.user_id)
        units = seat.unit_ids(right)
        if units is not None:
            known = known.filter(passings__holder__unit__in=units).distinct()
        return known.annotate(shown_name=shown_worker_name("worker", seat))


class Case(AgencyOwned):
    """A worker leaves, and the partners whom the worker holds go to others. Why never leaves the case.

    After death, dismissal or evacuation the worker introduces nobody: `introducer` does, and access ends at once. A
    case that is not told is seen by who opened it and by who is named in it alone, and hinders no other one.
    """

    class How(models.TextChoices):
        PLANNED = "planned", _("leaves in good order")
        DEATH = "death", _("has died")
        DISMISSAL = "dismissal", _("is dismissed")
        EVACUATION = "evacuation", _("is evacuated")

    worker = OwnedKey("ssu.Worker", related_name="+", db_index=False)
    leaves_on = models.DateField(help_text=_("the day of leaving; service ends on it"))
    how = models.CharField(max_length=10, choices=How, default=How.PLANNED)
    reason = models.CharField(max_length=400, blank=True, help_text=_("never leaves the case"))
    introducer = OwnedKey("ssu.Worker", null=True, related_name="+", db_index=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, help_text="from then on also others may know")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    called_off_at = models.DateTimeField(null=True, help_text="closed because the worker stays after all")

    objects: ClassVar[Any] = Owned.from_queryset(Cases)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "worker"],
                condition=Q(closed_at=None, told_at__isnull=False),
                name="one_told_open_case_per_worker",
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None) | Q(closed_at__isnull=False), name="called_off_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["planned", "death", "dismissal", "evacuation"]), name="case_how_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"

    @property
    def is_abrupt(self) -> bool:
        """Whether the worker takes no part in it."""
        return self.how != self.How.PLANNED


class CaseReader(AgencyOwned):
    """Somebody who may know of a case before it is told."""

    append_only: ClassVar[bool] = True

    case = OwnedKey(Case, related_name="readers", db_index=False)
    membership = OwnedKey("agencies.Membership", related_name="+", db_index=False)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "case", "membership"], name="named_once_in_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.membership_id}"
