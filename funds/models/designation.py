"""Where a gift line goes."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from funds.models.discretion import shown_designation_name


class Designations(OwnedQuerySet["Designation"]):
    """Words for lists of designations."""

    def open_on(self, day: date) -> "Designations":
        """Those that take gifts on a day."""
        return self.filter(opened_on__lte=day).exclude(closed_on__lte=day)

    def of_units(self, unit_ids: frozenset[int] | None) -> "Designations":
        """Those of these units, or all when the reach is the whole agency."""
        return self if unit_ids is None else self.filter(unit_id__in=unit_ids)

    def seen_by(self, seat: Seat) -> "Designations":
        """Those whose gifts the seat may see, each with `shown_name`, by code."""
        mine = self.of_units(seat.unit_ids("gifts.view"))
        return mine.annotate(shown_name=shown_designation_name(seat)).order_by("code")

    def naming(self, words: str) -> "Designations":
        """Of designations `seen_by` somebody, those in whose shown name these words are, or whose code they are."""
        return self.filter(models.Q(shown_name__icontains=words) | models.Q(code__iexact=words))


class Designation(AgencyOwned):
    """A unit, a legacy worker account, the general fund or a project fund.

    A worker designation is a preference of the giver, never a payee: the agency keeps control and discretion (Rev.
    Rul. 62-113). `code` is text: leading zeros count.
    """

    class Kind(models.TextChoices):
        UNIT = "unit", _("unit")
        WORKER = "worker", _("worker (legacy)")
        GENERAL = "general", _("general fund")
        PROJECT = "project", _("project fund")

    code = models.CharField(max_length=40)
    public_name = models.CharField(
        max_length=160, help_text=_("as partners may read it: an alias where the unit has one")
    )
    kind = models.CharField(max_length=8, choices=Kind)
    unit = OwnedKey("ssu.Unit", null=True, blank=True, related_name="designations", db_index=False)
    worker = OwnedKey("ssu.Worker", null=True, blank=True, related_name="designations", db_index=False)
    opened_on = models.DateField(default=date(1950, 1, 1))
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Designations)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="designation_code"),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="designation_dates",
            ),
            models.CheckConstraint(condition=~models.Q(kind="unit", unit=None), name="unit_designation_has_unit"),
        ]
        indexes = [models.Index(fields=["agency", "unit"], name="designation_by_unit")]

    def __str__(self) -> str:
        return f"{self.code} {self.public_name}"
