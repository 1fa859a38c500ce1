"""A promise to give."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from core.periods import add_months
from funds.models.discretion import shown_designation_name
from partners.models.discretion import in_field
from partners.models.gift import GiftLine
from partners.models.holder import is_held

WEEKS = {"weekly": 1, "two_weekly": 2}
MONTHS = {
    "monthly": 1,
    "two_monthly": 2,
    "quarterly": 3,
    "four_monthly": 4,
    "half_yearly": 6,
    "yearly": 12,
    "two_yearly": 24,
}


def gives_anonymously() -> Exists:
    """The condition that the giver of a commitment gave to its designation without a name. Beside such a promise the
    field reads no name, and beside the name no such promise.
    """
    unnamed = GiftLine.objects.standing().filter(gift__anonymous=True, designation=OuterRef("designation"))
    return Exists(unnamed.filter(gift__giving_unit__partner=OuterRef("giving_unit__partner")))


class Commitments(OwnedQuerySet["Commitment"]):
    """Words for lists of promises."""

    def seen_by(self, seat: Seat) -> "Commitments":
        """Those whose amounts the seat may see, each with `shown_name` of its designation. Whoever sees a promise only
        because they hold its giver knows whose it is, so not one behind which gifts came without a name.
        """
        units = seat.unit_ids("partners.amounts")
        held = is_held(seat, "giving_unit__partner", "designation__unit") & ~Q(gives_anonymously())
        mine = self if units is None else self.filter(Q(designation__unit_id__in=units) | held)
        return mine.annotate(shown_name=shown_designation_name(seat, "designation"))

    def named_for(self, seat: Seat) -> "Commitments":
        """Each with `shown_giver` as this seat may call the giver, and `is_hidden`: who gives anonymously to the
        designation keeps their name from everyone in the field, also where they promised.
        """
        if not in_field(seat):
            return self.annotate(is_hidden=Value(False), shown_giver=F("giving_unit__name"))
        hidden = When(gives_anonymously(), then=Value(gettext("Anonymous giver")))
        named = Case(hidden, default=F("giving_unit__name"), output_field=models.CharField())
        return self.annotate(is_hidden=gives_anonymously(), shown_giver=named)

    def openly_for(self, seat: Seat) -> "Commitments":
        """Those that may stand beside the giver's name."""
        return self.exclude(gives_anonymously()) if in_field(seat) else self

    def active_on(self, day: date) -> "Commitments":
        """Those that hold on a day."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), starts_on__lte=day)


class Commitment(AgencyOwned):
    """An amount, how often, to which designation, from when. Whether it is kept is computed, never ticked."""

    class Frequency(models.TextChoices):
        WEEKLY = "weekly", _("weekly")
        TWO_WEEKLY = "two_weekly", _("every two weeks")
        MONTHLY = "monthly", _("monthly")
        TWO_MONTHLY = "two_monthly", _("every two months")
        QUARTERLY = "quarterly", _("quarterly")
        FOUR_MONTHLY = "four_monthly", _("every four months")
        HALF_YEARLY = "half_yearly", _("every half year")
        YEARLY = "yearly", _("yearly")
        TWO_YEARLY = "two_yearly", _("every two years")

    giving_unit = OwnedKey("partners.GivingUnit", related_name="commitments", db_index=False)
    designation = OwnedKey("funds.Designation", related_name="commitments", db_index=False)
    amount = models.BigIntegerField(help_text="minor units, per payment")
    currency = models.CharField(max_length=3)
    frequency = models.CharField(max_length=12, choices=Frequency)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=20, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    follows = OwnedKey(
        "partners.Commitment",
        null=True,
        editable=False,
        related_name="followed_by",
        db_index=False,
        help_text="the promise that this one changes or takes up again",
    )
    resumes = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="the one before had ended, and was taken up again"
    )
    import_key = models.CharField(
        max_length=250,
        blank=True,
        db_default="",
        editable=False,
        help_text="what its file calls it: another file with this key tells of the same promise",
    )
    import_run = OwnedKey(
        "imports.ImportRun",
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="the import that brought it",
    )

    objects: ClassVar[Owned] = Owned.from_queryset(Commitments)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="commitment_is_positive"),
            models.CheckConstraint(condition=models.Q(currency__regex="^[A-Z]{3}$"), name="commitment_currency"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")), name="commitment_dates"
            ),
            models.UniqueConstraint(
                fields=["agency", "follows"], condition=Q(follows__isnull=False), name="one_promise_follows"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "designation", "starts_on"], name="commitment_by_designation"),
            models.Index(fields=["agency", "giving_unit"], name="commitment_by_giver"),
            models.Index(
                fields=["agency", "import_run"],
                condition=models.Q(import_run__isnull=False),
                name="commitment_by_import",
            ),
            models.Index(
                fields=["agency", "import_key"], condition=~models.Q(import_key=""), name="commitment_by_import_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.frequency}"

    def due_dates(self, first: date, last: date) -> Iterator[date]:
        """The days from `first` to `last` on which a payment is promised, counted from the start of the promise."""
        last = min(last, self.ends_on) if self.ends_on else last
        number, due = 0, self.starts_on
        while due <= last:
            if due >= first:
                yield due
            number += 1
            due = self.payment_date(number)

    def payment_date(self, number: int) -> date:
        """The day of the payment so many payments after the first. Months keep the day of the start where they have
        it.
        """
        if self.frequency in WEEKS:
            return self.starts_on + timedelta(weeks=number * WEEKS[self.frequency])
        return add_months(self.starts_on, number * MONTHS[self.frequency])
