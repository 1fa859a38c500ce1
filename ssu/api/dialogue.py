"""The API of conversations with leaders: the same operations, rights and masking as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists, once_by, paged, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import operations
from ssu.models import Conversation, Worker
from ssu.operations.dialogue import NotListed
from ssu.reached import open_unit


class ConversationSerializer(serializers.Serializer[Any]):
    """What was talked over with a leader, the leader called as the caller may know the person. `replaces`: the version
    that this one corrects; `stands`: neither corrected since nor withdrawn.
    """

    id = serializers.IntegerField()
    unit = serializers.IntegerField(source="unit_id")
    leader = serializers.IntegerField(source="worker_id")
    leader_name = serializers.CharField(source="person_name")
    date = DayField()
    points = serializers.SerializerMethodField()
    other_points = serializers.CharField()
    outcome = serializers.CharField()
    agreed = serializers.ChoiceField(choices=Conversation.Agreed.choices)
    next_on = DayField(allow_null=True)
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)
    stands = serializers.SerializerMethodField()
    withdrawn_reason = serializers.CharField()

    def get_points(self, talk: Any) -> list[str]:
        """The points ticked, in order."""
        return [point.title for point in sorted(talk.points.all(), key=lambda point: point.position)]

    def get_stands(self, talk: Any) -> bool:
        """Whether it counts."""
        return talk.withdrawn_at is None and talk.pk not in self.context["corrected"]


class Said(serializers.Serializer[Any]):
    """What was talked over. `points` are titles of the agency's list."""

    date = DayField()
    points = serializers.ListField(child=serializers.CharField(max_length=160), required=False, default=list)
    other_points = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    outcome = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    agreed = serializers.ChoiceField(choices=Conversation.Agreed.choices)
    next_on = DayField(required=False, allow_null=True, default=None)


class ConversationWritten(Said):
    """A conversation to write down. `leader` is the id of a person on the list of the unit."""

    leader = serializers.IntegerField()


def talks_seen(seat: Seat, pk: int) -> Any:
    return Conversation.objects.seen_by(seat).filter(unit=pk).prefetch_related("points").newest_first()


def shown_talks(talks: list[Any]) -> list[dict[str, Any]]:
    """Conversations as the API says them. One query more, whatever their number."""
    corrected = set(Conversation.objects.filter(replaces__in=talks).values_list("replaces_id", flat=True))
    return [dict(each) for each in ConversationSerializer(talks, many=True, context={"corrected": corrected}).data]


class Conversations(APIView):
    """The conversations of a unit, the newest first; and writing one down."""

    right = {"GET": "dialogue.view", "POST": "dialogue.record"}
    called = {"worker": "leader"}

    @lists("unit_conversations", ConversationSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "dialogue.view")
        return paged(self, request, talks_seen(seat_at(request), unit.pk), shown_talks)

    @writes("write_conversation", takes=ConversationWritten, answers=ConversationSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "dialogue.record")
        said = given(ConversationWritten, request)
        worker = Worker.objects.filter(pk=said.pop("leader")).first()
        if worker is None:
            raise NotListed
        made = once_by(request, lambda: operations.write_conversation(**by(request), unit=unit, worker=worker, **said))
        return answer(request, pk, made, status=201)


class OneConversation(APIView):
    """One conversation."""

    right = "dialogue.view"

    @reads("unit_conversation", ConversationSerializer)
    def get(self, request: Request, agency: str, pk: int, conversation: int) -> Response:
        open_unit(seat_at(request), pk, self.right)
        return answer(request, pk, conversation)


class CorrectConversation(APIView):
    """Write a new version with the same leader; the old one stays readable. 409 `already_corrected`,
    `already_withdrawn`.
    """

    right = "dialogue.record"

    @writes("correct_conversation", takes=Said, answers=ConversationSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int, conversation: int) -> Response:
        found = talk_at(request, pk, conversation)
        said = given(Said, request)
        made = once_by(request, lambda: operations.correct_conversation(**by(request), conversation=found, **said))
        return answer(request, pk, made, status=201)


class WithdrawConversation(APIView):
    """Withdraw a conversation: 422 `reason_missing`, 409 `already_corrected`, `already_withdrawn`."""

    right = "dialogue.record"

    @writes("withdraw_conversation", takes=ReasonSerializer, answers=ConversationSerializer)
    def post(self, request: Request, agency: str, pk: int, conversation: int) -> Response:
        found = talk_at(request, pk, conversation)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.withdraw_conversation(**by(request), conversation=found, **said))
        return answer(request, pk, found.pk)


def talk_at(request: Request, pk: int, conversation: int) -> Conversation:
    """A conversation that the caller may change."""
    open_unit(seat_at(request), pk, "dialogue.record")
    found: Conversation = get_object_or_404(talks_seen(seat_at(request), pk), pk=conversation)
    return found


def answer(request: Request, pk: int, conversation: int | None, status: int = 200) -> Response:
    """A conversation as it stands."""
    found = get_object_or_404(talks_seen(seat_at(request), pk), pk=conversation)
    return Response(shown_talks([found])[0], status=status)


TALK = "units/<int:pk>/conversations/<int:conversation>/"

urlpatterns = [
    path("units/<int:pk>/conversations/", Conversations.as_view(), name="api_conversations"),
    path(TALK, OneConversation.as_view(), name="api_conversation"),
    path(f"{TALK}correct/", CorrectConversation.as_view(), name="api_conversation_correct"),
    path(f"{TALK}withdraw/", WithdrawConversation.as_view(), name="api_conversation_withdraw"),
]
