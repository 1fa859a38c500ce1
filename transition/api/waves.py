"""The API of waves."""

from typing import Any

from django.db.models import Count, Q
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists_by_cursor, once_by, reads, seat_at, writes
from core.api import DayField
from transition import operations
from transition.api.doors import NO_MESSAGE, ToldSerializer, messages_of, page_of, wave_for, withheld
from transition.models import Wave
from transition.reached import open_for, plan_seen, wave_seen


class WaveSerializer(serializers.Serializer[Any]):
    """Commitments whose givers are talked to in the same weeks: how many (`size`), and how many of them are of key
    donors (`keys`). The name is empty while the unit is closed to the caller.
    """

    id = serializers.IntegerField(source="pk")
    transition = serializers.IntegerField(source="plan_id")
    number = serializers.IntegerField()
    name = serializers.SerializerMethodField()
    reply_by = DayField()
    state = serializers.ChoiceField(choices=Wave.State.choices)
    opened_on = DayField(allow_null=True)
    closed_on = DayField(allow_null=True)
    size = serializers.IntegerField()
    keys = serializers.IntegerField()

    def get_name(self, each: Any) -> str:
        """What people call it."""
        return "" if self.context["withheld"] else str(each.name)


class NewWave(serializers.Serializer[Any]):
    """A name, and until when people may reply."""

    name = serializers.CharField(max_length=80)
    reply_by = DayField()


class OpenWave(serializers.Serializer[Any]):
    """When the talks begin; today where it is not said."""

    on = DayField(required=False, allow_null=True, default=None)


class NotedSerializer(serializers.Serializer[Any]):
    """For how many commitments it was noted."""

    noted = serializers.IntegerField()


def counted() -> Any:
    """Waves with their sizes."""
    keys = Count("shifts", filter=Q(shifts__is_key=True))
    return Wave.objects.annotate(size=Count("shifts"), keys=keys)


def wave_told(request: Request, pk: int | None, status: int = 200) -> Response:
    """One wave as the API says it."""
    found = counted().select_related("plan").get(pk=pk)
    context = {"withheld": withheld(seat_at(request), found.plan)}
    return Response(WaveSerializer(found, context=context).data, status=status)


class Waves(APIView):
    """The waves of a transition. And planning the next: 409 `transition_over`, `unit_archived`; 403 while the unit is
    closed to the caller.
    """

    right = {"GET": "transition.view", "POST": "transition.plan"}

    @lists_by_cursor("transition_waves", WaveSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk)
        context = {"withheld": withheld(seat, plan)}
        found = counted().filter(plan=plan)
        return page_of(self, request, found, lambda page: WaveSerializer(page, many=True, context=context).data)

    @writes("add_wave", takes=NewWave, answers=WaveSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk, "transition.plan")
        open_for(seat, plan.unit_id, "transition.plan")
        said = given(NewWave, request)
        return wave_told(request, once_by(request, lambda: operations.add_wave(**by(request), plan=plan, **said)), 201)


class OneWave(APIView):
    """How far it is. And another name, or more time to reply: 409 `wave_not_open` for a closed one, `wave_less_time`,
    `transition_over`.
    """

    right = {"GET": "transition.view", "PATCH": "transition.plan"}

    @reads("wave", WaveSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return wave_told(request, wave_seen(seat_at(request), pk).pk)

    @writes("change_wave", takes=NewWave, answers=WaveSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        wave = wave_for(seat_at(request), pk, "transition.plan")
        said = given(NewWave, request, partial=True)
        once_by(request, lambda: operations.change_wave(**by(request), wave=wave, **said))
        return wave_told(request, pk)


class Open(APIView):
    """Its givers are talked to from a day: 409 `wave_empty`, `wave_ended`, `wave_guarantee`, `wave_talker`,
    `wave_reply_by`, `wave_opens_ahead`, `wave_not_planned`, `transition_over`.
    """

    right = "transition.plan"

    @writes("open_wave", takes=OpenWave, answers=WaveSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        wave, said = wave_for(seat_at(request), pk, self.right), given(OpenWave, request)
        once_by(request, lambda: operations.open_wave(**by(request), wave=wave, **said))
        return wave_told(request, pk)


class Close(APIView):
    """All have answered: 409 `wave_unanswered`, `wave_not_open`, `transition_over`."""

    right = "transition.plan"

    @writes("close_wave", answers=WaveSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        wave = wave_for(seat_at(request), pk, self.right)
        once_by(request, lambda: operations.close_wave(**by(request), wave=wave))
        return wave_told(request, pk)


class Tell(APIView):
    """All who were not told yet, but for key donors, were told on a day: 409 `wave_nobody_left`, `shift_act_ahead`,
    `shift_act_order`, `wave_not_open`, `transition_over`.
    """

    right = "transition.talk"

    @writes("tell_wave", takes=ToldSerializer, answers=NotedSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        wave, said = wave_for(seat_at(request), pk, self.right), given(ToldSerializer, request)
        said["message"] = chosen(messages_of(wave.plan), said["message"], "message", NO_MESSAGE)
        told = once_by(request, lambda: len(operations.tell_all(**by(request), wave=wave, **said)))
        return Response({"noted": told})


class Silent(APIView):
    """All who were told and have not replied by the day of the wave are silent, but for key donors: 409
    `wave_nobody_left`, `shift_still_time`, `wave_not_open`, `transition_over`.
    """

    right = "transition.talk"

    @writes("silent_wave", answers=NotedSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        act = {**by(request), "wave": wave_for(seat, pk, self.right), "on": seat.agency.today()}
        return Response({"noted": once_by(request, lambda: len(operations.note_silences(**act)))})


urlpatterns = [
    path("transitions/<int:pk>/waves/", Waves.as_view(), name="api_transition_waves"),
    path("waves/<int:pk>/", OneWave.as_view(), name="api_wave"),
    path("waves/<int:pk>/open/", Open.as_view(), name="api_wave_open"),
    path("waves/<int:pk>/close/", Close.as_view(), name="api_wave_close"),
    path("waves/<int:pk>/tell/", Tell.as_view(), name="api_wave_tell"),
    path("waves/<int:pk>/silent/", Silent.as_view(), name="api_wave_silent"),
]
