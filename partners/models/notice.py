"""Whether the agency's partners were told that the team of a unit knows who gives to it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import AgencyOwned


class TeamNotice(AgencyOwned):
    """What an administrator said about it, and when. The newest counts; without one, or when it says no, members of a
    team know no partner by name: a gift reveals belief, so nobody learns of it unannounced.
    """

    append_only: ClassVar[bool] = True

    is_given = models.BooleanField(help_text=_("partners were told"))
    told_on = models.DateField(null=True, help_text=_("since when partners know"))
    wording = models.TextField(blank=True, help_text=_("in what words, and where they stand"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="team_notice_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_given=False) | (Q(told_on__isnull=False) & ~Q(wording="")), name="team_notice_is_whole"
            )
        ]

    def __str__(self) -> str:
        return f"given, {self.told_on}" if self.is_given else "not given"


def notice_in_force() -> TeamNotice | None:
    """What counts in the agency in scope."""
    found: TeamNotice | None = TeamNotice.objects.order_by("-pk").first()
    return found


def teams_may_know() -> bool:
    """Whether members of teams may know partners by name."""
    notice = notice_in_force()
    return notice is not None and notice.is_given
