"""The API of the gate: what a public appeal for a unit waits for, and emergencies that pass it with two names."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, once_by, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import operations
from ssu.models import EmergencyAppeal, PublicPage, State
from ssu.queries.gate import emergencies_of, gate_of
from ssu.reached import open_unit, unit_seen


class EmergencyWritten(serializers.Serializer[Any]):
    """Why an appeal cannot wait, and its last day."""

    reason = serializers.CharField(max_length=2000)
    ends_on = DayField()


class PublicPageWritten(serializers.Serializer[Any]):
    """How to give, in words that everybody reads."""

    how_to_give = serializers.CharField(max_length=4000)


class BlockerSerializer(serializers.Serializer[Any]):
    """An item of the six steps that is not confirmed."""

    key = serializers.CharField()
    wording = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)


class EmergencySerializer(serializers.Serializer[Any]):
    """An emergency: approved first when it was asked for, second by another person, perhaps taken back."""

    id = serializers.IntegerField(source="pk")
    reason = serializers.CharField()
    ends_on = DayField()
    asked_at = serializers.DateTimeField()
    approved_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class GateSerializer(serializers.Serializer[Any]):
    """Whether an appeal may go out today. `emergencies` is empty while the unit is closed to the caller."""

    is_open = serializers.BooleanField()
    blockers = BlockerSerializer(many=True)
    emergencies = EmergencySerializer(many=True)
    has_public_page = serializers.BooleanField(help_text="opened, and closed by nobody since")


def answer(seat: Seat, pk: int, status: int = 200) -> Response:
    """The gate of a unit as it stands."""
    unit = unit_seen(seat, pk, "rollout.view")
    gate = gate_of(unit, seat.agency.today())
    told = [] if unit.is_withheld else emergencies_of(unit)
    is_public = PublicPage.objects.standing().filter(unit=unit.pk).exists()
    shown = {"is_open": gate.is_open, "blockers": gate.blockers, "emergencies": told, "has_public_page": is_public}
    return Response(GateSerializer(shown).data, status)


class UnitGate(APIView):
    """The gate of a unit; asking for an emergency: 409 `end_not_soon`, `no_emergency`, `emergency_asked`."""

    right = {"GET": "rollout.view", "POST": "appeals.approve"}

    @reads("unit_gate", GateSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return answer(seat_at(request), pk)

    @writes("ask_emergency", takes=EmergencyWritten, answers=GateSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "appeals.approve")
        said = given(EmergencyWritten, request)
        once_by(request, lambda: operations.ask_emergency(**by(request), unit=unit, **said))
        return answer(seat_at(request), pk, status=201)


class ApproveEmergency(APIView):
    """The second approval: 409 `own_emergency`, `spouse_acted`, `emergency_over`."""

    right = "appeals.approve"

    @writes("approve_emergency", answers=GateSerializer)
    def post(self, request: Request, agency: str, pk: int, emergency: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(EmergencyAppeal, unit=unit.pk, pk=emergency)
        once_by(request, lambda: operations.approve_emergency(**by(request), emergency=found))
        return answer(seat_at(request), pk)


class EndEmergency(APIView):
    """Taking one back: 409 `emergency_over`."""

    right = "appeals.approve"

    @writes("end_emergency", takes=ReasonSerializer, answers=GateSerializer)
    def post(self, request: Request, agency: str, pk: int, emergency: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(EmergencyAppeal, unit=unit.pk, pk=emergency)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.end_emergency(**by(request), emergency=found, **said))
        return answer(seat_at(request), pk)


class UnitPublicPage(APIView):
    """Opening the page that everybody may read: 409 `gate_shut`, `unit_not_public`, `page_open_already`; closing it:
    409 `page_not_open`.
    """

    right = "pages.open"

    @writes("open_public_page", takes=PublicPageWritten, answers=GateSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        said = given(PublicPageWritten, request)
        once_by(request, lambda: operations.open_public_page(**by(request), unit=unit, **said))
        return answer(seat_at(request), pk, status=201)

    @writes("close_public_page", answers=GateSerializer, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        operations.close_public_page(**by(request), unit=unit)
        return answer(seat_at(request), pk)


GATE = "units/<int:pk>/appeals/"

urlpatterns = [
    path(GATE, UnitGate.as_view(), name="api_unit_gate"),
    path(f"{GATE}<int:emergency>/approve/", ApproveEmergency.as_view(), name="api_emergency_approve"),
    path(f"{GATE}<int:emergency>/end/", EndEmergency.as_view(), name="api_emergency_end"),
    path("units/<int:pk>/public-page/", UnitPublicPage.as_view(), name="api_public_page"),
]
