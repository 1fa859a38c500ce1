"""Who serves, and where."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Invitation, Membership, Owned, Role
from agencies.models.owned import OwnedQuerySet
from agencies.models.people import UNIT_ROLES
from agencies.seats import Seat
from ssu.models.discretion import Discretion, masked_for, shown_worker_name
from ssu.models.units import Unit

if TYPE_CHECKING:
    BaseWorkers = OwnedQuerySet["Worker"]
    BaseTeam = OwnedQuerySet["TeamMember"]
else:
    BaseWorkers = BaseTeam = OwnedQuerySet


class Workers(BaseWorkers):
    """Words for asking about people."""

    def seen_by(self, seat: Seat) -> "Workers":
        """Everybody who serves, with `shown_name` as this seat may know it, sorted by it."""
        return self.annotate(shown_name=shown_worker_name("", seat)).order_by("shown_name", "pk")


class Worker(AgencyOwned):
    """A person, or a family with one support account, who serves with the agency; with a sign-in or without.

    Legacy designations name a worker. A person's level is the strictest of their own and of every unit ever served.
    Never print `name`:
    ask `seen_by` or the expressions of `ssu.queries`.
    """

    code = models.CharField(
        max_length=20, blank=True, help_text=_("key in files, such as the number of the support account")
    )
    name = models.CharField(max_length=120)
    last_name = models.CharField(max_length=80, blank=True)
    membership = OwnedKey(Membership, null=True, blank=True, related_name="workers", db_index=False)
    invitation = OwnedKey(Invitation, null=True, blank=True, related_name="+", db_index=False, editable=False)
    spouse = OwnedKey("self", null=True, blank=True, related_name="+", db_index=False)
    discretion = models.CharField(max_length=7, choices=Discretion, default=Discretion.OPEN)
    alias = models.CharField(max_length=120, blank=True, help_text=_("what others call the person when closed"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = Owned.from_queryset(Workers)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], condition=~Q(code=""), name="one_worker_per_code"),
            models.UniqueConstraint(fields=["agency", "membership"], name="one_worker_per_membership"),
            models.UniqueConstraint(fields=["agency", "invitation"], name="one_worker_per_invitation"),
            models.UniqueConstraint(fields=["agency", "spouse"], name="one_spouse_each"),
            models.CheckConstraint(condition=~Q(spouse=F("id")), name="nobody_is_their_own_spouse"),
            models.CheckConstraint(condition=Q(discretion__in=Discretion.values), name="worker_discretion_known"),
        ]

    def __str__(self) -> str:
        return self.alias or f"Team member {self.pk}"


class AgencyToday(Func):
    """Today in the calendar of the agency whose time zone is given: `AgencyToday(F("agency__time_zone"))`."""

    template = "(CURRENT_TIMESTAMP AT TIME ZONE %(expressions)s)::date"
    output_field = models.DateField()


class Team(BaseTeam):
    """Words for asking about service in units."""

    def serving(self) -> "Team":
        """Who serves today: joined, and not yet left. The day of leaving is no longer a day of service."""
        today = AgencyToday(F("agency__time_zone"))
        return self.filter(Q(left_on=None) | Q(left_on__gt=today), joined_on__lte=today)

    def open_to(self, seat: Seat) -> "Team":
        """Service in units that are not closed to this seat: of the others it learns nobody's."""
        return self.exclude(masked_for("unit", seat, Discretion.CLOSED))

    def unended(self) -> "Team":
        """Service that is not over today: without an end, with one that is planned, or yet to begin."""
        today = AgencyToday(F("agency__time_zone"))
        return self.filter(Q(left_on=None) | Q(left_on__gt=today)).exclude(left_on=F("joined_on"))


class TeamMember(AgencyOwned):
    """A person's service in a unit, in one role, from a day until the day of leaving. Ended, never deleted."""

    unit = OwnedKey(Unit, related_name="team", db_index=False)
    worker = OwnedKey(Worker, related_name="service", db_index=False)
    role = models.CharField(max_length=15, choices=[(role.value, role.label) for role in UNIT_ROLES])
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True, help_text=_("access and service end on this day"))

    objects: ClassVar[Any] = Owned.from_queryset(Team)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "unit", "worker", "role"], condition=Q(left_on=None), name="one_open_service_per_role"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="nobody_leaves_before_joining"
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in UNIT_ROLES]), name="team_role_known"),
        ]
        indexes = [models.Index(fields=["agency", "worker"], name="service_by_worker")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {Role(self.role).label}"
