"""The ledger. Amounts are signed minor units: a debit is positive, a credit negative, as in double-entry bookkeeping.

A gift debits the deposit account and credits its designations, so what a designation holds is the negative of its
entries' sum.
"""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned

CURRENCY = models.Q(currency__regex="^[A-Z]{3}$")


class Account(AgencyOwned):
    """Something whose balance is kept: a bank or processor deposit, a designation, suspense, an expense category, and
    what designations released to expenses.

    A deposit account with a `currency` takes that one only, for good; without one it takes any. `ledger_code` is what
    the agency's accounting system calls the account: it stands in the journal export.
    """

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", _("deposit account")
        DESIGNATION = "designation", _("designation")
        SUSPENSE = "suspense", _("suspense: designation unknown")
        EXPENSE = "expense", _("expense")
        RELEASED = "released", _("released to expenses")

    class Holder(models.TextChoices):
        """Where the money of a deposit account lies."""

        BANK = "bank", _("bank")
        PROCESSOR = "processor", _("processor")
        CASH = "cash", _("cash box")

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    designation = OwnedKey("funds.Designation", null=True, related_name="accounts", db_index=False)
    holder = models.CharField(max_length=10, choices=Holder, blank=True)
    institution = models.CharField(max_length=120, blank=True, help_text="the bank or processor")
    last_digits = models.CharField(max_length=4, blank=True, help_text="of the account's number; never more of it")
    currency = models.CharField(max_length=3, blank=True)
    ledger_code = models.CharField(max_length=40, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "designation"], name="one_account_per_designation"),
            models.UniqueConstraint(fields=["agency", "kind", "name"], name="account_name"),
            models.CheckConstraint(
                condition=models.Q(kind="designation", designation__isnull=False)
                | (~models.Q(kind="designation") & models.Q(designation__isnull=True)),
                name="account_of_designation",
            ),
            models.CheckConstraint(
                condition=models.Q(currency="") | (models.Q(kind="deposit") & CURRENCY), name="account_currency"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def takes(self, currency: str, day: date) -> bool:
        """Whether money of a currency may be booked here on a day."""
        return self.currency in ("", currency) and (self.closed_on is None or day < self.closed_on)


class Posting(AgencyOwned):
    """One movement of money on a day, with its reason. Never changed: a correction reverses it whole, once, and posts
    anew.
    """

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        GIFT = "gift", _("gift")
        REVERSAL = "reversal", _("reversal")
        ASSESSMENT = "assessment", _("assessment")
        TRANSFER = "transfer", _("transfer")
        EXPENSE = "expense", _("expense")
        OPENING = "opening", _("opening balance")

    date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.CharField(max_length=40, help_text="where it comes from: by hand, or the source of an import")
    reason = models.CharField(max_length=250, blank=True)
    reverses = OwnedKey("funds.Posting", null=True, related_name="reversals", db_index=False)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    posted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "reverses"], name="reversed_once"),
            models.CheckConstraint(
                condition=models.Q(reverses=None) | models.Q(kind="reversal"), name="only_a_reversal_reverses"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-date", "-id"], name="posting_by_day"),
            models.Index(  # nearly all postings are gifts
                fields=["agency", "kind", "-date", "-id"], condition=~models.Q(kind="gift"), name="posting_not_gift"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class Entry(AgencyOwned):
    """One account's part in a posting. All entries of a posting are inserted in one statement, whose trigger checks
    that they sum to zero
    per currency and that the posting had none before; a second trigger keeps the monthly summary.
    """

    append_only: ClassVar[bool] = True

    posting = OwnedKey(Posting, related_name="entries", db_index=False)
    account = OwnedKey(Account, related_name="entries", db_index=False)
    amount = models.BigIntegerField(help_text="minor units; debit positive, credit negative")
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="entry_moves_something"),
            models.CheckConstraint(condition=CURRENCY, name="entry_currency"),
        ]
        indexes = [
            models.Index(fields=["agency", "posting"], name="entry_by_posting"),
            models.Index(fields=["agency", "account"], name="entry_by_account"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class AccountMonth(AgencyOwned):
    """What an account's entries of one month sum to, per currency. Written by the database alone, provable from the
    entries.
    """

    account = OwnedKey(Account, related_name="months", db_index=False)
    month = models.DateField(help_text="first day of the month")
    kind = models.CharField(max_length=10, help_text="of the postings; a reversal counts as what it reverses")
    currency = models.CharField(max_length=3)
    debit = models.BigIntegerField(help_text="sum of the positive entries, in minor units")
    credit = models.BigIntegerField(help_text="sum of the negative entries, in minor units, as a negative number")
    entries = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "account", "month", "kind", "currency"], name="one_row_per_account_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.currency}"
