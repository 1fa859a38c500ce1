"""Months that take no postings any more."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.models import AgencyOwned


class PeriodClose(AgencyOwned):
    """From when on the ledger takes postings: everything before `open_from`, the first day of a month, is closed.

    The newest row counts. Opening a month again is a row with an earlier day, its reason and its person.
    """

    append_only: ClassVar[bool] = True

    open_from = models.DateField()
    reason = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(open_from__day=1), name="period_of_whole_months")]
        indexes = [models.Index(fields=["agency", "-id"], name="period_newest")]

    def __str__(self) -> str:
        return f"open from {self.open_from}"
