"""Gifts for programs: the lists, rights, masking and operations of the pages. Amounts are exact, as text."""

from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import (
    ByNumber,
    asked_ids,
    by,
    chosen,
    given,
    lists_by_cursor,
    reads,
    seat_at,
    wrong,
)
from agencies.seats import Seat
from core.api import DayField
from core.money import parse_amount
from funds.api.parts import KEY, key_of
from funds.models import Account, Designation
from partners.api.batch import IdField
from partners.api.gift_shapes import GiftSerializer
from partners.forms.lists import GiftFilter
from partners.models import Gift, GivingUnit, Partner
from partners.operations import Part, record_gift
from partners.pages.gift_facts import gift_facts
from partners.queries.gifts import ALL, Wanted, gifts_wanted, with_lines


class NewLineSerializer(serializers.Serializer[Any]):
    """One line: the id of a designation, an exact amount as text, the giver's words."""

    designation = IdField()
    amount = serializers.CharField(max_length=30)
    intent = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class TenderedSerializer(serializers.Serializer[Any]):
    """An exact amount as text, in a currency of its own."""

    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)


SAID = ("kind", "method", "reference", "description", "in_return", "intangible", "soft_kind", "anonymous")
"""What a program says of a gift as operations take it."""


class HeadOfGiftSerializer(serializers.Serializer[Any]):
    """What is said of a gift beside its lines, all of them in `currency`. `tendered` is what the giver gave, where that
    was another currency; `description` what was given in kind. `in_return` is what the giver got, always with its
    `fair_market_value`, an amount in `currency`; `intangible`, that all of it were intangible religious benefits.
    `soft_partner` is thanked for it without a receipt.
    """

    giving_unit = IdField()
    date = DayField()
    kind = serializers.CharField(max_length=12, required=False, default="gift")
    currency = serializers.CharField(max_length=3)
    lines = serializers.ListField(child=NewLineSerializer(), min_length=1, max_length=50)
    tendered = TenderedSerializer(required=False, allow_null=True, default=None)
    method = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    description = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    in_return = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    fair_market_value = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    intangible = serializers.BooleanField(required=False, default=False)
    soft_partner = IdField(required=False, allow_null=True, default=None)
    soft_kind = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    anonymous = serializers.BooleanField(required=False, default=False)


class NewGiftSerializer(HeadOfGiftSerializer):
    """A gift to record. `deposit` is the account on which it was deposited, null for the main one; `posted_on` the day
    of the deposit where it is not that of the gift.
    """

    deposit = IdField(required=False, allow_null=True, default=None)
    posted_on = DayField(required=False, allow_null=True, default=None)


def gifts_told(seat: Seat, gifts: list[Any]) -> Any:
    """Gifts as the seat may see them. Not more queries for more gifts."""
    return GiftSerializer(gifts, many=True, context={"facts": gift_facts(seat, gifts)}).data


def gift_answer(request: Request, pk: int, status: int = 200) -> Response:
    """One gift as it stands now."""
    seat = seat_at(request)
    seen = with_lines(seat, Wanted(state=ALL), Gift.objects.seen_by(seat).named_for(seat))
    found = get_object_or_404(seen.select_related("posting", "recorded_by"), pk=pk)
    return Response(gifts_told(seat, [found])[0], status=status)


class GiftsView(APIView):
    """The gifts that the caller may see, by the filters of the page; or those of some numbers (`id`, which may be
    repeated), withdrawn ones too unless `state` says otherwise; and recording one.
    """

    right = {"GET": "gifts.view", "POST": "gifts.record"}

    @lists_by_cursor("gifts", GiftSerializer, *GiftFilter.base_fields, "id")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        form, ids = GiftFilter(request.query_params, seat=seat), asked_ids(request)
        if not form.is_valid():
            raise wrong(form)
        pages, wanted = ByNumber(), form.wanted()
        if ids and "state" not in request.query_params:
            wanted = replace(wanted, state=ALL)
        gifts = gifts_wanted(seat, wanted)
        if ids:
            gifts = gifts.filter(pk__in=ids)
        note_reading(seat, "gifts", request.query_params, gifts)
        found = with_lines(seat, wanted, gifts).select_related("posting", "recorded_by")
        page = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(gifts_told(seat, page))

    @extend_schema(operation_id="gift_add", parameters=[KEY], request=NewGiftSerializer, responses=GiftSerializer)
    def post(self, request: Request, agency: str) -> Response:
        said = given(NewGiftSerializer, request)
        deposits = Account.objects.filter(kind=Account.Kind.DEPOSIT)
        banked = {
            "deposit": chosen(deposits, said["deposit"], "deposit", "There is no such account."),
            "posted_on": said["posted_on"],
        }
        made = record_gift(**by(request), key=key_of(request), **head_of(seat_at(request), said), **banked)
        return gift_answer(request, made.pk, status.HTTP_201_CREATED)


def head_of(seat: Seat, said: dict[str, Any]) -> dict[str, Any]:
    """A gift as operations take it. An id that is not here is refused like one that does not exist."""
    giver = chosen(GivingUnit.objects.all(), said["giving_unit"], "giving_unit", "There is no such giver.")
    soft = chosen(Partner.objects.seen_by(seat), said["soft_partner"], "soft_partner", "There is no such partner.")
    currency, tendered, value = said["currency"], said["tendered"], said["fair_market_value"]
    return {
        "giving_unit": giver,
        "on": said["date"],
        "parts": parts_of(seat, said["lines"], currency),
        "tendered": parse_amount(tendered["amount"], tendered["currency"]) if tendered else None,
        "fair_market_value": parse_amount(value, currency).minor if value else None,
        "soft_partner": soft,
        **{name: said[name] for name in SAID},
    }


def parts_of(seat: Seat, lines: list[dict[str, Any]], currency: str) -> list[Part]:
    """Lines as operations take them, each for a designation that the seat may see."""
    known = Designation.objects.seen_by(seat).in_bulk([line["designation"] for line in lines])
    if any(line["designation"] not in known for line in lines):
        raise serializers.ValidationError({"lines": ["There is no such designation."]})
    return [Part(known[line["designation"]], parse_amount(line["amount"], currency), line["intent"]) for line in lines]


class GiftView(APIView):
    """One gift, also a withdrawn one: lines, giver, numbers, batch, what takes it back and what stands in its place."""

    right = "gifts.view"

    @reads("gift", GiftSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return gift_answer(request, pk)


urlpatterns = [
    path("gifts/", GiftsView.as_view(), name="api_gifts"),
    path("gifts/<int:pk>/", GiftView.as_view(), name="api_gift"),
]
