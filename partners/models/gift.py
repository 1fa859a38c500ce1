"""Gifts and their lines. A gift once posted stays as it is: it is corrected by reversing it whole and recording it
anew.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.fields import OwnedKey
from agencies.models import AgencyOwned, Owned, OwnedQuerySet
from agencies.seats import Seat
from funds.models.discretion import is_withheld, shown_designation_name
from partners.models.discretion import shown_giver
from partners.models.holder import is_held


class Gifts(OwnedQuerySet["Gift"]):
    """Words for lists of gifts."""

    def seen_by(self, seat: Seat) -> "Gifts":
        """Gifts that the seat may see: all, or those with a line for a unit that it reaches."""
        units = seat.unit_ids("gifts.view")
        if units is None:
            return self
        lines = GiftLine.objects.filter(gift=models.OuterRef("pk"), designation__unit_id__in=units)
        return self.filter(models.Exists(lines))

    def standing(self) -> "Gifts":
        """Gifts that count: not withdrawn by a correction or an undone import."""
        return self.filter(withdrawn_at=None)

    def named_for(self, seat: Seat) -> "Gifts":
        """The same, each with `shown_giver` as this seat may call the giver."""
        return self.annotate(shown_giver=shown_giver(seat))


class Lines(OwnedQuerySet["GiftLine"]):
    """Words for lists of gift lines."""

    def seen_by(self, seat: Seat) -> "Lines":
        """Lines that the seat may see, each with `shown_name` of its designation (null in suspense)."""
        units = seat.unit_ids("gifts.view")
        mine = self if units is None else self.filter(designation__unit_id__in=units)
        return mine.annotate(shown_name=shown_designation_name(seat, "designation"))

    def withheld_from(self, seat: Seat) -> "Lines":
        """Lines for a unit or a worker that is closed to the seat."""
        return self.annotate(closed_to_seat=is_withheld(seat, "designation")).filter(closed_to_seat=True)

    def standing(self) -> "Lines":
        """Lines that count."""
        return self.filter(withdrawn_at=None)

    def with_giver(self, seat: Seat) -> "Lines":
        """Standing lines whose amount the seat may see beside the giver's name."""
        units, standing = seat.unit_ids("partners.amounts"), self.standing()
        if units is None:
            return standing
        held = is_held(seat, "gift__giving_unit__partner", "designation__unit")
        return standing.filter(Q(designation__unit_id__in=units) | held, gift__anonymous=False)


class Gift(AgencyOwned):
    """Money or goods received from one giving unit on one day.

    `amount` in `currency` is what was posted; `tendered_*` is what the giver gave, never posted. `date` is the
    contribution date, which decides the statement year. A refund or chargeback is a negative gift that names the
    first one.
    """

    class Kind(models.TextChoices):
        GIFT = "gift", _("gift")
        IN_KIND = "in_kind", _("in kind")
        STOCK = "stock", _("stock")
        MATCHING = "matching", _("matching gift")
        REFUND = "refund", _("refund")
        CHARGEBACK = "chargeback", _("chargeback")

    class Method(models.TextChoices):
        """How a gift that is recorded by hand came. Files bring words of their own, which are kept."""

        CHECK = "check", _("check")
        CARD = "card", _("card")
        BANK = "bank", _("bank transfer")
        CASH = "cash", _("cash")
        OTHER = "other", _("other")

    giving_unit = OwnedKey("partners.GivingUnit", related_name="gifts", db_index=False)
    date = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.GIFT)
    method = models.CharField(max_length=20, blank=True)
    amount = models.BigIntegerField(help_text="minor units of currency; negative when money went back")
    currency = models.CharField(max_length=3)
    tendered_amount = models.BigIntegerField(help_text="minor units of tendered_currency")
    tendered_currency = models.CharField(max_length=3)
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=80, help_text="the gift's number in its source")
    giver_key = models.CharField(
        max_length=80, blank=True, help_text="the giver's number in the file, kept also where nobody is known by it"
    )
    reference = models.CharField(max_length=80, blank=True, help_text=_("check or transaction number"))
    description = models.CharField(max_length=250, blank=True, help_text=_("of goods: what, never what it is worth"))
    fair_market_value = models.BigIntegerField(null=True, help_text="of goods or services that the giver got in return")
    in_return = models.CharField(max_length=250, blank=True, db_default="", help_text=_("what the giver got for it"))
    intangible = models.BooleanField(
        default=False, db_default=False, help_text=_("all that the giver got were intangible religious benefits")
    )
    receipted_elsewhere = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="its file tells that another system gave a receipt for it: none is given here",
    )
    soft_partner = OwnedKey("partners.Partner", null=True, related_name="soft_gifts", db_index=False)
    soft_kind = models.CharField(max_length=20, blank=True)
    anonymous = models.BooleanField(default=False)
    reverses = OwnedKey("partners.Gift", null=True, related_name="refunds", db_index=False)
    posting = OwnedKey("funds.Posting", related_name="gifts", db_index=False)
    import_id = models.BigIntegerField(null=True, help_text="the import that brought it")
    batch = OwnedKey("partners.GiftBatch", null=True, related_name="gifts", db_index=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Gifts)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="gift_currency"),
            models.CheckConstraint(condition=Q(tendered_currency__regex="^[A-Z]{3}$"), name="gift_tendered_currency"),
            models.UniqueConstraint(fields=["agency", "posting"], name="gift_posted_once"),
            models.CheckConstraint(
                condition=Q(intangible=False) | Q(fair_market_value=None, in_return=""), name="gift_one_statement"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-date", "-id"], name="gift_by_date"),
            models.Index(  # what the list of gifts counts and sums, without reading the gifts
                fields=["agency", "currency"], include=["amount"], condition=Q(withdrawn_at=None), name="gift_totals"
            ),
            models.Index(  # what reports sum and commitments ask by giver, in its order, without reading the gifts
                fields=["agency", "giving_unit", "currency", "-date"],
                include=["amount", "withdrawn_at", "id", "kind", "reverses", "tendered_currency"],
                name="gift_sums",
            ),
            models.Index(fields=["agency", "source", "external_id"], name="gift_by_external_id"),
            models.Index(fields=["agency", "reference"], condition=~Q(reference=""), name="gift_by_reference"),
            models.Index(fields=["agency", "amount", "-date", "-id"], name="gift_by_amount"),
            models.Index(
                fields=["agency", "tendered_amount", "-date", "-id"],
                condition=~Q(tendered_currency=F("currency")),
                name="gift_by_tendered",
            ),
            models.Index(fields=["agency", "reverses"], condition=Q(reverses__isnull=False), name="gift_by_reversed"),
            models.Index(fields=["agency", "import_id"], condition=Q(import_id__isnull=False), name="gift_by_import"),
            models.Index(
                fields=["agency", "soft_partner"], condition=Q(soft_partner__isnull=False), name="gift_by_soft_partner"
            ),
            models.Index(fields=["agency", "batch"], condition=Q(batch__isnull=False), name="gift_by_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"

    @property
    def got_in_return(self) -> str:
        """What the giver got, in words. Before these had a field of their own they stood in the one of goods given."""
        told_there = bool(self.fair_market_value) and self.kind not in GOODS
        return self.in_return or (self.description if told_there else "")


GOODS = (Gift.Kind.IN_KIND, Gift.Kind.STOCK)
"""What is described on a receipt and never valued."""


class GiftLine(AgencyOwned):
    """The part of a gift for one designation. Without a designation it stands in suspense and keeps the file's text
    as its key.

    All lines of a gift are inserted in one statement, whose trigger checks that they sum to the gift.
    """

    gift = OwnedKey(Gift, related_name="lines", db_index=False)
    designation = OwnedKey("funds.Designation", null=True, related_name="gift_lines", db_index=False)
    designation_key = models.CharField(
        max_length=80, help_text="the designation's code, or the file's text in suspense"
    )
    amount = models.BigIntegerField(help_text="minor units of the gift's currency")
    tendered_amount = models.BigIntegerField(null=True, help_text="of this line, where it differs from the amount")
    tendered_currency = models.CharField(max_length=3, blank=True)
    intent = models.TextField(blank=True, help_text=_("what the giver wrote, verbatim"))
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=80)
    staged_row = models.BigIntegerField(null=True, help_text="the row of the import, as it came")
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Lines)()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="line_is_not_zero"),
            models.UniqueConstraint(
                fields=["agency", "source", "designation_key", "external_id"],
                condition=Q(withdrawn_at=None),
                name="one_line_per_key",
            ),
        ]
        indexes = [
            models.Index(  # with where the money went, without reading the lines
                fields=["agency", "gift"], include=["designation", "amount", "withdrawn_at"], name="line_by_gift"
            ),
            models.Index(fields=["agency", "designation"], name="line_by_designation"),
        ]

    def __str__(self) -> str:
        return f"{self.designation_key} {self.amount}"


class GiftCorrection(AgencyOwned):
    """Why a gift was withdrawn, by whom, and what stands in its place."""

    append_only: ClassVar[bool] = True

    gift = OwnedKey(Gift, related_name="corrections", db_index=False)
    replacement = OwnedKey(Gift, null=True, related_name="replaces", db_index=False)
    posting = OwnedKey("funds.Posting", related_name="+", db_index=False, help_text="the reversal")
    reason = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "gift"], name="corrected_once")]
        indexes = [
            models.Index(fields=["agency", "posting"], name="correction_by_posting"),
            models.Index(fields=["agency", "replacement"], name="correction_by_replacement"),
        ]

    def __str__(self) -> str:
        return self.reason


class Reviews(OwnedQuerySet["ReviewItem"]):
    """Words for lists of held lines."""

    def open(self) -> "Reviews":
        """Those that wait for a person. A line that was withdrawn by a correction waits no more."""
        return self.filter(settled_at=None, line__withdrawn_at=None)


class ReviewItem(AgencyOwned):
    """A gift line held for a person to look at: posted and counted, but not settled."""

    class Reason(models.TextChoices):
        UNIDENTIFIED_DONOR = "unidentified_donor", _("the giver is not known")
        UNKNOWN_DESIGNATION = "unknown_designation", _("the designation is not known")
        EARMARK_WORKER = "earmark_worker", _("the memo asks for one worker only")
        UNLINKED_REVERSAL = "unlinked_reversal", _("the first gift was not found")

    line = OwnedKey(GiftLine, related_name="reviews", db_index=False)
    reason = models.CharField(max_length=20, choices=Reason)
    made_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=250, blank=True)

    objects: ClassVar[Owned] = Owned.from_queryset(Reviews)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "line", "reason"], name="one_review_per_reason")]
        indexes = [models.Index(fields=["agency", "made_at"], condition=Q(settled_at=None), name="review_open")]

    def __str__(self) -> str:
        return self.reason
