"""The organizations of an alliance and the people who act for them. Each place is a dated row: ended, never deleted."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.owned import AllianceOwned


class MemberKind(models.TextChoices):
    """What an organization brings. The values are also the audiences inside the alliance."""

    IMPLEMENTING = "implementing", _("Implementing partner")
    RESOURCE = "resource", _("Resource partner")
    PRAYER = "prayer", _("Prayer partner")


class MemberState(models.TextChoices):
    """A member's way: invited → signed → active ⇄ suspended → left."""

    INVITED = "invited", _("Invited")
    SIGNED = "signed", _("Signed")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


class Backbone(AllianceOwned):
    """The organization that coordinates and has no stake of its own. One at a time."""

    organization = models.CharField(max_length=120)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(ended_at=None), name="one_backbone_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.organization


class Member(AllianceOwned):
    """An organization in the alliance. `agency` is set when it also works in this system, and is never followed from
    here.
    """

    organization = models.CharField(max_length=120)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=MemberKind, default=MemberKind.IMPLEMENTING)
    state = models.CharField(max_length=9, choices=MemberState, default=MemberState.INVITED, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "organization"], name="one_member_per_organization"),
            models.UniqueConstraint(
                fields=["alliance", "agency"], condition=models.Q(agency__isnull=False), name="one_member_per_agency"
            ),
            models.CheckConstraint(condition=models.Q(state__in=MemberState.values), name="member_state"),
            models.CheckConstraint(condition=models.Q(kind__in=MemberKind.values), name="member_kind"),
        ]

    def __str__(self) -> str:
        return self.organization


class MemberChange(AllianceOwned):
    """A member came into a state, on a day, by somebody."""

    append_only = True

    member = OwnedKey(Member, related_name="changes")
    state = models.CharField(max_length=9, choices=MemberState)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.state


class Representative(AllianceOwned):
    """A person who acts for a member, or for the backbone. One open place per person: nobody reviews their own numbers.

    Without any `may_…` the person reads only.
    """

    CAPACITIES: ClassVar[tuple[str, ...]] = ("may_coordinate", "may_report", "may_sign", "may_vote")

    member = OwnedKey(Member, null=True, blank=True, related_name="representatives")
    backbone = OwnedKey(Backbone, null=True, blank=True, related_name="staff")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    may_coordinate = models.BooleanField(_("coordinates"), default=False)
    may_report = models.BooleanField(_("reports"), default=False)
    may_sign = models.BooleanField(_("signs"), default=False)
    may_vote = models.BooleanField(_("votes"), default=False)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "user"], condition=models.Q(ended_at=None), name="one_place_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(member__isnull=True, backbone__isnull=False)
                | models.Q(member__isnull=False, backbone__isnull=True),
                name="for_member_or_backbone",
            ),
            models.CheckConstraint(
                condition=models.Q(may_coordinate=False) | models.Q(backbone__isnull=False), name="backbone_coordinates"
            ),
            models.CheckConstraint(
                condition=models.Q(may_report=False, may_sign=False, may_vote=False) | models.Q(member__isnull=False),
                name="members_report_sign_vote",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def may(self) -> list[str]:
        """What the person may do, in words."""
        held = [field for field in self._meta.fields if field.name in self.CAPACITIES and getattr(self, field.name)]
        return [str(field.verbose_name) for field in held] or [gettext("reads")]
