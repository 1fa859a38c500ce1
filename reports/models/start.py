"""From when on this installation gives the receipts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from agencies.models import AgencyOwned


class ReceiptStart(AgencyOwned):
    """Gifts before `on` were receipted elsewhere and never are again. The newest row counts; no row, no such gift."""

    append_only: ClassVar[bool] = True

    on = models.DateField(help_text="first contribution date that is receipted here")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="receipt_start_newest")]

    def __str__(self) -> str:
        return str(self.on)
