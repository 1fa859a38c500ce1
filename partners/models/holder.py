"""Who cares for a partner in the name of a unit, and what that opens to them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet, Role
from agencies.seats import Seat
from ssu.models import Unit, Worker
from ssu.models.discretion import Discretion, masked_for, shown_member_name, shown_unit_name
from ssu.models.team import AgencyToday

CARING_ROLES = frozenset({Role.LEADER.value, Role.MEMBER.value})
"""Who may hold a relationship: a coach knows no partner."""
HOLDER_RIGHTS = frozenset({"partners.view", "partners.contact", "partners.note", "partners.amounts"})
"""What holding a relationship opens, of this one partner and for this one unit, beside the table of rights."""


class Holders(OwnedQuerySet["Holder"]):
    """Words for asking who holds."""

    def standing(self) -> "Holders":
        """Who holds today. The day of the end is no longer one of holding."""
        today = AgencyToday(F("agency__time_zone"))
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def of_seat(self, seat: Seat) -> "Holders":
        """What this person holds today, in units in which they serve today: holding ends with serving."""
        return self.standing().filter(worker__membership=seat.membership.pk, unit__in=units_served(seat))

    def open_to(self, seat: Seat) -> "Holders":
        """Those in units that are not closed to the seat: of the others it learns nobody's."""
        return self.exclude(masked_for("unit", seat, Discretion.CLOSED))

    def named_for(self, seat: Seat) -> "Holders":
        """Each with `unit_name` and `person_name` as this seat may know them."""
        return self.annotate(
            unit_name=shown_unit_name("unit", seat), person_name=shown_member_name("worker", seat, "unit")
        )


class Holder(AgencyOwned):
    """A member of a unit's team cares for a partner from a day until another. Gifts never move with a person.

    One holder of a partner in a unit is the first; to change that is to end the row and to write a new one.
    """

    partner = OwnedKey("partners.Partner", related_name="holders", db_index=False)
    unit = OwnedKey(Unit, related_name="+", db_index=False)
    worker = OwnedKey(Worker, related_name="+", db_index=False)
    is_primary = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text=_("holding ends on this day"))
    ended_reason = models.CharField(max_length=200, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    named_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Holders)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "partner", "unit", "worker"], condition=Q(ends_on=None), name="holder_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "partner", "unit"],
                condition=Q(ends_on=None, is_primary=True),
                name="one_primary_holder",
            ),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="holder_dates"),
        ]
        indexes = [
            models.Index(fields=["agency", "partner"], name="holder_by_partner"),
            models.Index(fields=["agency", "worker"], condition=Q(ends_on=None), name="holder_by_worker"),
            models.Index(fields=["agency", "unit"], condition=Q(ends_on=None), name="holder_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id}: {self.worker_id}"


def units_served(seat: Seat) -> frozenset[int]:
    """The units in which a person serves today as leader or member."""
    return frozenset(unit for unit, roles in seat.unit_roles.items() if roles & CARING_ROLES)


def is_held(seat: Seat, partner: str, unit: str = "") -> Q:
    """The condition that the seat holds the partner at the path `partner`, in the unit at the path `unit`."""
    if not units_served(seat):
        return Q(pk__in=[])
    where = {"partner": OuterRef(partner), **({"unit": OuterRef(unit)} if unit else {})}
    return Q(Exists(Holder.objects.of_seat(seat).filter(**where)))


def reaches_any(seat: Seat, right: str) -> bool:
    """Whether a right of the seat reaches any partner, by role or by holding one. At most one query."""
    if seat.can(right):
        return True
    return right in HOLDER_RIGHTS and bool(units_served(seat)) and Holder.objects.of_seat(seat).exists()
