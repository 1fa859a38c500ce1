"""The API of one's own coaching. What people say of their own confidence is told to themselves and to the coach of the
unit, and to nobody else.
"""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import operations
from ssu.coached import Standing
from ssu.models import CoachingArea, Confidence
from ssu.operations.coaching import NotYourWord
from ssu.operations.coaching_people import AreaNotHere
from ssu.queries.coaching import Coached, confidence_of, me_as_worker, units_i_coach, units_i_serve
from ssu.reached import open_unit


class KnownPlaceSerializer(serializers.Serializer[Any]):
    """Where a person stands in an area; `confidence` is the person's own last word, null while none was said."""

    person = serializers.IntegerField()
    person_name = serializers.CharField()
    area = serializers.IntegerField()
    title = serializers.CharField()
    standing = serializers.ChoiceField(choices=Standing.choices)
    on = DayField(allow_null=True)
    confidence = serializers.ChoiceField(choices=Confidence.Level.choices, allow_null=True)


class UnitPartSerializer(serializers.Serializer[Any]):
    """A unit in which the caller has a part, with the places that are theirs to see."""

    unit = serializers.IntegerField()
    unit_name = serializers.CharField()
    places = KnownPlaceSerializer(many=True)


class MyCoachingSerializer(serializers.Serializer[Any]):
    """`own`: the units in which the caller is coached, with their own places; `coached`: those that the caller coaches,
    with everybody's.
    """

    own = UnitPartSerializer(many=True)
    coached = UnitPartSerializer(many=True)


class LevelWritten(serializers.Serializer[Any]):
    """How sure one feels in an area."""

    area = serializers.IntegerField()
    confidence = serializers.ChoiceField(choices=Confidence.Level.choices)


class ConfidenceWritten(serializers.Serializer[Any]):
    """The caller's own word on areas of the unit; what is not named is not said."""

    levels = LevelWritten(many=True)


def places(seat: Seat, mine: list[Coached], only: int | None) -> list[dict[str, Any]]:
    """What is told of units: everybody's places, or one person's `only`. One query more, whatever their number."""
    said = confidence_of(seat, [each.unit.pk for each in mine])
    return [
        {
            "unit": each.unit.pk,
            "unit_name": each.unit.shown_name,
            "places": [
                {
                    "person": person.worker_id,
                    "person_name": person.name,
                    "area": area.pk,
                    "title": area.title,
                    "standing": (cell := each.coaching.cell(person.worker_id, area.pk)).standing,
                    "on": cell.on,
                    "confidence": said.get((each.unit.pk, person.worker_id, area.pk)),
                }
                for person in each.coaching.people
                if only in (None, person.worker_id)
                for area in each.coaching.areas
            ],
        }
        for each in mine
    ]


class MyCoaching(APIView):
    """One's own way, and who of one's units still needs coaching."""

    right = "coaching.mine"

    @reads("my_coaching", MyCoachingSerializer)
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        own = places(seat, units_i_serve(seat), me_as_worker(seat) or 0)
        return Response(MyCoachingSerializer({"own": own, "coached": places(seat, units_i_coach(seat), None)}).data)


class SayConfidence(APIView):
    """Say how sure one feels oneself in areas of a unit where one serves: 422 `not_your_word` elsewhere,
    `area_not_here`.
    """

    right = "coaching.mine"
    called = {"areas": "levels"}

    @writes("say_confidence", takes=ConfidenceWritten, answers=UnitPartSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = open_unit(seat, pk, self.right)
        said = {level["area"]: level["confidence"] for level in given(ConfidenceWritten, request)["levels"]}
        if all(each.unit.pk != unit.pk for each in units_i_serve(seat)):
            raise NotYourWord
        areas = CoachingArea.objects.in_bulk(said)
        if len(areas) < len(said):
            raise AreaNotHere
        levels = {areas[pk]: level for pk, level in said.items()}
        once_by(request, lambda: len(operations.say_confidence(**by(request), unit=unit, levels=levels)))
        mine = [each for each in units_i_serve(seat) if each.unit.pk == unit.pk]
        return Response(UnitPartSerializer(places(seat, mine, me_as_worker(seat) or 0)[0]).data)


urlpatterns = [
    path("coaching/mine/", MyCoaching.as_view(), name="api_my_coaching"),
    path("coaching/units/<int:pk>/sure/", SayConfidence.as_view(), name="api_confidence"),
]
