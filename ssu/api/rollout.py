"""The API of the roll-out: how far the six steps of a unit are, and declaring it complete."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, actor_of, by, given, once_by, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu.models import RollOut
from ssu.operations import declare_complete, take_declaration_back
from ssu.pages.rollout import waits_for
from ssu.queries.counts import StepCount, progress_of
from ssu.queries.people import names_in
from ssu.reached import need_may_take_back, open_unit, unit_seen


class StepSerializer(serializers.Serializer[Any]):
    """How far a step is; `late`: items past their day."""

    step = serializers.IntegerField()
    state = serializers.CharField()
    items = serializers.IntegerField(source="total")
    items_settled = serializers.IntegerField(source="settled")
    ready = serializers.IntegerField()
    late = serializers.IntegerField()


class WaitingStepSerializer(StepSerializer):
    """A step, and in a sentence what it waits for, "" for nothing."""

    waits_for = serializers.SerializerMethodField()

    def get_waits_for(self, count: StepCount) -> str:
        return waits_for(self.context["progress"], count)


class RollOutSerializer(serializers.Serializer[Any]):
    """The six steps of a unit, and the day on which its roll-out was declared complete, null before."""

    steps = WaitingStepSerializer(many=True)
    declared_on = DayField(allow_null=True)
    declared_by = serializers.CharField(allow_null=True)


class UnitRollOut(APIView):
    """How far a unit is, and declaring it complete: 409 `not_all_confirmed`, `already_declared`, `team_not_coached`."""

    right = {"GET": "rollout.view", "POST": "rollout.declare"}

    @reads("unit_rollout", RollOutSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return rollout(seat_at(request), unit_seen(seat_at(request), pk, "rollout.view").pk)

    @writes("declare_complete", answers=RollOutSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "rollout.declare")
        once_by(request, lambda: declare_complete(**by(request), unit=unit))
        return rollout(seat_at(request), pk, status=201)


class TakeDeclarationBack(APIView):
    """Take the declaration back: with a reason, or whoever declared just now without one; 403 for others. 409
    `not_declared`, 422 `take_back_reason`.
    """

    right = "rollout.declare"

    @writes("take_declaration_back", takes=ReasonSerializer, answers=RollOutSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        need_may_take_back(seat_at(request), actor_of(request), unit.pk)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: take_declaration_back(**by(request), unit=unit, **said))
        return rollout(seat_at(request), pk)


def rollout(seat: Seat, unit_id: int, status: int = 200) -> Response:
    """The steps and the declaration of a unit."""
    progress = progress_of([unit_id], seat.agency.today())[unit_id]
    declared = RollOut.objects.standing().filter(unit=unit_id).first()
    name = names_in(seat, unit_id, [declared.declared_by_id]).get(declared.declared_by_id) if declared else None
    told = {"steps": progress.steps, "declared_on": declared.declared_on if declared else None, "declared_by": name}
    return Response(RollOutSerializer(told, context={"progress": progress}).data, status=status)


urlpatterns = [
    path("units/<int:pk>/roll-out/", UnitRollOut.as_view(), name="api_rollout"),
    path("units/<int:pk>/roll-out/back/", TakeDeclarationBack.as_view(), name="api_rollout_take_back"),
]
