"""Rows that are never changed, only withdrawn: who, when and why stand beside what was written."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models import AgencyOwned


class Withdrawable(AgencyOwned):
    """A row that stays as it was written; when it was wrong, it is withdrawn with a reason."""

    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def has_reason(name: str) -> models.CheckConstraint:
        """The constraint that a row is withdrawn with a reason, and that no reason stands without that."""
        dated = Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")
        return models.CheckConstraint(condition=Q(withdrawn_at=None, withdrawn_reason="") | dated, name=name)
