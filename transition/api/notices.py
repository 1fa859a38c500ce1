"""The API of the letters of a wave."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.endpoints import by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from communications.letter_languages import LANGUAGES, MOST_BODY
from communications.models import Letter
from core.api import DayField
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.models import Job
from transition import operations
from transition.api.doors import NO_MESSAGE, id_field, messages_of, page_of, wave_for, withheld
from transition.api.waves import NotedSerializer
from transition.queries.notices import may_name_all, series_of
from transition.reached import wave_seen


class WaveLetterSerializer(serializers.Serializer[Any]):
    """A letter of a wave. `message` is the version of the unit's core messages whose words it says. Words are empty
    while the unit is closed to the caller, and for who reads no letters.
    """

    id = serializers.IntegerField(source="pk")
    language = serializers.CharField()
    state = serializers.ChoiceField(choices=Letter.State.choices)
    subject = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField()
    message = serializers.IntegerField(source="core_message_id", allow_null=True)

    def get_subject(self, each: Any) -> str:
        """Its subject, with merge fields."""
        return "" if self.context["withheld"] else str(each.subject)

    def get_body(self, each: Any) -> str:
        """Its words, with merge fields."""
        return "" if self.context["withheld"] else str(each.body)


class NewWaveLetter(serializers.Serializer[Any]):
    """The words of a letter in one language; `message` is a version of the unit's core messages that was agreed to."""

    language = serializers.ChoiceField(choices=LANGUAGES)
    subject = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=MOST_BODY)
    message = id_field(required=False, allow_null=True, default=None)


class Posted(serializers.Serializer[Any]):
    """The day on which the printed letters were posted."""

    on = DayField()


class Letters(APIView):
    """The letters of a wave. And a draft of one more, to be approved and sent like every letter; nobody gets two of a
    wave: 409 `wave_letter_there`, `shift_message`, `wave_not_open`, `transition_over`, `unknown_merge_field`,
    `word_blocked`.
    """

    right = {"GET": "transition.view", "POST": "transition.talk"}

    @lists_by_cursor("wave_letters", WaveLetterSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        wave = wave_seen(seat_at(request), pk)
        seat = seat_at(request)
        context = {"withheld": withheld(seat, wave.plan) or not seat.can("letters.view", wave.plan.unit_id)}
        found = Letter.objects.filter(series=series_of(wave))
        return page_of(self, request, found, lambda page: WaveLetterSerializer(page, many=True, context=context).data)

    @writes("write_wave_letter", takes=NewWaveLetter, answers=WaveLetterSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        wave, said = wave_for(seat, pk, "transition.talk"), given(NewWaveLetter, request)
        reachable(seat, "letters.write", wave.plan.unit_id)
        said["message"] = chosen(messages_of(wave.plan), said["message"], "message", NO_MESSAGE)
        unmasked = seat.unit_ids("units.unmask")
        made = once_by(request, lambda: operations.write_notice(**by(request), wave=wave, unmasked=unmasked, **said))
        told = WaveLetterSerializer(Letter.objects.get(pk=made), context={"withheld": False})
        return Response(told.data, status=201)


class Print(APIView):
    """A file with the letters of those whom no e-mail reaches; they get no e-mail of the wave any more. Only who may
    know every partner by name. 409 `wave_nothing_to_print`, `wave_not_open`, `transition_over`.
    """

    right = "transition.talk"

    @writes("print_wave", answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        wave = wave_for(seat_at(request), pk, self.right)
        if not may_name_all(seat_at(request)):
            raise PermissionDenied("partners.view")
        made = once_by(request, lambda: operations.print_notices(**by(request), wave=wave))
        return Response(shown_jobs(seat_at(request), [Job.objects.get(pk=made)])[0], status=202)


class Post(APIView):
    """The printed letters were posted on a day, and each record says so: 409 `wave_nothing_posted`, `shift_act_ahead`,
    `wave_posted_early`, `wave_not_open`, `transition_over`.
    """

    right = "transition.talk"

    @writes("post_wave", takes=Posted, answers=NotedSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        wave, said = wave_for(seat_at(request), pk, self.right), given(Posted, request)
        told = once_by(request, lambda: operations.note_posted(**by(request), wave=wave, **said))
        return Response({"noted": told})


urlpatterns = [
    path("waves/<int:pk>/letters/", Letters.as_view(), name="api_wave_letters"),
    path("waves/<int:pk>/print/", Print.as_view(), name="api_wave_print"),
    path("waves/<int:pk>/posted/", Post.as_view(), name="api_wave_posted"),
]
