"""The API of what rests on single people."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, reads, seat_at, writes
from handover import operations
from handover.api.cases import id_field
from handover.pages.risk import shown, sums_lost
from handover.queries.lists import leavers
from handover.queries.risk import risks
from handover.reached import unit_with


class RiskSerializer(serializers.Serializer[Any]):
    """Of a unit's support in one currency, in whole percent: what one person holds alone, what nobody holds, and on how
    few people half of it rests.
    """

    currency = serializers.CharField()
    single = serializers.IntegerField()
    unheld = serializers.IntegerField()
    bus_factor = serializers.IntegerField(allow_null=True)


class Foreseen(serializers.Serializer[Any]):
    """Whose leaving is thought through."""

    worker = id_field()


class LossSerializer(serializers.Serializer[Any]):
    """What would be left with nobody in a unit and currency: `alone` of the `held`, in exact decimals of a year."""

    unit = serializers.IntegerField()
    unit_name = serializers.CharField()
    currency = serializers.CharField()
    held = serializers.CharField()
    alone = serializers.CharField()
    partners = serializers.IntegerField()


class Risks(APIView):
    """A unit's support at risk; empty while the unit is closed to the caller."""

    right = "handover.risk"

    @reads("unit_risk", RiskSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = unit_with(seat, pk, self.right)
        found = [] if unit.is_withheld else risks(seat.agency, [pk])
        return Response(RiskSerializer([shown(each) for each in found], many=True).data)


class Foresee(APIView):
    """What would be left with nobody if one worker left. That it was asked is written down."""

    right = "handover.foresee"

    @writes("foresee_leaving", takes=Foreseen, answers=LossSerializer(many=True), keyed=False)
    def post(self, request: Request, agency: str) -> Response:
        seat, said = seat_at(request), given(Foreseen, request)
        worker = chosen(leavers(seat), said["worker"], "worker", "There is no such worker who holds partners.")
        found = sums_lost(seat, operations.foresee(**by(request), worker=worker))
        return Response(LossSerializer(found, many=True).data)


urlpatterns = [
    path("units/<int:pk>/risk/", Risks.as_view(), name="api_unit_risk"),
    path("hand-overs/foresee/", Foresee.as_view(), name="api_handover_foresee"),
]
