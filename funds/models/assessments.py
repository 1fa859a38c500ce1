"""The agency's share of what is given: rules with dates, and the runs that post it."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from funds.models.designation import Designation
from funds.models.ledger import CURRENCY, Posting


class Rules(OwnedQuerySet["AssessmentRule"]):
    """Words for rules."""

    def within(self, first: date, last: date) -> "Rules":
        """Rules in force on a day of this span."""
        return self.filter(starts_on__lte=last).exclude(ends_on__lt=first)


class AssessmentRule(AgencyOwned):
    """So many percent of what is given to one designation, to all of a kind, or to all, from a day on, go to another
    designation. The narrower rule wins. A rule is never changed: it is ended, and the next one begins.
    """

    name = models.CharField(max_length=80)
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    designation = OwnedKey(Designation, null=True, blank=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Designation.Kind, blank=True, help_text="of designations")
    destination = OwnedKey(Designation, related_name="+", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="the last day")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Owned] = Owned.from_queryset(Rules)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="rule_percent"),
            models.CheckConstraint(condition=Q(designation=None) | Q(kind=""), name="rule_for_one_or_a_kind"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="rule_dates"
            ),
            models.CheckConstraint(
                condition=Q(designation=None) | ~Q(designation=models.F("destination")), name="rule_goes_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentRun(AgencyOwned):
    """One posting with what rules ask of what was given in a month, as far as it was not assessed before."""

    append_only: ClassVar[bool] = True

    month = models.DateField(help_text="first day of the month")
    posting = OwnedKey(Posting, related_name="assessments", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "posting"], name="one_run_per_posting"),
            models.CheckConstraint(condition=Q(month__day=1), name="run_of_a_month"),
        ]
        indexes = [models.Index(fields=["agency", "-month", "-id"], name="run_by_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class AssessmentLine(AgencyOwned):
    """How a run came to its amounts, per rule, designation and currency.

    `base` is what was given in the whole month, `share` the rule's part of it, rounded once; `amount` is what of it
    this run posts, so all runs of a month that stand sum to the share.
    """

    append_only: ClassVar[bool] = True

    run = OwnedKey(AssessmentRun, related_name="lines", db_index=False)
    rule = OwnedKey(AssessmentRule, related_name="+", db_index=False)
    designation = OwnedKey(Designation, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    base = models.BigIntegerField(help_text="minor units")
    share = models.BigIntegerField(help_text="minor units")
    amount = models.BigIntegerField(help_text="minor units")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "run", "rule", "designation", "currency"], name="one_line_per_rule_and_designation"
            ),
            models.CheckConstraint(condition=~Q(amount=0) & CURRENCY, name="assessment_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
