"""Gifts keyed in together: a batch says what lies on the desk, its rows what was keyed so far. Nothing stands in the
ledger before the batch is posted; afterwards batch, rows and parts stay as they are.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.models.drafts import Drafted
from agencies.seats import Seat
from funds.models.discretion import shown_designation_name
from partners.models.gift import Gift


class GiftBatch(AgencyOwned):
    """What came together and was deposited together: so many gifts, so much money of one currency, on one day.

    `expected_*` is what was counted by hand before keying; a batch matches when its rows come to the same. The
    defaults fill new rows: `contributed_on` is the contribution date, the day of deposit where it is empty.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        POSTED = "posted", _("posted")
        DISCARDED = "discarded", _("discarded")

    number = models.PositiveIntegerField(help_text="1, 2, 3 … in each agency")
    title = models.CharField(max_length=120, help_text=_("where it came from: mail of Tuesday, card processor"))
    deposit = OwnedKey("funds.Account", related_name="batches", db_index=False)
    deposited_on = models.DateField()
    currency = models.CharField(max_length=3)
    expected_count = models.PositiveIntegerField()
    expected_total = models.BigIntegerField(help_text="minor units of currency")
    method = models.CharField(max_length=20, blank=True)
    designation = OwnedKey("funds.Designation", null=True, related_name="+", db_index=False)
    contributed_on = models.DateField(null=True)
    brought_by = OwnedKey(
        "partners.StatementLine", null=True, related_name="+", db_index=False, help_text="the line it was entered from"
    )
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    posted_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    discarded_at = models.DateTimeField(null=True)
    discard_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="batch_number"),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="batch_currency"),
            models.CheckConstraint(condition=Q(expected_count__gt=0, expected_total__gt=0), name="batch_expects"),
            models.CheckConstraint(
                condition=Q(state="open", posted_at=None, discarded_at=None)
                | Q(state="posted", posted_at__isnull=False, discarded_at=None)
                | Q(state="discarded", posted_at=None, discarded_at__isnull=False),
                name="batch_state_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-number"], name="batch_by_state")]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Rows(OwnedQuerySet["BatchRow"]):
    """Words for lists of rows."""

    def standing(self) -> "Rows":
        """Those that were not taken out."""
        return self.filter(removed_at=None)


class BatchRow(Drafted):
    """One gift as it was keyed. `key` is the client's: a row that is sent again is the same row.

    `gift` is what was posted of it; `removed_at` takes it out of the batch, with a way back while the batch is open.
    """

    batch = OwnedKey(GiftBatch, related_name="rows", db_index=False)
    place = models.PositiveIntegerField(help_text="1, 2, 3 … in each batch, in the order of keying")
    key = models.CharField(max_length=64)
    giving_unit = OwnedKey("partners.GivingUnit", related_name="+", db_index=False)
    amount = models.BigIntegerField(help_text="minor units of the batch's currency")
    kind = models.CharField(max_length=12, choices=Gift.Kind, default=Gift.Kind.GIFT)
    method = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    date = models.DateField(help_text="contribution date")
    tendered_amount = models.BigIntegerField(null=True, help_text="minor units of tendered_currency")
    tendered_currency = models.CharField(max_length=3, blank=True)
    description = models.CharField(max_length=250, blank=True)
    fair_market_value = models.BigIntegerField(null=True)
    in_return = models.CharField(max_length=250, blank=True, db_default="", help_text=_("what the giver got for it"))
    intangible = models.BooleanField(default=False, db_default=False)
    soft_partner = OwnedKey("partners.Partner", null=True, related_name="+", db_index=False)
    soft_kind = models.CharField(max_length=20, blank=True)
    anonymous = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    gift = OwnedKey(Gift, null=True, related_name="+", db_index=False)

    objects: ClassVar[Owned] = Owned.from_queryset(Rows)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "batch", "place"], name="batch_row_place"),
            models.UniqueConstraint(fields=["agency", "batch", "key"], name="batch_row_key"),
            models.UniqueConstraint(fields=["agency", "gift"], name="batch_row_of_gift"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="batch_row_gives"),
            models.CheckConstraint(
                condition=Q(intangible=False) | Q(fair_market_value=None, in_return=""), name="batch_row_one_statement"
            ),
            models.CheckConstraint(
                condition=Q(tendered_amount=None, tendered_currency="")
                | Q(tendered_amount__gt=0, tendered_currency__regex="^[A-Z]{3}$"),
                name="batch_row_tendered",
            ),
            models.CheckConstraint(condition=Q(gift=None) | Q(removed_at=None), name="batch_row_posted_stands"),
        ]

    def __str__(self) -> str:
        return f"row {self.place}"


class Parts(OwnedQuerySet["BatchPart"]):
    """Words for lists of parts."""

    def named_for(self, seat: Seat) -> "Parts":
        """The same, each with `shown_name` and `code` of its designation, in the order of keying."""
        named = self.annotate(shown_name=shown_designation_name(seat, "designation"), code=F("designation__code"))
        return named.order_by("row", "place")


class BatchPart(AgencyOwned):
    """The part of a row for one designation. The parts of a row sum to it."""

    row = OwnedKey(BatchRow, related_name="parts", db_index=False)
    place = models.PositiveSmallIntegerField()
    designation = OwnedKey("funds.Designation", related_name="+", db_index=False)
    amount = models.BigIntegerField(help_text="minor units of the batch's currency")
    intent = models.TextField(blank=True, help_text=_("what the giver wrote, verbatim"))

    objects: ClassVar[Owned] = Owned.from_queryset(Parts)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "row", "place"], name="batch_part_place"),
            models.UniqueConstraint(fields=["agency", "row", "designation"], name="batch_part_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="batch_part_gives"),
        ]

    def __str__(self) -> str:
        return f"part {self.place}"
