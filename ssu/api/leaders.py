"""The API of the leaders with whom the model of a unit is talked over: who is on the list, and where each stands."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import operations
from ssu.api.team import PersonSerializer
from ssu.models import Conversation, DialogueLeader, Worker
from ssu.queries.dialogue import leaders_to_talk_with, people_to_add
from ssu.reached import open_unit


class LeaderSerializer(serializers.Serializer[Any]):
    """Somebody on the list. `added` is the number of the row that put the person there, null for who leads the unit
    today; the rest is of the last conversation that stands, null before the first.
    """

    person = serializers.IntegerField()
    name = serializers.CharField()
    added = serializers.IntegerField(allow_null=True)
    talked_on = DayField(allow_null=True)
    agreed = serializers.ChoiceField(choices=Conversation.Agreed.choices, allow_null=True)
    next_on = DayField(allow_null=True)


class LeaderWritten(serializers.Serializer[Any]):
    """The id of somebody who serves."""

    person = serializers.IntegerField()


def shown(seat: Seat, unit_id: int) -> list[dict[str, Any]]:
    """The list of a unit. Three queries, whatever their number."""
    last: dict[int, Any] = {}
    standing = Conversation.objects.seen_by(seat).standing().filter(unit=unit_id)
    for talk in standing.newest_first():
        last.setdefault(talk.worker_id, talk)
    return [
        {
            "person": leader.worker_id,
            "name": leader.name,
            "added": leader.added_id,
            "talked_on": talk.date if talk else None,
            "agreed": talk.agreed if talk else None,
            "next_on": talk.next_on if talk else None,
        }
        for leader in leaders_to_talk_with([unit_id], seat)[unit_id]
        for talk in [last.get(leader.worker_id)]
    ]


def answer(request: Request, unit_id: int, status: int = 200) -> Response:
    return Response(LeaderSerializer(shown(seat_at(request), unit_id), many=True).data, status=status)


class Leaders(APIView):
    """The leaders to talk with; and adding somebody to them: 409 `already_listed`."""

    right = {"GET": "dialogue.view", "POST": "dialogue.record"}
    called = {"worker": "person"}

    @lists("unit_leaders", LeaderSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        found = shown(seat_at(request), open_unit(seat_at(request), pk, "dialogue.view").pk)
        return paged(self, request, found, lambda page: LeaderSerializer(page, many=True).data)

    @writes("add_leader", takes=LeaderWritten, answers=LeaderSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "dialogue.record")
        worker = get_object_or_404(Worker, pk=given(LeaderWritten, request)["person"])
        once_by(request, lambda: operations.add_leader(**by(request), unit=unit, worker=worker))
        return answer(request, pk, status=201)


class PeopleToAdd(APIView):
    """Everybody who serves and is not on the list of the unit, by shown name."""

    right = "dialogue.record"

    @lists("people_to_talk_with", PersonSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = people_to_add(seat_at(request), unit)
        return paged(self, request, found, lambda page: PersonSerializer(page, many=True).data)


class RemoveLeader(APIView):
    """Take somebody off the list who was added to it. What was talked over stays."""

    right = "dialogue.record"

    @writes("remove_leader", answers=LeaderSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int, dialogue_leader: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(DialogueLeader.objects.select_related("worker"), unit=unit.pk, pk=dialogue_leader)
        once_by(request, lambda: operations.remove_leader(**by(request), leader=found))
        return answer(request, pk)


urlpatterns = [
    path("units/<int:pk>/leaders/", Leaders.as_view(), name="api_leaders"),
    path("units/<int:pk>/leaders/people/", PeopleToAdd.as_view(), name="api_leaders_people"),
    path("units/<int:pk>/leaders/<int:dialogue_leader>/remove/", RemoveLeader.as_view(), name="api_leader_remove"),
]
