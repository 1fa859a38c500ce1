"""What becomes of a version of core messages or guidelines, for other programs: submit, send back, drop, remind, who
has read it, and copies signed on paper.
"""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, once_by, reads, seat_at, writes
from communications import operations
from communications.beginning import acting
from communications.kinds import CORE_MESSAGES, GUIDELINES, Kind
from communications.operations.asking import NotAReader
from communications.queries.reading import Reader, readers_of
from communications.words_api import CoreMessageSerializer, GuidelinesSerializer, full
from communications.words_drafts_api import open_row
from core.api import DayField
from ssu.models import Worker


class ReaderSerializer(serializers.Serializer[Any]):
    """Somebody who is to read a version, called as the caller may know the person. `signs_in`: the person acknowledges
    by themselves; `read_at` is null while they have not; `signed_on` is the day on a copy signed on paper.
    """

    person = serializers.IntegerField()
    name = serializers.CharField()
    signs_in = serializers.BooleanField()
    read_at = serializers.DateTimeField(allow_null=True)
    signed_on = DayField(allow_null=True)


class RemindedSerializer(serializers.Serializer[Any]):
    """How many were asked again; nobody is asked twice within a day."""

    asked = serializers.IntegerField()


class SignatureWritten(serializers.Serializer[Any]):
    """Who has signed a copy on paper, and when."""

    person = serializers.IntegerField()
    signed_on = DayField()


def reader_data(reader: Reader) -> dict[str, Any]:
    """A reader as programs are told."""
    done = reader.done
    when = {"read_at": done.at if done else None, "signed_on": done.signed_on if done else None}
    return {"person": reader.worker_id, "name": reader.name, "signs_in": reader.user_id is not None, **when}


class WordsView(APIView):
    """An act on a version whose words the caller may read."""

    kind: Kind
    right: str

    def row(self, request: Request, pk: int) -> Any:
        """The version, or 404."""
        return open_row(request, self.kind, pk, self.right)


class Submit(WordsView):
    """Ask for somebody else's agreement; the words stand from now on. 409 `words_not_a_draft`, 422 `words_empty`."""

    def post(self, request: Request, agency: str, pk: int) -> Response:
        row, act = self.row(request, pk), acting(seat_at(request))
        if self.kind == CORE_MESSAGES:
            once_by(request, lambda: operations.submit_core_message(**act, message=row))
        else:
            once_by(request, lambda: operations.submit_guidelines(**act, guidelines=row))
        return full(request, self.kind, pk)


class SendBack(WordsView):
    """Make a submitted version a draft again, with what to change; its author needs no reason. 409
    `words_not_submitted`, `words_agreed`, 422 `return_reason`.
    """

    def post(self, request: Request, agency: str, pk: int) -> Response:
        row = self.row(request, pk)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.send_back(**by(request), words=row, **said))
        return full(request, self.kind, pk)


class Drop(WordsView):
    """Throw a draft away that nobody agreed to: 409 `words_not_a_draft`."""

    def delete(self, request: Request, agency: str, pk: int) -> Response:
        operations.drop(**by(request), words=self.row(request, pk))
        return Response(status=204)


class Remind(WordsView):
    """Ask those again who have not acknowledged: 409 `words_not_counting`."""

    def post(self, request: Request, agency: str, pk: int) -> Response:
        row = self.row(request, pk)
        asked = once_by(request, lambda: operations.remind(**by(request), words=row))
        return Response(RemindedSerializer({"asked": asked}).data)


class Readers(WordsView):
    """Who is to read a version, those who are still to do so first."""

    def get(self, request: Request, agency: str, pk: int) -> Response:
        found = readers_of(seat_at(request), self.kind, self.row(request, pk))
        return Response(ReaderSerializer([reader_data(each) for each in found], many=True).data)


@extend_schema_view(post=writes("submit_core_message", answers=CoreMessageSerializer))
class SubmitCoreMessages(Submit):
    """Submit core messages."""

    kind, right = CORE_MESSAGES, "letters.write"


@extend_schema_view(post=writes("submit_guidelines", answers=GuidelinesSerializer))
class SubmitGuidelines(Submit):
    """Submit guidelines."""

    kind, right = GUIDELINES, "guidelines.write"


@extend_schema_view(post=writes("send_back_core_message", takes=ReasonSerializer, answers=CoreMessageSerializer))
class SendCoreMessagesBack(SendBack):
    """Send core messages back."""

    kind, right = CORE_MESSAGES, "letters.write"


@extend_schema_view(post=writes("send_back_guidelines", takes=ReasonSerializer, answers=GuidelinesSerializer))
class SendGuidelinesBack(SendBack):
    """Send guidelines back."""

    kind, right = GUIDELINES, "guidelines.write"


@extend_schema_view(delete=writes("drop_core_message", status=204, keyed=False))
class DropCoreMessages(Drop):
    """Drop a draft of core messages."""

    kind, right = CORE_MESSAGES, "letters.write"


@extend_schema_view(delete=writes("drop_guidelines", status=204, keyed=False))
class DropGuidelines(Drop):
    """Drop a draft of guidelines."""

    kind, right = GUIDELINES, "guidelines.write"


@extend_schema_view(post=writes("remind_of_core_message", answers=RemindedSerializer))
class RemindOfCoreMessages(Remind):
    """Remind of core messages."""

    kind, right = CORE_MESSAGES, "letters.write"


@extend_schema_view(post=writes("remind_of_guidelines", answers=RemindedSerializer))
class RemindOfGuidelines(Remind):
    """Remind of guidelines."""

    kind, right = GUIDELINES, "guidelines.write"


@extend_schema_view(get=reads("core_message_readers", ReaderSerializer(many=True)))
class CoreMessageReaders(Readers):
    """Who has read core messages."""

    kind, right = CORE_MESSAGES, "messages.view"


@extend_schema_view(get=reads("guidelines_readers", ReaderSerializer(many=True)))
class GuidelinesReaders(Readers):
    """Who has read guidelines."""

    kind, right = GUIDELINES, "guidelines.view"


class KeepSignature(WordsView):
    """Write down that somebody without a sign-in has signed a copy on paper: 409 `has_sign_in`, `not_a_reader`,
    `words_not_counting`, 422 `signed_in_future`.
    """

    def post(self, request: Request, agency: str, pk: int) -> Response:
        row = self.row(request, pk)
        said = given(SignatureWritten, request)
        worker = Worker.objects.filter(pk=said["person"]).first()
        if worker is None:
            raise NotAReader
        on = said["signed_on"]
        once_by(request, lambda: operations.keep_signature(**by(request), words=row, worker=worker, signed_on=on))
        found = readers_of(seat_at(request), self.kind, row)
        return Response(ReaderSerializer([reader_data(each) for each in found], many=True).data, status=201)


SIGNED: dict[str, Any] = {"takes": SignatureWritten, "answers": ReaderSerializer(many=True), "status": 201}


@extend_schema_view(post=writes("keep_core_message_signature", **SIGNED))
class KeepCoreMessagesSignature(KeepSignature):
    """A signature under core messages."""

    kind, right = CORE_MESSAGES, "letters.write"


@extend_schema_view(post=writes("keep_signature", **SIGNED))
class KeepGuidelinesSignature(KeepSignature):
    """A signature under guidelines."""

    kind, right = GUIDELINES, "guidelines.write"


MESSAGES, RULES = "core-messages/<int:pk>/", "guidelines/<int:pk>/"

urlpatterns = [
    path(f"{MESSAGES}submit/", SubmitCoreMessages.as_view(), name="api_core_message_submit"),
    path(f"{MESSAGES}return/", SendCoreMessagesBack.as_view(), name="api_core_message_return"),
    path(f"{MESSAGES}draft/", DropCoreMessages.as_view(), name="api_core_message_drop"),
    path(f"{MESSAGES}remind/", RemindOfCoreMessages.as_view(), name="api_core_message_remind"),
    path(f"{MESSAGES}readers/", CoreMessageReaders.as_view(), name="api_core_message_readers"),
    path(f"{MESSAGES}signature/", KeepCoreMessagesSignature.as_view(), name="api_core_message_signature"),
    path(f"{RULES}submit/", SubmitGuidelines.as_view(), name="api_guidelines_submit"),
    path(f"{RULES}return/", SendGuidelinesBack.as_view(), name="api_guidelines_return"),
    path(f"{RULES}draft/", DropGuidelines.as_view(), name="api_guidelines_drop"),
    path(f"{RULES}remind/", RemindOfGuidelines.as_view(), name="api_guidelines_remind"),
    path(f"{RULES}readers/", GuidelinesReaders.as_view(), name="api_guidelines_readers"),
    path(f"{RULES}signature/", KeepGuidelinesSignature.as_view(), name="api_guidelines_signature"),
]
