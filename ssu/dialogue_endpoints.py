"""The API of conversations with leaders: the same operations, rights and masking as the pages."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.seats import Seat
from ssu import operations
from ssu.models import Conversation, Unit, Worker
from ssu.operations.dialogue import NotListed


class ConversationSerializer(serializers.Serializer[Any]):
    """What was talked over with a leader, the leader called as the caller may know the person. `replaces`: the version
    that this one corrects; `stands`: neither corrected since nor withdrawn.
    """

    id = serializers.IntegerField()
    unit = serializers.IntegerField(source="unit_id")
    leader = serializers.IntegerField(source="worker_id")
    leader_name = serializers.CharField(source="person_name")
    date = serializers.DateField()
    points = serializers.SerializerMethodField()
    other_points = serializers.CharField()
    outcome = serializers.CharField()
    agreed = serializers.ChoiceField(choices=Conversation.Agreed.choices)
    next_on = serializers.DateField(allow_null=True)
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)
    stands = serializers.SerializerMethodField()
    withdrawn_reason = serializers.CharField()

    def get_points(self, talk: Any) -> list[str]:
        """The points ticked, in order."""
        return [point.title for point in sorted(talk.points.all(), key=lambda point: point.position)]

    def get_stands(self, talk: Any) -> bool:
        """Whether it counts."""
        return talk.withdrawn_at is None and talk.pk not in self.context["corrected"]


class ConversationWritten(serializers.Serializer[Any]):
    """A conversation to write down. `leader` is the id of a person on the list of the unit; `points` are titles of the
    agency's list.
    """

    leader = serializers.IntegerField()
    date = serializers.DateField()
    points = serializers.ListField(child=serializers.CharField(max_length=160), required=False, default=list)
    other_points = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    outcome = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    agreed = serializers.ChoiceField(choices=Conversation.Agreed.choices)
    next_on = serializers.DateField(required=False, allow_null=True, default=None)


def seat_of(request: Request) -> Seat:
    seat: Seat = request.seat  # type: ignore[attr-defined]
    return seat


def open_unit(seat: Seat, pk: int, right: str) -> Any:
    """A unit whose texts the caller may read; 404 for one that is not seen or is closed to the caller, 403 where the
    right does not reach.
    """
    unit: Any = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
    reachable(seat, right, unit.pk)
    if unit.is_withheld:
        raise Http404
    return unit


def talks_seen(seat: Seat, pk: int) -> Any:
    return Conversation.objects.seen_by(seat).filter(unit=pk).prefetch_related("points").newest_first()


def shown_talks(talks: list[Any]) -> list[dict[str, Any]]:
    """Conversations as the API says them. One query more, whatever their number."""
    corrected = set(Conversation.objects.filter(replaces__in=talks).values_list("replaces_id", flat=True))
    return [dict(each) for each in ConversationSerializer(talks, many=True, context={"corrected": corrected}).data]


class Conversations(APIView):
    """The conversations of a unit, the newest first; and writing one down."""

    right = {"GET": "dialogue.view", "POST": "dialogue.record"}

    @extend_schema(operation_id="unit_conversations", responses=ConversationSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        unit = open_unit(seat, pk, "dialogue.view")
        pages = LimitOffsetPagination()
        pages.default_limit, pages.max_limit = 100, 500
        page: list[Any] | None = pages.paginate_queryset(talks_seen(seat, unit.pk), request, view=self)
        return pages.get_paginated_response(shown_talks(page or []))

    @extend_schema(
        operation_id="write_conversation", request=ConversationWritten, responses={201: ConversationSerializer}
    )
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        unit = open_unit(seat, pk, "dialogue.record")
        given = ConversationWritten(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        worker = Worker.objects.filter(pk=said.pop("leader")).first()
        if worker is None:
            raise NotListed
        made = operations.write_conversation(
            agency=seat.agency, actor=seat.membership.user, unit=unit, worker=worker, **said
        )
        return Response(shown_talks([talks_seen(seat, pk).get(pk=made.pk)])[0], status=201)


class OneConversation(APIView):
    """One conversation."""

    right = "dialogue.view"

    @extend_schema(operation_id="unit_conversation", responses=ConversationSerializer)
    def get(self, request: Request, agency: str, pk: int, conversation: int) -> Response:
        seat = seat_of(request)
        open_unit(seat, pk, "dialogue.view")
        return Response(shown_talks([get_object_or_404(talks_seen(seat, pk), pk=conversation)])[0])


urlpatterns = [
    path("units/<int:pk>/conversations/", Conversations.as_view(), name="api_conversations"),
    path("units/<int:pk>/conversations/<int:conversation>/", OneConversation.as_view(), name="api_conversation"),
]
