"""Correcting, refunding and thanking for programs: the operations, rights and refusals of the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, once_by, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from core.money import parse_amount
from funds.api.parts import KEY, key_of
from partners import operations
from partners.answers import one
from partners.api.batch import IdField
from partners.api.contacts import ContactSerializer, logged
from partners.api.gift_shapes import GiftSerializer
from partners.api.gifts import SAID, NewLineSerializer, TenderedSerializer, gift_answer, parts_of
from partners.forms.gifts import REPLACE, WITHDRAW
from partners.models import Channel, Contact, Gift, GivingUnit, Partner
from partners.reached import team_thanking, thanked_for


class CorrectGift(serializers.Serializer[Any]):
    """Why a gift is wrong, and what stands in its place: with `how` withdraw nothing, with replace a gift of these
    `lines`. What is not named beside them stays as it was, but for `tendered`; with another `currency` a
    `fair_market_value` that the gift has is said anew.
    """

    reason = serializers.CharField(max_length=250)
    how = serializers.ChoiceField(choices=[REPLACE, WITHDRAW])
    lines = serializers.ListField(child=NewLineSerializer(), max_length=50, required=False, default=list)
    currency = serializers.CharField(max_length=3, required=False)
    giving_unit = IdField(required=False, allow_null=True, default=None)
    date = DayField(required=False, allow_null=True, default=None)
    tendered = TenderedSerializer(required=False, allow_null=True, default=None)
    kind = serializers.CharField(max_length=12, required=False)
    method = serializers.CharField(max_length=20, required=False, allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, allow_blank=True)
    description = serializers.CharField(max_length=250, required=False, allow_blank=True)
    in_return = serializers.CharField(max_length=250, required=False, allow_blank=True)
    fair_market_value = serializers.CharField(max_length=30, required=False, allow_blank=True)
    intangible = serializers.BooleanField(required=False)
    soft_partner = IdField(required=False, allow_null=True)
    soft_kind = serializers.CharField(max_length=20, required=False, allow_blank=True)
    anonymous = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What replaces has lines."""
        if attrs["how"] == REPLACE and not attrs["lines"]:
            raise serializers.ValidationError({"lines": ["Say what stands in its place, or withdraw it."]})
        return attrs


class RefundGift(serializers.Serializer[Any]):
    """Money that goes back, as exact text in the currency of the gift, and why."""

    amount = serializers.CharField(max_length=30)
    on = DayField()
    kind = serializers.ChoiceField(choices=[Gift.Kind.REFUND.value, Gift.Kind.CHARGEBACK.value], default="refund")
    reason = serializers.CharField(max_length=250)


class ThankGiver(serializers.Serializer[Any]):
    """How thanks were said."""

    channel = serializers.ChoiceField(choices=Channel.choices)


def anew(seat: Seat, gift: Gift, said: dict[str, Any]) -> dict[str, Any]:
    """What stands in the place of a gift, as the operation takes it; nothing for a withdrawal."""
    if said["how"] == WITHDRAW:
        return {}
    currency, tendered = said.get("currency", gift.currency), said["tendered"]
    givers = GivingUnit.objects.all()
    fields = {name: said[name] for name in SAID if name in said}
    if "fair_market_value" in said:
        value = said["fair_market_value"]
        fields["fair_market_value"] = parse_amount(value, currency).minor if value else None
    if "soft_partner" in said:
        known = Partner.objects.seen_by(seat)
        fields["soft_partner"] = chosen(known, said["soft_partner"], "soft_partner", "There is no such partner.")
    return {
        "giving_unit": chosen(givers, said["giving_unit"], "giving_unit", "There is no such giver."),
        "on": said["date"],
        "parts": parts_of(seat, said["lines"], currency),
        "tendered": parse_amount(tendered["amount"], tendered["currency"]) if tendered else None,
        **fields,
    }


def gift_at(request: Request, pk: int) -> Gift:
    """A gift that the caller may see."""
    found: Gift = get_object_or_404(Gift.objects.seen_by(seat_at(request)).select_related("giving_unit"), pk=pk)
    return found


class CorrectView(APIView):
    """Reverse a gift whole and record it anew, or withdraw it: 409 `withdrawn_already`, `has_refunds`; 422
    `return_not_valued`. The answer is what stands in its place, else the gift itself.
    """

    right = "gifts.record"

    @extend_schema(operation_id="gift_correct", parameters=[KEY], request=CorrectGift, responses=GiftSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        gift = gift_at(request, pk)
        said = given(CorrectGift, request)
        made = operations.correct_gift(
            **by(request),
            gift=gift,
            reason=said["reason"],
            key=key_of(request),
            **anew(seat_at(request), gift, said),
        )
        return gift_answer(request, made.replacement_id or gift.pk, status.HTTP_201_CREATED)


class RefundView(APIView):
    """Give part or all of a gift back: 409 `more_than_given`, `refund_before_gift`, `withdrawn_already`. The answer is
    the refund.
    """

    right = "gifts.record"

    @extend_schema(operation_id="gift_refund", parameters=[KEY], request=RefundGift, responses=GiftSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        gift = gift_at(request, pk)
        said = given(RefundGift, request)
        said["amount"] = parse_amount(said["amount"], gift.currency)
        made = operations.refund_gift(**by(request), gift=gift, key=key_of(request), **said)
        return gift_answer(request, made.pk, status.HTTP_201_CREATED)


class ThankView(APIView):
    """Log that the giver of a gift was thanked today. The contact that is answered is taken back by withdrawing it;
    with the same key it is not logged again then: 409 `contact_withdrawn`.
    """

    right = "partners.care"

    @writes("gift_thank", takes=ThankGiver, answers=ContactSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        gift, partner = thanked_for(seat, pk)
        unit, said = team_thanking(seat, gift, partner), given(ThankGiver, request)
        thanks = {"outcome": Contact.Outcome.THANKED, "happened_on": seat.agency.today(), **said}
        made = once_by(request, lambda: operations.log_contact(**by(request), partner=partner, unit=unit, **thanks))
        return one(request, logged(seat, partner, made), ContactSerializer, 201)


urlpatterns = [
    path("gifts/<int:pk>/correct/", CorrectView.as_view(), name="api_gift_correct"),
    path("gifts/<int:pk>/refund/", RefundView.as_view(), name="api_gift_refund"),
    path("gifts/<int:pk>/thank/", ThankView.as_view(), name="api_gift_thank"),
]
