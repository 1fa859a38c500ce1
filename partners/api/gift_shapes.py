"""Gifts as programs read them. What is kept from the reader is null, or empty where it is text."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import DayField
from core.money import Money
from partners.api.partner_shapes import MoneySerializer, money
from partners.pages.gift_facts import GiftFacts
from partners.pages.gift_list import amount_of


class GiftLineSerializer(serializers.Serializer[Any]):
    """A line of a gift: the designation as the caller may call it. In suspense it is null, and `key` is the text of the
    file. `intent` is what the giver wrote.
    """

    id = serializers.IntegerField(source="pk")
    designation = serializers.IntegerField(source="designation_id", allow_null=True)
    code = serializers.CharField(source="shown_code", allow_null=True)
    name = serializers.CharField(source="shown_name", allow_null=True)
    key = serializers.SerializerMethodField()
    amount = serializers.SerializerMethodField()
    tendered = serializers.SerializerMethodField()
    intent = serializers.SerializerMethodField()

    def get_key(self, line: Any) -> str:
        """What the file called the designation, while nobody knows which it is."""
        return line.designation_key if line.designation_id is None else ""

    def get_amount(self, line: Any) -> str:
        """In the gift's currency."""
        return Money(line.amount, self.context["gift"].currency).decimal_string()

    @extend_schema_field(MoneySerializer(allow_null=True))
    def get_tendered(self, line: Any) -> dict[str, str] | None:
        """What the giver gave for this line, where that was another currency."""
        if line.tendered_amount is None or line.tendered_currency in ("", self.context["gift"].currency):
            return None
        return money(Money(line.tendered_amount, line.tendered_currency))

    def get_intent(self, line: Any) -> str:
        """Word for word."""
        return "" if line.gift_id in self.context["facts"].kept else line.intent


class SoftCreditSerializer(serializers.Serializer[Any]):
    """Who is thanked for the gift of another and gets no receipt for it."""

    partner = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()


class CorrectionSerializer(serializers.Serializer[Any]):
    """Why a gift was withdrawn, and the gift that stands in its place, null for none."""

    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()
    replacement = serializers.IntegerField(allow_null=True)


class WaitingSerializer(serializers.Serializer[Any]):
    """A line that waits for a person: `id` is the number of its review."""

    id = serializers.IntegerField()
    line = serializers.IntegerField()
    reason = serializers.CharField()


class GiftSerializer(serializers.Serializer[Any]):
    """A gift with the lines that the caller may see; `amount` is their sum, and `whole` says that there are no others.

    `giver` is called as the caller may know it; `partner` and `giving_unit` are null where the field must not learn who
    gave. `date` decides the year of statements, `posted_on` the month of the ledger. `number` is the gift's number in
    its `source`, `reference` that of the check or transaction. `batch` and `reviews` are for who records gifts,
    `posting` and `deposit` for who sees the ledger, `import` for who brings files in. A refund `reverses` its gift,
    which is then `reversed_by` it; what stands in the place of a withdrawn gift `replaces` it.
    """

    id = serializers.IntegerField(source="pk")
    date = DayField()
    posted_on = DayField(source="posting.date")
    kind = serializers.CharField()
    method = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    number = serializers.SerializerMethodField()
    reference = serializers.SerializerMethodField()
    giver = serializers.CharField(source="shown_giver")
    partner = serializers.SerializerMethodField()
    giving_unit = serializers.SerializerMethodField()
    anonymous = serializers.BooleanField()
    soft_credit = serializers.SerializerMethodField()
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()
    whole = serializers.SerializerMethodField()
    tendered = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    in_return = serializers.SerializerMethodField()
    fair_market_value = serializers.SerializerMethodField()
    intangible = serializers.BooleanField()
    deposit = serializers.SerializerMethodField()
    posting = serializers.SerializerMethodField()
    batch = serializers.SerializerMethodField()
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.SerializerMethodField()
    withdrawn = serializers.SerializerMethodField()
    waiting = serializers.BooleanField(source="is_waiting")
    reverses = serializers.SerializerMethodField()
    reversed_by = serializers.SerializerMethodField()
    replaces = serializers.SerializerMethodField()
    correction = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()

    @property
    def facts(self) -> GiftFacts:
        """What is known beside the rows."""
        found: GiftFacts = self.context["facts"]
        return found

    def get_fields(self) -> dict[str, Any]:
        """`import` is a word of the language, so it is named here."""
        return {**super().get_fields(), "import": serializers.SerializerMethodField("get_run")}

    def get_run(self, gift: Any) -> int | None:
        """The import that brought it."""
        return gift.import_id if self.facts.seat.can("imports.run") else None

    def get_number(self, gift: Any) -> str:
        """The number in the source."""
        return self.facts.number_of(gift)

    def get_reference(self, gift: Any) -> str:
        """The number of the check or transaction."""
        return "" if self.facts.is_hidden(gift) else gift.reference

    def get_partner(self, gift: Any) -> int | None:
        """The partner who gave; null too while nobody knows who did."""
        return None if self.facts.is_hidden(gift) else gift.partner_id

    def get_giving_unit(self, gift: Any) -> int | None:
        """Whom the receipt addresses."""
        return None if self.facts.is_hidden(gift) else gift.giving_unit_id

    @extend_schema_field(SoftCreditSerializer(allow_null=True))
    def get_soft_credit(self, gift: Any) -> dict[str, Any] | None:
        """Who is thanked instead."""
        partner = self.facts.thanked(gift)
        return {"partner": partner.pk, "name": partner.name, "kind": gift.soft_kind} if partner else None

    def get_amount(self, gift: Any) -> str:
        """What the lines sum to."""
        return amount_of(gift).decimal_string()

    def get_whole(self, gift: Any) -> bool:
        """Whether these are all lines."""
        return bool(amount_of(gift).minor == gift.amount)

    @extend_schema_field(MoneySerializer(allow_null=True))
    def get_tendered(self, gift: Any) -> dict[str, str] | None:
        """What the giver gave, where that is not what was booked."""
        tendered = Money(gift.tendered_amount, gift.tendered_currency)
        differs = tendered != Money(gift.amount, gift.currency)
        return money(tendered) if differs and self.get_whole(gift) else None

    def get_description(self, gift: Any) -> str:
        """What was given in kind; of a refund, why."""
        return "" if gift.pk in self.facts.kept else gift.description

    def get_in_return(self, gift: Any) -> str:
        """What the giver got for it, in words."""
        return "" if gift.pk in self.facts.kept else gift.got_in_return

    def get_fair_market_value(self, gift: Any) -> str | None:
        """Of goods or services that the giver got, in the gift's currency."""
        value = gift.fair_market_value
        return None if value is None or not self.get_whole(gift) else Money(value, gift.currency).decimal_string()

    def get_deposit(self, gift: Any) -> int | None:
        """The account on which it was deposited."""
        return self.facts.deposits.get(gift.posting_id)

    def get_posting(self, gift: Any) -> int | None:
        """Its posting in the ledger."""
        return gift.posting_id if self.facts.seat.can("ledger.view") else None

    def get_batch(self, gift: Any) -> int | None:
        """The batch that it was keyed in."""
        return gift.batch_id if self.facts.seat.can("gifts.record") else None

    def get_recorded_by(self, gift: Any) -> str:
        """Who recorded it, as the caller may know the person."""
        return self.facts.seat.name_of(gift.recorded_by)

    def get_withdrawn(self, gift: Any) -> bool:
        """Whether it counts no more."""
        return gift.withdrawn_at is not None

    def get_reverses(self, gift: Any) -> int | None:
        """The gift that this one takes back."""
        return gift.reverses_id if gift.reverses_id in self.facts.seen else None

    def get_reversed_by(self, gift: Any) -> list[int]:
        """What was taken back of it."""
        return self.facts.refunds.get(gift.pk, [])

    def get_replaces(self, gift: Any) -> int | None:
        """The gift in whose place it stands."""
        found = self.facts.replaces.get(gift.pk)
        return found if found in self.facts.seen else None

    @extend_schema_field(CorrectionSerializer(allow_null=True))
    def get_correction(self, gift: Any) -> dict[str, Any] | None:
        """Why it was withdrawn."""
        made = self.facts.corrections.get(gift.pk)
        if made is None:
            return None
        seen = made.replacement_id if made.replacement_id in self.facts.seen else None
        told = {"reason": self.facts.reasons[gift.pk], "by": self.facts.seat.name_of(made.by), "at": made.at}
        return dict(CorrectionSerializer({**told, "replacement": seen}).data)

    @extend_schema_field(WaitingSerializer(many=True))
    def get_reviews(self, gift: Any) -> list[dict[str, Any]]:
        """What of it waits for a person."""
        waiting = self.facts.reviews.get(gift.pk, [])
        return [{"id": each.pk, "line": each.line_id, "reason": each.reason} for each in waiting]

    @extend_schema_field(GiftLineSerializer(many=True))
    def get_lines(self, gift: Any) -> Any:
        """The lines that the caller may see."""
        return GiftLineSerializer(gift.shown_lines, many=True, context={"gift": gift, "facts": self.facts}).data
