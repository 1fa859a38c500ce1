"""Who serves in the agency, and as what. Each grant is a dated row: ended, never deleted."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models.owned import AgencyOwned


class Role(models.TextChoices):
    """What a person may be in an agency. Leader, member and coach are held per unit, the others agency-wide."""

    ADMINISTRATOR = "administrator", _("Administrator")
    STAFF = "staff", _("Staff")
    FINANCE = "finance", _("Finance")
    BOARD = "board", _("Board (read only)")
    LEADER = "leader", _("Team leader")
    MEMBER = "member", _("Team member")
    COACH = "coach", _("Coach")


AGENCY_ROLES = (Role.ADMINISTRATOR, Role.STAFF, Role.FINANCE, Role.BOARD)
UNIT_ROLES = (Role.LEADER, Role.MEMBER, Role.COACH)
SECOND_FACTOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.FINANCE})


class Membership(AgencyOwned):
    """A person's place in an agency. Access ends at once when `left_at` is set."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "user"], name="one_membership_per_person")]

    def __str__(self) -> str:
        return str(self.user)


class RoleGrant(AgencyOwned):
    """A role for the whole agency, from a day on, by somebody, until it is ended."""

    membership = OwnedKey(Membership, related_name="grants")
    role = models.CharField(max_length=15, choices=[(r.value, r.label) for r in AGENCY_ROLES])
    granted_at = models.DateTimeField(default=timezone.now)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "membership", "role"],
                condition=models.Q(ended_at=None),
                name="one_open_grant_per_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in AGENCY_ROLES]), name="grant_of_agency_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.role}"


def in_two_weeks() -> datetime:
    return timezone.now() + timedelta(days=14)


class Invitation(AgencyOwned):
    """A link by which a person joins with stated roles. The link is signed and carries the agency; it works once, for
    14 days. While it is held, nothing was sent and the link does not work.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = models.JSONField(default=list, help_text="agency-wide roles")
    unit_roles = models.JSONField(default=list, help_text="pairs of unit id and role")
    nonce = models.CharField(max_length=43, editable=False)
    held_since = models.DateTimeField(null=True, blank=True, help_text="waits until somebody sends it")
    sign_in_name = models.CharField(max_length=60, blank=True, help_text="for whoever shares the address of a spouse")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=in_two_weeks)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the link works."""
        waits = self.accepted_at is None and self.withdrawn_at is None and self.held_since is None
        return waits and self.expires_at > timezone.now()

    @property
    def waits(self) -> bool:
        """Whether it is held, or the link works."""
        held = self.held_since is not None and self.withdrawn_at is None
        return held or self.is_open
