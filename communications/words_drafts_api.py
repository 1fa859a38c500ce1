"""Beginning and writing core messages and guidelines for other programs: the same operations, rights and check of
wording as the pages; words of a unit that is closed to the caller are not found.
"""

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import given, once_by, reads, seat_at, writes
from communications import operations
from communications.beginning import acting, begun_guidelines, begun_message
from communications.forms.words import MOST_MESSAGES, MOST_WORDS
from communications.kinds import CORE_MESSAGES, GUIDELINES, Kind
from communications.models import Guidelines
from communications.operations import Said
from communications.sources import sources_for
from communications.words_api import CoreMessageSerializer, GuidelinesSerializer, full, row_at
from ssu.reached import open_unit


class SourceSerializer(serializers.Serializer[Any]):
    """What the next version may begin from."""

    key = serializers.CharField()
    title = serializers.CharField()


class BeginWritten(serializers.Serializer[Any]):
    """The key of one of the offered sources."""

    begin_from = serializers.CharField(max_length=20)


class MessageWritten(serializers.Serializer[Any]):
    """A single message of a set."""

    headline = serializers.CharField(max_length=160)
    body = serializers.CharField(max_length=MOST_WORDS, required=False, allow_blank=True, default="")
    answers = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class DraftWritten(serializers.Serializer[Any]):
    """`revision` is the save that the words rest on: 409 `edited_meanwhile` when somebody has saved since; without it
    they go over whatever stands.
    """

    revision = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)


class CoreMessageWritten(DraftWritten):
    """What every partner should hear, and the single messages in order."""

    text = serializers.CharField(max_length=MOST_WORDS, allow_blank=True)
    messages = serializers.ListField(child=MessageWritten(), max_length=MOST_MESSAGES)


class GuidelinesWritten(DraftWritten):
    """The sections of a unit's guidelines; those that are not named are empty."""

    def get_fields(self) -> dict[str, Any]:
        """One field per section of the model."""
        sections = {
            name: serializers.CharField(max_length=MOST_WORDS, required=False, allow_blank=True, default="")
            for name in Guidelines.SECTIONS
        }
        return {**super().get_fields(), **sections}


def open_row(request: Request, kind: Kind, pk: int, right: str) -> Any:
    """A version whose words the caller may read, else 404."""
    row = row_at(request, kind, pk, right)
    if row.is_withheld:
        raise Http404
    return row


def sources(request: Request, kind: Kind, pk: int, right: str) -> list[dict[str, str]]:
    """What may be chosen to begin a unit's next version from."""
    unit = open_unit(seat_at(request), pk, right)
    return [{"key": value, "title": str(title)} for value, title in sources_for(seat_at(request), kind, unit.pk)]


def begin(request: Request, kind: Kind, pk: int, make: Any) -> Response:
    """Begin the next version from one of the offered sources."""
    unit = open_unit(seat_at(request), pk, kind.write)
    source = given(BeginWritten, request)["begin_from"]
    if source not in {each["key"] for each in sources(request, kind, pk, kind.write)}:
        raise serializers.ValidationError({"begin_from": ["Choose one of the offered sources."]})
    made = once_by(request, lambda: make(seat_at(request), unit, source))
    answer = full(request, kind, made or 0)
    answer.status_code = 201
    return answer


class BeginCoreMessages(APIView):
    """What a unit's next core messages may begin from; and beginning them: 409 `words_draft_there`."""

    right = "letters.write"

    @reads("core_message_sources", SourceSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(sources(request, CORE_MESSAGES, pk, self.right))

    @writes("begin_core_message", takes=BeginWritten, answers=CoreMessageSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return begin(request, CORE_MESSAGES, pk, begun_message)


class BeginGuidelines(APIView):
    """What a unit's next guidelines may begin from; and beginning them: 409 `words_draft_there`."""

    right = "guidelines.write"

    @reads("guidelines_sources", SourceSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(sources(request, GUIDELINES, pk, self.right))

    @writes("begin_guidelines", takes=BeginWritten, answers=GuidelinesSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return begin(request, GUIDELINES, pk, begun_guidelines)


class WriteCoreMessages(APIView):
    """Save a draft of core messages, in whole: 409 `words_not_a_draft`, `edited_meanwhile`; a name that must not be
    told is refused.
    """

    right = "letters.write"

    @writes("write_core_message", takes=CoreMessageWritten, answers=CoreMessageSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        row = open_row(request, CORE_MESSAGES, pk, self.right)
        said = given(CoreMessageWritten, request)
        said["messages"] = [Said(**each) for each in said["messages"]]
        once_by(request, lambda: operations.save_core_message(**acting(seat_at(request)), message=row, **said))
        return full(request, CORE_MESSAGES, pk)


class WriteGuidelines(APIView):
    """Save a draft of guidelines, in whole: 409 `words_not_a_draft`, `edited_meanwhile`; a name that must not be told
    is refused.
    """

    right = "guidelines.write"

    @writes("write_guidelines", takes=GuidelinesWritten, answers=GuidelinesSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        row = open_row(request, GUIDELINES, pk, self.right)
        said = given(GuidelinesWritten, request)
        on = said.pop("revision")
        once_by(
            request,
            lambda: operations.save_guidelines(**acting(seat_at(request)), guidelines=row, words=said, revision=on),
        )
        return full(request, GUIDELINES, pk)


urlpatterns = [
    path("units/<int:pk>/core-messages/begin/", BeginCoreMessages.as_view(), name="api_core_message_begin"),
    path("units/<int:pk>/guidelines/begin/", BeginGuidelines.as_view(), name="api_guidelines_begin"),
    path("core-messages/<int:pk>/write/", WriteCoreMessages.as_view(), name="api_core_message_write"),
    path("guidelines/<int:pk>/write/", WriteGuidelines.as_view(), name="api_guidelines_write"),
]
