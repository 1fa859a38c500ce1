"""What postings rest on that move money other than gifts: opening balances, transfers and expenses. Each stands beside
its posting and says the same amount; the proof compares them. Reversed with it, never changed.
"""

from typing import ClassVar

from django.db import models

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned
from funds.models.ledger import CURRENCY, Account, Posting


class OpeningBalance(AgencyOwned):
    """What a designation held when its ledger began here; below zero for a deficit."""

    append_only: ClassVar[bool] = True

    posting = OwnedKey(Posting, related_name="opening_balances", db_index=False)
    designation = OwnedKey("funds.Designation", related_name="+", db_index=False)
    deposit = OwnedKey(Account, related_name="+", db_index=False)
    amount = models.BigIntegerField(help_text="minor units; what is held is positive, a deficit negative")
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "posting"], name="one_opening_per_posting"),
            models.CheckConstraint(condition=~models.Q(amount=0) & CURRENCY, name="opening_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Transfer(AgencyOwned):
    """Money of one designation that the board gave to another. It names the resolution; what was given with a stated
    intent stayed behind. A transfer to a designation with a deficit names by its origin what pays for it.
    """

    append_only: ClassVar[bool] = True

    posting = OwnedKey(Posting, related_name="transfers", db_index=False)
    origin = OwnedKey("funds.Designation", related_name="+", db_index=False)
    destination = OwnedKey("funds.Designation", related_name="+", db_index=False)
    amount = models.BigIntegerField(help_text="minor units, above zero")
    currency = models.CharField(max_length=3)
    resolution = models.CharField(max_length=120, help_text="number or title of the board's resolution")
    resolved_on = models.DateField()
    left_out = models.BigIntegerField(help_text="what stayed behind, as it was given with a stated intent")
    covers = models.BigIntegerField(help_text="the part that covers a deficit of the destination")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "posting"], name="one_transfer_per_posting"),
            models.CheckConstraint(condition=models.Q(amount__gt=0) & CURRENCY, name="transfer_amount"),
            models.CheckConstraint(condition=~models.Q(origin=models.F("destination")), name="transfer_goes_elsewhere"),
            models.CheckConstraint(
                condition=models.Q(left_out__gte=0, covers__gte=0, covers__lte=models.F("amount")),
                name="transfer_parts",
            ),
        ]

    def __str__(self) -> str:
        return self.resolution


class Expense(AgencyOwned):
    """Money that a designation spent: on what, from which deposit account, by which receipt."""

    append_only: ClassVar[bool] = True

    posting = OwnedKey(Posting, related_name="expenses", db_index=False)
    designation = OwnedKey("funds.Designation", related_name="+", db_index=False)
    category = OwnedKey(Account, related_name="+", db_index=False)
    paid_from = OwnedKey(Account, related_name="+", db_index=False)
    amount = models.BigIntegerField(help_text="minor units, above zero")
    currency = models.CharField(max_length=3)
    payee = models.CharField(max_length=120, blank=True)
    description = models.CharField(max_length=250, blank=True)
    reference = models.CharField(max_length=80, blank=True, help_text="number of the receipt or document")
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=80, help_text="the expense's number in its source")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "posting"], name="one_expense_per_posting"),
            models.UniqueConstraint(fields=["agency", "source", "external_id"], name="one_expense_per_key"),
            models.CheckConstraint(condition=models.Q(amount__gt=0) & CURRENCY, name="expense_amount"),
        ]
        indexes = [models.Index(fields=["agency", "designation", "-id"], name="expense_by_designation")]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
