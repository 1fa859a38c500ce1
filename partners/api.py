"""Partners and gifts for programs: the same lists, filters, rights and operations as the pages."""

from typing import Any

from django import forms
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import ByNumber, lists_by_cursor
from agencies.seats import Seat
from core.money import Money, parse_amount
from funds.models import Designation
from partners import (
    bank_matches_endpoints,
    batch_endpoints,
    batch_rows_endpoints,
    calls_endpoints,
    commitment_events_endpoints,
    commitments_endpoints,
    contacts_endpoints,
    duplicates_endpoints,
    follow_ups_endpoints,
    giving_reports_endpoints,
    giving_units_endpoints,
    go_live_endpoints,
    holders_endpoints,
    import_match_endpoints,
    list_file_endpoints,
    reconciliation_endpoints,
    relations_endpoints,
)
from partners.forms.lists import GiftFilter, PartnerFilter
from partners.models import Gift, GivingUnit
from partners.operations import Part, record_gift
from partners.pages.gift_list import amount_of
from partners.queries.figures import Figures, figures_of
from partners.queries.gifts import gifts_wanted, with_lines
from partners.queries.partners import partners_wanted

KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, required=True, description="Sending it twice does it once."
)


class MoneySerializer(serializers.Serializer[Any]):
    """An exact amount: {"amount": "1240.00", "currency": "USD"}."""

    amount = serializers.CharField(source="decimal_string")
    currency = serializers.CharField()


class PartnerSerializer(serializers.Serializer[Any]):
    """A partner. The last three are null where the caller may see no amounts."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    name = serializers.CharField()
    last_gift = serializers.SerializerMethodField()
    this_year = serializers.SerializerMethodField()
    commitments = serializers.SerializerMethodField()

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
        return figures and [dict(MoneySerializer(amount).data) for amount in figures.this_year]  # type: ignore[return-value]

    def get_commitments(self, partner: Any) -> list[dict[str, str]] | None:
        """What is promised, and how often."""
        figures = self.figures(partner)
        return figures and [{**MoneySerializer(amount).data, "often": often} for amount, often in figures.promised]  # type: ignore[return-value]


class LineSerializer(serializers.Serializer[Any]):
    """A line of a gift: the designation as the caller may call it, null in suspense."""

    designation = serializers.IntegerField(source="designation_id", allow_null=True)
    name = serializers.CharField(source="shown_name", allow_null=True)
    amount = serializers.SerializerMethodField()

    def get_amount(self, line: Any) -> str:
        """In the gift's currency."""
        return Money(line.amount, self.context["currency"]).decimal_string()


class GiftSerializer(serializers.Serializer[Any]):
    """A gift with the lines that the caller may see; `amount` is their sum, `giver` as the caller may know it."""

    id = serializers.IntegerField(source="pk")
    date = serializers.DateField()
    kind = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    giver = serializers.CharField(source="shown_giver")
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()
    withdrawn = serializers.SerializerMethodField()
    lines = serializers.SerializerMethodField()

    def get_amount(self, gift: Any) -> str:
        """What the lines sum to."""
        return amount_of(gift).decimal_string()

    def get_withdrawn(self, gift: Any) -> bool:
        """Whether it counts no more."""
        return gift.withdrawn_at is not None

    def get_lines(self, gift: Any) -> list[dict[str, Any]]:
        """The lines that the caller may see."""
        return list(LineSerializer(gift.shown_lines, many=True, context={"currency": gift.currency}).data)


class NewLineSerializer(serializers.Serializer[Any]):
    """One line: the id of a designation, an exact amount as text, the giver's words."""

    designation = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    amount = serializers.CharField(max_length=30)
    intent = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class TenderedSerializer(serializers.Serializer[Any]):
    """An exact amount as text, in a currency of its own."""

    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)


class NewGiftSerializer(serializers.Serializer[Any]):
    """A gift to record, all lines in `currency`. `tendered` is what the giver gave, where that was another currency."""

    giving_unit = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    date = serializers.DateField()
    kind = serializers.CharField(max_length=12, required=False, default="gift")
    currency = serializers.CharField(max_length=3)
    lines = serializers.ListField(child=NewLineSerializer(), min_length=1, max_length=50)
    tendered = TenderedSerializer(required=False, allow_null=True, default=None)
    method = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    anonymous = serializers.BooleanField(required=False, default=False)


def wrong(form: forms.Form) -> serializers.ValidationError:
    """What is wrong with a filter, by field."""
    return serializers.ValidationError({name: [str(words) for words in said] for name, said in form.errors.items()})


class PartnersView(APIView):
    """The partners that the caller may see, by the filters of the page."""

    right = "partners.view"

    @lists_by_cursor("partners", PartnerSerializer, *PartnerFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        form = PartnerFilter(request.query_params, seat=seat)
        if not form.is_valid():
            raise wrong(form)
        pages = ByNumber()
        found = partners_wanted(seat, form.wanted())
        note_reading(seat, "partners", request.query_params, found)
        page = pages.paginate_queryset(found, request, self) or []
        figures = figures_of(seat, [each.pk for each in page])
        context = {"figures": figures, "amounts": seat.can("partners.amounts")}
        return pages.get_paginated_response(PartnerSerializer(page, many=True, context=context).data)


class GiftsView(APIView):
    """The gifts that the caller may see, by the filters of the page; and recording one."""

    right = {"GET": "gifts.view", "POST": "gifts.record"}

    @lists_by_cursor("gifts", GiftSerializer, *GiftFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        form = GiftFilter(request.query_params, seat=seat)
        if not form.is_valid():
            raise wrong(form)
        pages, wanted = ByNumber(), form.wanted()
        gifts = gifts_wanted(seat, wanted)
        note_reading(seat, "gifts", request.query_params, gifts)
        found = with_lines(seat, wanted, gifts)
        page = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(GiftSerializer(page, many=True).data)

    @extend_schema(operation_id="gift_add", parameters=[KEY], request=NewGiftSerializer, responses=GiftSerializer)
    def post(self, request: Request, agency: str) -> Response:
        given = NewGiftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        gift = recorded(request, given.validated_data)
        seat: Seat = request.seat  # type: ignore[attr-defined]
        found = Gift.objects.seen_by(seat).named_for(seat).filter(pk=gift.pk)
        wanted = GiftFilter({}, seat=seat)
        wanted.full_clean()
        return Response(
            GiftSerializer(with_lines(seat, wanted.wanted(), found).get()).data, status=status.HTTP_201_CREATED
        )


def recorded(request: Request, given: dict[str, Any]) -> Gift:
    """The gift, recorded once per key. An id that is not here is refused like one that does not exist."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    giver = GivingUnit.objects.filter(pk=given["giving_unit"]).first()
    if giver is None:
        raise serializers.ValidationError({"giving_unit": ["There is no such giver."]})
    known = Designation.objects.seen_by(seat).in_bulk([line["designation"] for line in given["lines"]])
    tendered = given["tendered"]
    if any(line["designation"] not in known for line in given["lines"]):
        raise serializers.ValidationError({"lines": ["There is no such designation."]})
    return record_gift(
        agency=seat.agency,
        actor=seat.membership.user,
        giving_unit=giver,
        on=given["date"],
        parts=[
            Part(known[line["designation"]], parse_amount(line["amount"], given["currency"]), line["intent"])
            for line in given["lines"]
        ],
        key=request.headers.get("Idempotency-Key", ""),
        tendered=parse_amount(tendered["amount"], tendered["currency"]) if tendered else None,
        **{name: given[name] for name in ("kind", "method", "reference", "anonymous")},
    )


urlpatterns = [
    path("partners/", PartnersView.as_view(), name="api_partners"),
    path("gifts/", GiftsView.as_view(), name="api_gifts"),
    *bank_matches_endpoints.urlpatterns,
    *batch_endpoints.urlpatterns,
    *batch_rows_endpoints.urlpatterns,
    *commitment_events_endpoints.urlpatterns,
    *commitments_endpoints.urlpatterns,
    *calls_endpoints.urlpatterns,
    *contacts_endpoints.urlpatterns,
    *follow_ups_endpoints.urlpatterns,
    *holders_endpoints.urlpatterns,
    *relations_endpoints.urlpatterns,
    *duplicates_endpoints.urlpatterns,
    *giving_units_endpoints.urlpatterns,
    *go_live_endpoints.urlpatterns,
    *giving_reports_endpoints.urlpatterns,
    *list_file_endpoints.urlpatterns,
    *import_match_endpoints.urlpatterns,
    *reconciliation_endpoints.urlpatterns,
]
