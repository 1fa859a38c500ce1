"""Budget versions and their lines."""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.models.written import Written, no_writer_approves
from agencies.seats import Seat


class Budgets(OwnedQuerySet["Budget"]):
    """Words for lists of budgets."""

    def seen_by(self, seat: Seat) -> "Budgets":
        """Budgets of the units that the seat reaches."""
        units = seat.unit_ids("budgets.view")
        return self if units is None else self.filter(unit_id__in=units)

    def approved(self) -> "Budgets":
        """The versions in force."""
        return self.filter(state=Budget.State.APPROVED)


class Budget(Written, AgencyOwned):
    """One version of a unit's budget for a fiscal year, named after the year in which it ends.

    Draft → submitted → approved → superseded. Whoever approves is not the author, and has written none
    of its lines. Lines change in a draft only; the
    database holds that.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        SUPERSEDED = "superseded", _("Superseded")

    unit = OwnedKey("ssu.Unit", related_name="budgets", db_index=False)
    fiscal_year = models.PositiveSmallIntegerField(validators=[MinValueValidator(1950), MaxValueValidator(2200)])
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    currency = models.CharField(max_length=3)
    copied_from = OwnedKey("self", null=True, related_name="+", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0, help_text="how often its lines were changed")
    submitted_at = models.DateTimeField(null=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Owned.from_queryset(Budgets)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "unit", "fiscal_year", "version"], name="budget_version"),
            models.UniqueConstraint(
                fields=["agency", "unit", "fiscal_year"], condition=Q(state="approved"), name="one_budget_in_force"
            ),
            models.UniqueConstraint(
                fields=["agency", "unit", "fiscal_year"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_budget_in_the_making",
            ),
            models.CheckConstraint(condition=~Q(approver=F("author")), name="author_does_not_approve"),
            no_writer_approves("budget", "approver"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], approved_at=None)
                | Q(state__in=["approved", "superseded"], approved_at__isnull=False),
                name="approved_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year} version {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Line(AgencyOwned):
    """What money makes possible, or where money comes from. Lower `priority` is covered first.

    `months` are the amounts of the twelve months of the fiscal year, its first month first; they add up to `amount`:
    the database holds that. `root` is the identity of the line: a copy in a later version or year has the same, so
    the line it was copied from is the one with this root in the budget's `copied_from`.
    """

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("expense")
        INCOME = "income", _("income")

    budget = OwnedKey(Budget, related_name="lines", db_index=False)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.EXPENSE)
    impact = models.CharField(max_length=250, help_text=_("what it makes possible, in words a partner understands"))
    category = models.CharField(max_length=80)
    amount = models.BigIntegerField(help_text="minor units, for the whole year")
    priority = models.PositiveSmallIntegerField(default=1)
    months = ArrayField(models.BigIntegerField(), size=12, help_text="minor units, first month of the year first")
    root = models.UUIDField(default=uuid4, editable=False)
    owner = OwnedKey("ssu.Worker", null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_line_is_positive"),
            models.CheckConstraint(condition=~Q(impact=""), name="budget_line_says_its_impact"),
            models.UniqueConstraint(fields=["agency", "budget", "root"], name="line_once_in_a_version"),
        ]
        indexes = [models.Index(fields=["agency", "budget", "priority", "id"], name="line_by_budget")]

    def __str__(self) -> str:
        return self.impact
