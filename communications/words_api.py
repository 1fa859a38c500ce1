"""Core messages and guidelines for other programs: the same operations, rights and masking as the pages."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.endpoints import NewestFirst, by, given, once_by, reads, seat_at, writes
from agencies.seen import SeenWritten
from communications import operations
from communications.kinds import CORE_MESSAGES, GUIDELINES, Kind
from communications.models import Guidelines
from communications.operations.core_messages import said_by
from communications.queries.reading import versions_seen


class WordsSerializer(serializers.Serializer[Any]):
    """A version in the list; the unit goes by the name under which the caller may know it."""

    id = serializers.IntegerField()
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField(help_text="draft, submitted, approved, superseded")
    written_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    superseded_at = serializers.DateTimeField(allow_null=True)


class SetMessageSerializer(serializers.Serializer[Any]):
    """A single message of a set."""

    headline = serializers.CharField()
    body = serializers.CharField()
    answers = serializers.CharField()


class WholeWordsSerializer(WordsSerializer):
    """A version in full. `revision` is the save of its draft, `return_reason` what to change before it is submitted
    again, null while the unit is closed to the caller.
    """

    revision = serializers.IntegerField()
    return_reason = serializers.SerializerMethodField()

    def get_return_reason(self, row: Any) -> str | None:
        return None if row.is_withheld else row.return_reason


class CoreMessageSerializer(WholeWordsSerializer):
    """A version with its words; null while the unit is closed to the caller."""

    text = serializers.SerializerMethodField()
    messages = serializers.SerializerMethodField()

    def get_text(self, row: Any) -> str | None:
        return None if row.is_withheld else row.text

    @extend_schema(responses=SetMessageSerializer(many=True))
    def get_messages(self, row: Any) -> list[dict[str, str]] | None:
        return None if row.is_withheld else said_by(row)["messages"]


class GuidelinesSerializer(WholeWordsSerializer):
    """A version with its sections, and how many have acknowledged it; null while the unit is closed to the caller."""

    sections = serializers.SerializerMethodField()
    acknowledged = serializers.SerializerMethodField()

    def get_sections(self, row: Any) -> dict[str, str] | None:
        return None if row.is_withheld else {name: getattr(row, name) for name in Guidelines.SECTIONS}

    def get_acknowledged(self, row: Any) -> int:
        return int(row.acknowledgements.count())


FULL: dict[str, type[WordsSerializer]] = {
    CORE_MESSAGES.key: CoreMessageSerializer,
    GUIDELINES.key: GuidelinesSerializer,
}


def row_at(request: Request, kind: Kind, pk: int, right: str = "") -> Any:
    """A version that the caller may see, or 404. With a further right, to act on it: 404 while its words are kept back,
    as on the pages, for nobody agrees to what they may not read, and 403 where the right does not reach its unit.
    """
    row = get_object_or_404(versions_seen(seat_at(request), kind).select_related("unit"), pk=pk)
    if right and row.is_withheld:
        raise Http404
    if right:
        reachable(seat_at(request), right, row.unit_id)
    return row


def full(request: Request, kind: Kind, pk: int) -> Response:
    """A version as it stands now."""
    return Response(FULL[kind.key](row_at(request, kind, pk)).data)


class CoreMessageList(generics.ListAPIView[Any]):
    """The versions of core messages that the caller may see, the newest first."""

    right = "messages.view"
    serializer_class = WordsSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> Any:
        return versions_seen(seat_at(self.request), CORE_MESSAGES)


class GuidelinesList(generics.ListAPIView[Any]):
    """The versions of guidelines that the caller may see, the newest first."""

    right = "guidelines.view"
    serializer_class = WordsSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> Any:
        return versions_seen(seat_at(self.request), GUIDELINES)


class OneCoreMessage(APIView):
    """One version of core messages, with its words."""

    right = "messages.view"

    @reads("core_message", CoreMessageSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return full(request, CORE_MESSAGES, pk)


class OneGuidelines(APIView):
    """One version of guidelines, with its sections."""

    right = "guidelines.view"

    @reads("guidelines", GuidelinesSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return full(request, GUIDELINES, pk)


class ApproveCoreMessage(APIView):
    """Agree to submitted core messages: 409 `own_words` for one's own."""

    right = "letters.write"

    @writes("approve_core_message", takes=SeenWritten, answers=CoreMessageSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return approve(request, CORE_MESSAGES, pk, self.right)


class ApproveGuidelines(APIView):
    """Agree to submitted guidelines: 409 `own_words` for one's own."""

    right = "guidelines.write"

    @writes("approve_guidelines", takes=SeenWritten, answers=GuidelinesSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return approve(request, GUIDELINES, pk, self.right)


class AcknowledgeCoreMessage(APIView):
    """Say that one has read core messages that count: 409 `words_not_counting` for others."""

    right = "words.acknowledge"

    @writes("acknowledge_core_message", answers=CoreMessageSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return acknowledge(request, CORE_MESSAGES, pk, self.right)


class AcknowledgeGuidelines(APIView):
    """Say that one has read guidelines that count: 409 `words_not_counting` for others."""

    right = "words.acknowledge"

    @writes("acknowledge_guidelines", answers=GuidelinesSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return acknowledge(request, GUIDELINES, pk, self.right)


def approve(request: Request, kind: Kind, pk: int, right: str) -> Response:
    """Agree to a version and answer with how it stands then."""
    row = row_at(request, kind, pk, right)
    said = given(SeenWritten, request)
    once_by(request, lambda: operations.approve(**by(request), words=row, **said))
    return full(request, kind, pk)


def acknowledge(request: Request, kind: Kind, pk: int, right: str) -> Response:
    """Acknowledge a version and answer with how it stands."""
    row = row_at(request, kind, pk, right)
    once_by(request, lambda: operations.acknowledge(**by(request), words=row))
    return full(request, kind, pk)


urlpatterns = [
    path("core-messages/", CoreMessageList.as_view(), name="api_core_messages"),
    path("core-messages/<int:pk>/", OneCoreMessage.as_view(), name="api_core_message"),
    path("core-messages/<int:pk>/approve/", ApproveCoreMessage.as_view(), name="api_core_message_approve"),
    path("core-messages/<int:pk>/acknowledge/", AcknowledgeCoreMessage.as_view(), name="api_core_message_acknowledge"),
    path("guidelines/", GuidelinesList.as_view(), name="api_guidelines"),
    path("guidelines/<int:pk>/", OneGuidelines.as_view(), name="api_one_guidelines"),
    path("guidelines/<int:pk>/approve/", ApproveGuidelines.as_view(), name="api_guidelines_approve"),
    path("guidelines/<int:pk>/acknowledge/", AcknowledgeGuidelines.as_view(), name="api_guidelines_acknowledge"),
]
