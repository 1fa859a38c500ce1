"""What one member hands in. Private to the member until handed in; from then on nobody changes a value, the backbone
included.
"""

from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from alliances.models.owned import AllianceOwned, AllianceQuerySet, InAlliance
from alliances.models.people import Member
from alliances.models.period import Obligation

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)
LARGEST_VALUE = 10**15


class SubmissionState(models.TextChoices):
    """draft ⇄ approved inside → submitted → accepted, or returned → a new revision."""

    DRAFT = "draft", _("Draft")
    APPROVED = "approved", _("Approved inside")
    SUBMITTED = "submitted", _("Handed in")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class Submissions(AllianceQuerySet[Row_co]):
    """Words for reports."""

    def newest(self) -> Any:
        """Of each obligation the highest revision among these."""
        newest = self.filter(obligation=OuterRef("obligation")).order_by().values("obligation")
        return self.filter(revision=Subquery(newest.annotate(top=Max("revision")).values("top")))

    def counting(self) -> Any:
        """Of each obligation the highest accepted revision: the one whose values count."""
        return self.filter(state=SubmissionState.ACCEPTED).newest()


class Submission(AllianceOwned):
    """One revision of a member's report for a period."""

    obligation = OwnedKey(Obligation, related_name="submissions")
    member = OwnedKey(Member, related_name="submissions")
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=SubmissionState, default=SubmissionState.DRAFT)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.TextField(blank=True, help_text="why it was returned, or a remark on what was accepted")

    objects: ClassVar[Any] = InAlliance.from_queryset(Submissions)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "obligation", "revision"], name="one_submission_per_revision"),
            models.UniqueConstraint(
                fields=["alliance", "obligation"],
                condition=models.Q(
                    state__in=[SubmissionState.DRAFT, SubmissionState.APPROVED, SubmissionState.SUBMITTED]
                ),
                name="one_submission_on_its_way",
            ),
            models.CheckConstraint(condition=models.Q(state__in=SubmissionState.values), name="submission_state"),
            models.CheckConstraint(
                condition=~models.Q(state=SubmissionState.RETURNED) | ~models.Q(review_note=""),
                name="returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} ({self.revision})"


class ValueState(models.TextChoices):
    """What an answer is. Nothing reported is never zero, and zero is a value."""

    REPORTED = "reported", _("a number")
    ESTIMATED = "estimated", _("an estimate")
    NOT_COLLECTED = "not_collected", _("we did not collect it")
    NOT_APPLICABLE = "not_applicable", _("it does not apply to us")
    NOT_PERMITTED = "not_permitted", _("we may not tell")


WITH_VALUE = (ValueState.REPORTED, ValueState.ESTIMATED)


class Observations(AllianceQuerySet[Row_co]):
    """Words for values."""

    def of_counting(self) -> Any:
        """The values of the submissions that count."""
        return self.filter(submission__in=Submission.objects.counting())


class Observation(AllianceOwned):
    """One value of a report. `cell` is its place in a breakdown ("" is the whole);
    `base` the denominator or n, where the kind has one.
    """

    submission = OwnedKey(Submission, related_name="observations")
    member = OwnedKey(Member, related_name="+")
    cell = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(max_length=14, choices=ValueState)
    value = models.DecimalField(
        max_digits=20, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    base = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = InAlliance.from_queryset(Observations)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance", "submission", "cell"], name="one_observation_per_cell"),
            models.CheckConstraint(condition=models.Q(state__in=ValueState.values), name="value_state"),
            models.CheckConstraint(
                condition=models.Q(state__in=WITH_VALUE, value__isnull=False)
                | (~models.Q(state__in=WITH_VALUE) & models.Q(value__isnull=True)),
                name="value_where_reported",
            ),
            models.CheckConstraint(  # NaN stands above every number in PostgreSQL, so the upper bound refuses it
                condition=models.Q(value__isnull=True) | models.Q(value__gte=0, value__lt=LARGEST_VALUE),
                name="value_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return self.state
