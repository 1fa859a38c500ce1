"""The API of giving units: the same operation and rights as the page."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists_by_cursor, once_by, seat_at, writes
from partners import operations
from partners.answers import one, pages_of
from partners.models import GivingUnit, Partner
from partners.reached import cared_partner


class GivingUnitSerializer(serializers.Serializer[Any]):
    """Whom receipts address, and how often they are made."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    receipts = serializers.ChoiceField(choices=GivingUnit.Receipts.choices)


class ChangeGivingUnit(serializers.Serializer[Any]):
    """What receipts say from now."""

    name = serializers.CharField(max_length=200)
    receipts = serializers.ChoiceField(choices=GivingUnit.Receipts.choices)


class GivingUnits(APIView):
    """The giving units of a partner."""

    right = "partners.care"

    @lists_by_cursor("partner_giving_units", GivingUnitSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(self, request, GivingUnit.objects.filter(partner=partner), GivingUnitSerializer)


class OneGivingUnit(APIView):
    """Change whom receipts address, and how often."""

    right = "partners.edit"

    @writes("change_giving_unit", takes=ChangeGivingUnit, answers=GivingUnitSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seen = Partner.objects.seen_by(seat_at(request))
        found = get_object_or_404(GivingUnit.objects.filter(partner__in=seen), pk=pk)
        said = given(ChangeGivingUnit, request)
        once_by(request, lambda: operations.change_giving_unit(**by(request), giving_unit=found, **said))
        found.refresh_from_db()
        return one(request, found, GivingUnitSerializer)


urlpatterns = [
    path("partners/<int:pk>/giving-units/", GivingUnits.as_view(), name="api_giving_units"),
    path("partners/giving-units/<int:pk>/change/", OneGivingUnit.as_view(), name="api_giving_unit_change"),
]
