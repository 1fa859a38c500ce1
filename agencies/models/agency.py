"""The tenant."""

import zoneinfo
from datetime import date, datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.scope import current_agency_id

SLUG = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", _("Use small letters, digits and hyphens, 40 at most.")
)


class Agencies(models.Manager["Agency"]):
    """The agency in scope, as a table of one row."""

    def get_queryset(self) -> models.QuerySet["Agency"]:
        current_agency_id()
        return super().get_queryset()


class Agency(models.Model):
    """A mission agency, or the organization that serves an alliance as its backbone."""

    scope: ClassVar[str] = "agency"

    slug = models.CharField(max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=160, blank=True, help_text=_("as it stands on receipts"))
    tax_number = models.CharField(max_length=20, blank=True, help_text=_("EIN in the United States"))
    address = models.TextField(blank=True, help_text=_("postal address, one line per line"))
    country = models.CharField(max_length=2, default="US")
    locale = models.CharField(max_length=12, default="en_US")
    impact_goal = models.TextField(blank=True, help_text=_("the overall goal that every unit reinforces"))
    brand_promise = models.TextField(
        blank=True, help_text=_("what partners may count on, in a sentence; the messages of every unit stand under it")
    )
    base_currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=40, default="UTC")
    fiscal_year_start = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("month in which the fiscal year begins"),
    )
    unit_word = models.CharField(
        max_length=30, default="SSU", help_text=_("what this agency calls a smallest strategic unit")
    )
    unit_words = models.CharField(max_length=30, default="SSUs", help_text=_("the same, for more than one"))
    default_source = models.CharField(
        max_length=40, default="AGENCY", help_text=_("the source of gifts in files that name none")
    )
    organization_code = models.CharField(
        max_length=40, blank=True, help_text=_("how the agency's own DataSync files call it")
    )
    quiet_after_days = models.PositiveSmallIntegerField(
        default=30,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
        help_text=_("days without activity after which a unit counts as quiet"),
    )
    board_met_on = models.DateField(
        null=True, blank=True, help_text=_("day of the last board meeting, from which the board reads what changed")
    )
    live_on = models.DateField(
        null=True,
        blank=True,
        help_text=_("the go-live date: what happened before is history and tells nobody anything; none: not live yet"),
    )
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = Agencies()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(fiscal_year_start__range=(1, 12)), name="agency_fiscal_month"),
            models.CheckConstraint(condition=models.Q(base_currency__regex="^[A-Z]{3}$"), name="agency_currency_code"),
            models.CheckConstraint(condition=models.Q(quiet_after_days__range=(7, 365)), name="agency_quiet_days"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone in which this agency's days begin."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> date:
        """Today in the agency's own calendar, which decides years, due dates and periods."""
        return self.local(timezone.now()).date()

    def is_live(self) -> bool:
        """Whether the agency works with this system by now: before, everything brought in is history."""
        return self.live_on is not None and self.live_on <= self.today()

    def local(self, moment: datetime) -> datetime:
        """A moment on the agency's clock."""
        return moment.astimezone(self.zone)

    def fiscal_year(self, day: date) -> int:
        """The fiscal year of a day, named after the calendar year in which it ends."""
        starts = self.fiscal_year_start
        return day.year + (1 if starts > 1 and day.month >= starts else 0)
