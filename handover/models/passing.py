"""One relationship that goes from a worker to another, what was done about it, and what became of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from handover.models.case import Case
from partners.models import Partner
from ssu.models.discretion import Discretion, masked_for, shown_unit_name


class Passings(OwnedQuerySet["Passing"]):
    """Words for lists of relationships that are passed on."""

    def seen_by(self, seat: Seat, right: str = "handover.view") -> "Passings":
        """Those of cases, units and partners that the seat may know, none of a unit that is closed to it; each with
        `unit_name` and `partner_name`.
        """
        units = seat.unit_ids(right)
        mine = self if units is None else self.filter(holder__unit__in=units)
        known = mine.filter(case__in=Case.objects.seen_by(seat, right).values("pk"))
        return known.partners_known(seat).annotate(
            unit_name=shown_unit_name("holder__unit", seat), partner_name=models.F("holder__partner__name")
        )

    def partners_known(self, seat: Seat) -> "Passings":
        """Those of partners whom the seat may know, none of a unit that is closed to it."""
        named = self.filter(holder__partner__in=Partner.objects.seen_by(seat).values("pk"))
        return named.exclude(masked_for("holder__unit", seat, Discretion.CLOSED))


class Passing(AgencyOwned):
    """A partner whom the worker held in a unit when the case was opened. `holder` is that row: it says who held whom,
    where and since when, and goes over with its partner by a merge.
    """

    append_only: ClassVar[bool] = True

    case = OwnedKey(Case, related_name="passings", db_index=False)
    holder = OwnedKey("partners.Holder", related_name="+", db_index=False)

    objects: ClassVar[Any] = Owned.from_queryset(Passings)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "case", "holder"], name="passed_once_in_a_case")]

    def __str__(self) -> str:
        return f"Passing {self.pk}"


class PassingAct(AgencyOwned):
    """What was done for a relationship. A slip is taken back and stays readable."""

    class Kind(models.TextChoices):
        NAMED = "named", _("New holder named")
        INTRODUCED = "introduced", _("Introduced")
        SKIPPED = "skipped", _("Left out")

    class Why(models.TextChoices):
        DIED = "died", _("the partner has died")
        NO_CONTACT = "no_contact", _("the partner wishes no contact")
        OFFICE = "office", _("the office cares for the partner")
        ANOTHER = "another", _("another holder stays")
        OTHER = "other", _("another reason")

    passing = OwnedKey(Passing, related_name="acts", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    why = models.CharField(max_length=10, blank=True, choices=Why)
    new_holder = OwnedKey("partners.Holder", null=True, related_name="+", db_index=False)
    introduction = OwnedKey("partners.FollowUp", null=True, related_name="+", db_index=False)
    meeting = OwnedKey(
        "partners.FollowUp", null=True, related_name="+", db_index=False, help_text="the same for the new holder"
    )
    letter = OwnedKey("partners.FollowUp", null=True, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="named", why="", new_holder__isnull=False)
                | Q(kind="introduced", why="", new_holder=None)
                | Q(kind="skipped", new_holder=None) & ~Q(why=""),
                name="passing_act_whole",
            ),
        ]
        indexes = [models.Index(fields=["agency", "passing", "id"], name="passing_act_by_passing")]

    def __str__(self) -> str:
        return f"{self.passing_id}: {self.kind}"


class Check(AgencyOwned):
    """What became of the giving of a partner some days after the exit, computed from gifts on the day of the check and
    kept as it was then.
    """

    append_only: ClassVar[bool] = True

    class Outcome(models.TextChoices):
        KEPT = "kept", _("kept giving")
        SMALLER = "smaller", _("gave less")
        STOPPED = "stopped", _("stopped")
        NOT_DUE = "not_due", _("no gift was due")

    passing = OwnedKey(Passing, related_name="checks", db_index=False)
    after = models.PositiveSmallIntegerField(help_text="days after the day of leaving")
    outcome = models.CharField(max_length=8, choices=Outcome)
    looked_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "passing", "after"], name="checked_once"),
            models.CheckConstraint(
                condition=Q(after__in=[30, 90, 180], outcome__in=["kept", "smaller", "stopped", "not_due"]),
                name="check_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passing_id} after {self.after}: {self.outcome}"
