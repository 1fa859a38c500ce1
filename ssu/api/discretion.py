"""The API of less strict levels of units and people: one asks, another agrees."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, once_by, reads, seat_at, writes
from agencies.seats import Seat
from ssu import operations
from ssu.models import Discretion, Lowering, PersonLowering, Worker
from ssu.queries.discretion import open_lowering, open_person_lowering
from ssu.reached import unit_seen

LOWER = [(value, label) for value, label in Discretion.choices if value != Discretion.CLOSED]


class LoweringWritten(serializers.Serializer[Any]):
    """The level asked for, and why."""

    level = serializers.ChoiceField(choices=LOWER)
    reason = serializers.CharField(max_length=2000)


class AnswerWritten(serializers.Serializer[Any]):
    """Whether one agrees; who asked may only withdraw, which is not to agree."""

    agree = serializers.BooleanField()


class AskedSerializer(serializers.Serializer[Any]):
    """A question for a less strict level. `own`: the caller asked it."""

    id = serializers.IntegerField(source="lowering.pk")
    level = serializers.ChoiceField(choices=LOWER, source="lowering.level")
    reason = serializers.CharField(source="lowering.reason")
    by = serializers.CharField()
    at = serializers.DateTimeField(source="lowering.asked_at")
    own = serializers.BooleanField(source="is_own")


class DiscretionSerializer(serializers.Serializer[Any]):
    """The level that stands, and the question that waits for an answer."""

    level = serializers.ChoiceField(choices=Discretion.choices)
    asked = AskedSerializer(allow_null=True)


class UnitDiscretion(APIView):
    """The level of a unit; asking for a less strict one: 409 `not_lower`, `asked_already`."""

    right = "units.edit"

    @reads("unit_discretion", DiscretionSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return of_unit(seat_at(request), pk)

    @writes("ask_lowering", takes=LoweringWritten, answers=DiscretionSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = unit_seen(seat_at(request), pk, self.right)
        said = given(LoweringWritten, request)
        once_by(request, lambda: operations.ask_lowering(**by(request), unit=unit, **said))
        return of_unit(seat_at(request), pk, status=201)


class AnswerLowering(APIView):
    """Agree or decline: 409 `own_lowering`, `answered_already`."""

    right = "units.edit"

    @writes("answer_lowering", takes=AnswerWritten, answers=DiscretionSerializer)
    def post(self, request: Request, agency: str, pk: int, lowering: int) -> Response:
        unit = unit_seen(seat_at(request), pk, self.right)
        found = get_object_or_404(Lowering.objects.filter(unit=unit.pk), pk=lowering)
        agree = given(AnswerWritten, request)["agree"]
        once_by(request, lambda: operations.answer_lowering(**by(request), lowering=found, agree=agree))
        return of_unit(seat_at(request), pk)


class PersonDiscretion(APIView):
    """The level of a person's own; asking for a less strict one: 409 `not_lower`, `asked_already`."""

    right = "units.edit"

    @reads("person_discretion", DiscretionSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return of_person(seat_at(request), pk)

    @writes("ask_person_lowering", takes=LoweringWritten, answers=DiscretionSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        worker = get_object_or_404(Worker, pk=pk)
        said = given(LoweringWritten, request)
        once_by(request, lambda: operations.ask_person_lowering(**by(request), worker=worker, **said))
        return of_person(seat_at(request), pk, status=201)


class AnswerPersonLowering(APIView):
    """Agree or decline: 409 `own_lowering`, `answered_already`."""

    right = "units.edit"

    @writes("answer_person_lowering", takes=AnswerWritten, answers=DiscretionSerializer)
    def post(self, request: Request, agency: str, pk: int, person_lowering: int) -> Response:
        found = get_object_or_404(PersonLowering.objects.filter(worker=pk), pk=person_lowering)
        agree = given(AnswerWritten, request)["agree"]
        once_by(request, lambda: operations.answer_person_lowering(**by(request), lowering=found, agree=agree))
        return of_person(seat_at(request), pk)


def of_unit(seat: Seat, pk: int, status: int = 200) -> Response:
    """The level of a unit as it stands."""
    unit = unit_seen(seat, pk, "units.edit")
    return Response(DiscretionSerializer({"level": unit.discretion, "asked": open_lowering(seat, unit)}).data, status)


def of_person(seat: Seat, pk: int, status: int = 200) -> Response:
    """The level of a person's own as it stands."""
    worker = get_object_or_404(Worker, pk=pk)
    told = {"level": worker.discretion, "asked": open_person_lowering(seat, worker)}
    return Response(DiscretionSerializer(told).data, status)


UNIT, PERSON = "units/<int:pk>/discretion/", "workers/<int:pk>/discretion/"

urlpatterns = [
    path(UNIT, UnitDiscretion.as_view(), name="api_unit_discretion"),
    path(f"{UNIT}<int:lowering>/", AnswerLowering.as_view(), name="api_lowering_answer"),
    path(PERSON, PersonDiscretion.as_view(), name="api_person_discretion"),
    path(f"{PERSON}<int:person_lowering>/", AnswerPersonLowering.as_view(), name="api_person_lowering_answer"),
]
