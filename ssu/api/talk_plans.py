"""The API of conversations that are planned with leaders."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists, once_by, paged, seat_at, writes
from core.api import DayField
from ssu import operations
from ssu.models import PlannedTalk, Worker
from ssu.operations.dialogue import NotListed
from ssu.reached import open_unit


class PlannedTalkSerializer(serializers.Serializer[Any]):
    """A conversation that is planned with a leader. `stands`: neither given up nor held since."""

    id = serializers.IntegerField()
    unit = serializers.IntegerField(source="unit_id")
    leader = serializers.IntegerField(source="worker_id")
    date = DayField()
    stands = serializers.SerializerMethodField()
    withdrawn_reason = serializers.CharField()

    def get_stands(self, plan: Any) -> bool:
        """Whether it is still to come about."""
        return plan.pk in self.context["standing"]


class TalkPlanned(serializers.Serializer[Any]):
    """A conversation to plan. `leader` is the id of a person on the list of the unit."""

    leader = serializers.IntegerField()
    date = DayField()


def shown(plans: list[Any]) -> list[dict[str, Any]]:
    """Plans as the API says them. One query more, whatever their number."""
    standing = set(
        PlannedTalk.objects.standing().filter(pk__in=[plan.pk for plan in plans]).values_list("pk", flat=True)
    )
    return [dict(each) for each in PlannedTalkSerializer(plans, many=True, context={"standing": standing}).data]


class PlannedTalks(APIView):
    """The plans of a unit, the newest first; and planning a conversation: 422 `not_listed`, `own_conversation`,
    `talk_planned_behind`.
    """

    right = {"GET": "dialogue.view", "POST": "dialogue.record"}
    called = {"worker": "leader"}

    @lists("unit_planned_talks", PlannedTalkSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "dialogue.view")
        return paged(self, request, PlannedTalk.objects.filter(unit=unit.pk).order_by("-pk"), shown)

    @writes("plan_talk", takes=TalkPlanned, answers=PlannedTalkSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "dialogue.record")
        said = given(TalkPlanned, request)
        worker = Worker.objects.filter(pk=said["leader"]).first()
        if worker is None:
            raise NotListed
        made = once_by(
            request, lambda: operations.plan_talk(**by(request), unit=unit, worker=worker, date=said["date"])
        )
        return answer(pk, made, status=201)


class GiveUpTalk(APIView):
    """Say why a planned conversation does not come about: 422 `reason_missing`, 409 `already_withdrawn`."""

    right = "dialogue.record"

    @writes("give_up_talk", takes=ReasonSerializer, answers=PlannedTalkSerializer)
    def post(self, request: Request, agency: str, pk: int, planned_talk: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        plan = get_object_or_404(PlannedTalk, unit=unit.pk, pk=planned_talk)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.give_up_talk(**by(request), plan=plan, **said))
        return answer(pk, plan.pk)


def answer(unit_id: int, plan_id: int | None, status: int = 200) -> Response:
    """A plan as it stands."""
    return Response(shown([get_object_or_404(PlannedTalk, unit=unit_id, pk=plan_id)])[0], status=status)


urlpatterns = [
    path("units/<int:pk>/planned-talks/", PlannedTalks.as_view(), name="api_planned_talks"),
    path(
        "units/<int:pk>/planned-talks/<int:planned_talk>/give-up/",
        GiveUpTalk.as_view(),
        name="api_planned_talk_give_up",
    ),
]
