"""What was handed to the agency's accounting system."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from funds.models.ledger import Posting


class JournalExport(AgencyOwned):
    """A journal: the postings of a span of days that no journal held before. Its file is made anew from the ledger
    each time, with the same bytes: `codes` keeps what the accounts were called, `layout` how it is written, `digest` is
    the SHA-256 of the file.
    """

    append_only: ClassVar[bool] = True

    class Layout(models.IntegerChoices):
        """How a file is written. The first one knew neither batches nor refunds: its files stay as they were taken."""

        FIRST = 1, _("a line per entry")
        ENTRIES = 2, _("a line per entry, with its batch")
        BATCHES = 3, _("a set of lines per batch")

    number = models.PositiveIntegerField(help_text="1, 2, 3 … in each agency")
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=40, blank=True, help_text="of the postings; empty for all")
    layout = models.PositiveSmallIntegerField(choices=Layout, default=Layout.FIRST)
    codes = models.JSONField(help_text="account id → [kind, code, name]")
    digest = models.CharField(max_length=64)
    postings = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="journal_number"),
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="journal_days"),
        ]

    def __str__(self) -> str:
        return f"journal {self.number}"


class ExportedPosting(AgencyOwned):
    """A posting stands in one journal, with what was known of it then: the number of its batch, and its kind where the
    ledger's own says less.
    """

    append_only: ClassVar[bool] = True

    export = OwnedKey(JournalExport, related_name="exported", db_index=False)
    posting = OwnedKey(Posting, related_name="exported", db_index=False)
    batch = models.PositiveIntegerField(null=True, help_text="the number of its batch")
    kind = models.CharField(
        max_length=12, blank=True, default="", db_default="", help_text="refund, chargeback; else empty"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "posting"], name="exported_once")]
        indexes = [models.Index(fields=["agency", "export", "posting"], name="exported_by_journal")]

    def __str__(self) -> str:
        return f"posting {self.posting_id}"
