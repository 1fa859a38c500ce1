"""What a line of the bank is explained by: the batches and gifts that it brought, fees, and what is no gift."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet


class StatementAccount(AgencyOwned):
    """Which deposit account an account of statements is: a bank's number, or a processor. The newest row counts."""

    append_only: ClassVar[bool] = True

    account = models.CharField(max_length=60, help_text="as its statement lines have it; empty where no file tells it")
    deposit = OwnedKey("funds.Account", related_name="+", db_index=False)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["agency", "account", "-id"], name="statement_account_newest")]

    def __str__(self) -> str:
        return self.account


class BankMatches(OwnedQuerySet["BankMatch"]):
    """Words for lists of matches."""

    def standing(self) -> "BankMatches":
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class BankMatch(AgencyOwned):
    """That a line of the bank is explained, wholly: its parts sum to it, to the cent, which the database checks.

    A line has one match that stands. Taking one back is dated and leaves it readable; the line is free again.
    """

    class Basis(models.TextChoices):
        """Why these belong together, as it was proposed, or that a person chose."""

        REFERENCE = "reference", _("same number")
        NAME = "name", _("same amount and name")
        AMOUNT = "amount", _("same amount, near day")
        SUM = "sum", _("sum of several batches")
        DAY = "day", _("all gifts of the day")
        PAYOUT = "payout", _("payout of a processor")
        ENTERED = "entered", _("entered from the line")
        HAND = "hand", _("chosen by hand")

    line = OwnedKey("partners.StatementLine", related_name="matches", db_index=False)
    basis = models.CharField(max_length=9, choices=Basis)
    payout_account = models.CharField(max_length=60, blank=True, help_text="the processor, of a payout")
    payout = models.CharField(max_length=80, blank=True, help_text="what went to the bank together")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(BankMatches)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "line"], condition=Q(undone_at=None), name="one_standing_match_per_line"
            ),
            models.UniqueConstraint(
                fields=["agency", "payout_account", "payout"],
                condition=Q(undone_at=None) & ~Q(payout=""),
                name="one_standing_match_per_payout",
            ),
            models.CheckConstraint(
                condition=Q(payout="", payout_account="") | ~Q(payout="") & ~Q(payout_account=""),
                name="bank_match_payout_of_a_processor",
            ),
        ]
        indexes = [models.Index(fields=["agency", "line", "-id"], name="bank_match_of_line")]

    def __str__(self) -> str:
        return f"match {self.pk}"


class MatchParts(OwnedQuerySet["MatchPart"]):
    """Words for lists of parts."""

    def standing(self) -> "MatchParts":
        """Those of matches that were not taken back."""
        return self.filter(match__undone_at=None)


class MatchPart(AgencyOwned):
    """A part of what explains a line: money of a batch, of a gift in no batch, a fee that was kept, or what is no gift.

    All parts of a match go in with one statement, whose trigger checks that they sum to the line, and that neither a
    batch nor a gift is matched beyond what it comes to. A gift of a batch is matched with its batch.
    """

    append_only: ClassVar[bool] = True

    class Kind(models.TextChoices):
        BATCH = "batch", _("batch")
        GIFT = "gift", _("gift")
        FEE = "fee", _("fee")
        ASIDE = "aside", _("set aside")

    class Reason(models.TextChoices):
        """Why money at the bank is no gift."""

        TRANSFER = "transfer", _("transfer between own accounts")
        INTEREST = "interest", _("interest")
        REIMBURSED = "reimbursed", _("money given back to us")
        CONVERTED = "converted", _("exchanged from another currency")
        EARLIER = "earlier", _("booked before we worked here")
        OTHER = "other", _("something else")

    match = OwnedKey(BankMatch, related_name="parts", db_index=False)
    kind = models.CharField(max_length=5, choices=Kind)
    amount = models.BigIntegerField(help_text="minor units of the line's currency; a fee is negative")
    batch = OwnedKey("partners.GiftBatch", null=True, related_name="+", db_index=False)
    gift = OwnedKey("partners.Gift", null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    note = models.CharField(max_length=250, blank=True)

    objects: ClassVar[Owned] = Owned.from_queryset(MatchParts)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="match_part_is_not_zero"),
            models.CheckConstraint(
                condition=Q(kind="batch", batch__isnull=False, gift=None, reason="")
                | Q(kind="gift", gift__isnull=False, batch=None, reason="")
                | Q(kind="fee", gift=None, batch=None, reason="")
                | Q(kind="aside", gift=None, batch=None) & ~Q(reason=""),
                name="match_part_names_one_thing",
            ),
            models.UniqueConstraint(fields=["agency", "match", "batch"], name="match_part_batch_once"),
            models.UniqueConstraint(fields=["agency", "match", "gift"], name="match_part_gift_once"),
        ]
        indexes = [
            models.Index(fields=["agency", "batch"], condition=Q(batch__isnull=False), name="match_part_by_batch"),
            models.Index(fields=["agency", "gift"], condition=Q(gift__isnull=False), name="match_part_by_gift"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
