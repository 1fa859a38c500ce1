"""What moved money at the bank and at payment processors, as their files tell it: what deposits are held against."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet


class StatementLines(OwnedQuerySet["StatementLine"]):
    """Words for lists of statement lines."""

    def standing(self) -> "StatementLines":
        """Those whose import was not undone."""
        return self.filter(withdrawn_at=None)

    def superseded(self) -> "StatementLines":
        """Each with `is_superseded`: the bank replaced or deleted it by a later line."""
        corrections = StatementLine.objects.standing().exclude(corrects="")  # few: they have an index of their own
        later = corrections.filter(account=models.OuterRef("account"), corrects=models.OuterRef("reference"))
        return self.annotate(is_superseded=models.Exists(later))


class StatementLine(AgencyOwned):
    """One line of a bank statement, or one movement of the balance at a processor. It is no gift and posts nothing;
    a gift that it is about is named by its number.

    `amount` is what the account gained or lost. A processor tells gross and fee too, and amount is gross less fee.

    Never changed; withdrawn when its import is undone, and then its reference is free again.
    """

    account = models.CharField(max_length=60, help_text="number at the bank, or the processor; empty where not told")
    reference = models.CharField(max_length=80, help_text="of the bank or the processor, or made of what the line says")
    date = models.DateField()
    amount = models.BigIntegerField(help_text="minor units of currency; negative when money went out")
    currency = models.CharField(max_length=3)
    gross = models.BigIntegerField(null=True, help_text="minor units, before the fee")
    fee = models.BigIntegerField(null=True, help_text="minor units, positive when it costs")
    category = models.CharField(max_length=80, blank=True)
    party = models.CharField(max_length=200, blank=True, help_text="who sent or received the money, as the file says")
    text = models.TextField(blank=True)
    payout = models.CharField(max_length=80, blank=True, help_text="what went to the bank together")
    payout_date = models.DateField(null=True)
    gift_number = models.CharField(max_length=80, blank=True, help_text="of the gift that it is about")
    corrects = models.CharField(max_length=80, blank=True, help_text="reference of the line it replaces or deletes")
    returned = models.BooleanField(default=False, help_text="money that came back: a refund or a returned item")
    import_run = OwnedKey("imports.ImportRun", related_name="+", db_index=False)
    staged_row = models.BigIntegerField(null=True, help_text="the row of the import, as it came")
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(StatementLines)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "account", "reference"], condition=Q(withdrawn_at=None), name="statement_line_once"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="statement_line_has_a_reference"),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="statement_line_currency"),
        ]
        indexes = [
            models.Index(fields=["agency", "-date", "-id"], name="statement_line_newest"),
            models.Index(fields=["agency", "account", "payout"], condition=~Q(payout=""), name="statement_line_payout"),
            models.Index(
                fields=["agency", "account", "corrects"], condition=~Q(corrects=""), name="statement_line_corrects"
            ),
            models.Index(fields=["agency", "import_run"], name="statement_line_by_import"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.reference}"
