"""Partners as programs read them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import DayField
from core.money import Money
from partners.api.giving_units import GivingUnitSerializer
from partners.api.holders import HolderSerializer, StageSerializer
from partners.models import Partner
from partners.models.contact import Reach
from partners.queries.figures import Figures


class MoneySerializer(serializers.Serializer[Any]):
    """An exact amount: {"amount": "1240.00", "currency": "USD"}."""

    amount = serializers.CharField(source="decimal_string")
    currency = serializers.CharField()


class WaySerializer(serializers.Serializer[Any]):
    """A way to reach the partner or the spouse. It holds while `not_valid_since` is null."""

    id = serializers.IntegerField(source="pk", read_only=True)
    whose = serializers.ChoiceField(choices=Reach.Whose.choices, default=Reach.Whose.PARTNER)
    added_at = serializers.DateTimeField(allow_null=True, read_only=True)
    not_valid_since = DayField(allow_null=True, read_only=True)


class EmailSerializer(WaySerializer):
    """An e-mail address."""

    email = serializers.EmailField(max_length=254)


class PhoneSerializer(WaySerializer):
    """A telephone number as it was given."""

    number = serializers.CharField(max_length=40)


class PostalSerializer(serializers.Serializer[Any]):
    """A postal address: `lines` is the street, one line per line."""

    lines = serializers.CharField(max_length=300)
    city = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    region = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    postal_code = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    country = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)


class AddressSerializer(PostalSerializer, WaySerializer):
    """A postal address of the partner."""


class NumberSerializer(serializers.Serializer[Any]):
    """The number by which another system, the `source`, knows the partner. What comes under it is of its giving unit,
    null for the partner's own.
    """

    id = serializers.IntegerField(source="pk", read_only=True)
    source = serializers.CharField(max_length=40)  # type: ignore[assignment]
    value = serializers.CharField(max_length=80)
    giving_unit = serializers.IntegerField(source="giving_unit_id", allow_null=True, read_only=True)


class PartnerTagSerializer(serializers.Serializer[Any]):
    """A tag of the partner."""

    id = serializers.IntegerField(source="tag_id")
    name = serializers.CharField(source="tag.name")


class NamesSerializer(serializers.Serializer[Any]):
    """What a record says of a partner. `greeting` is how a letter goes on after “Dear”, where that was decided."""

    title = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    first_name = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    middle_name = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    last_name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    suffix = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    spouse_title = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    spouse_first_name = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    spouse_last_name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    spouse_deceased = serializers.BooleanField(required=False, default=False)
    organization = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    roman_name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    greeting = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    church = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    language = serializers.CharField(max_length=12, required=False, default="", allow_blank=True)
    deceased_on = DayField(required=False, allow_null=True, default=None)
    death_day_known = serializers.BooleanField(required=False, default=True)


class ChangePartner(NamesSerializer):
    """What is changed of a partner: only what is named."""

    kind = serializers.ChoiceField(choices=Partner.Kind.choices)
    note = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class NewPartner(ChangePartner):
    """A partner to add, with the first ways to reach it and the number of another system."""

    email = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    address = PostalSerializer(required=False, allow_null=True, default=None)
    number = NumberSerializer(required=False, allow_null=True, default=None)


class AboutSerializer(NamesSerializer):
    """What is known of a partner beside the name. `salutation` is how a letter begins, without “Dear”; `note` is null
    where the caller may not read it; holders and stages are those of today.
    """

    salutation = serializers.CharField()
    note = serializers.CharField(source="shown_note", allow_null=True)
    emails = EmailSerializer(source="emails.all", many=True)
    phones = PhoneSerializer(source="phones.all", many=True)
    addresses = AddressSerializer(source="addresses.all", many=True)
    numbers = NumberSerializer(source="external_ids.all", many=True)
    tags = PartnerTagSerializer(source="taggings.all", many=True)
    giving_units = GivingUnitSerializer(source="giving_units.all", many=True)
    holders = HolderSerializer(source="held_by", many=True)
    stages = StageSerializer(source="stages_now", many=True)


class PartnerSerializer(serializers.Serializer[Any]):
    """A partner. `last_gift`, `this_year` and `commitments` are null where the caller may see no amounts, `about` where
    the caller may know the name only. `merged` are the records that were merged into this one, for who may merge.
    """

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=Partner.Kind.choices)
    name = serializers.CharField()
    last_gift = serializers.SerializerMethodField()
    this_year = serializers.SerializerMethodField()
    commitments = serializers.SerializerMethodField()
    merged = serializers.ListField(source="merged_ids", child=serializers.IntegerField())
    about = serializers.SerializerMethodField()

    def figures(self, partner: Any) -> Figures | None:
        """What the partner gave and promised, for who may see it."""
        if not self.context["amounts"]:
            return None
        found: Figures = self.context["figures"].get(partner.pk, Figures())
        return found

    def get_last_gift(self, partner: Any) -> str | None:
        """The day of the last gift."""
        figures = self.figures(partner)
        return figures.last_gift.isoformat() if figures and figures.last_gift else None

    def get_this_year(self, partner: Any) -> list[dict[str, str]] | None:
        """What was given this year, per currency."""
        figures = self.figures(partner)
        return figures and [money(amount) for amount in figures.this_year]  # type: ignore[return-value]

    def get_commitments(self, partner: Any) -> list[dict[str, str]] | None:
        """What is promised, and how often."""
        figures = self.figures(partner)
        return figures and [{**money(amount), "often": often} for amount, often in figures.promised]  # type: ignore[return-value]

    @extend_schema_field(AboutSerializer(allow_null=True))
    def get_about(self, partner: Any) -> Any:
        """What is known of the partner, for who may know it."""
        return AboutSerializer(partner).data if partner.is_known else None


def money(amount: Money) -> dict[str, str]:
    """An exact amount as it is told."""
    return dict(MoneySerializer(amount).data)
