"""The API of excuses from coaching, and of what the model looks like for a unit."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists, once_by, paged, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import operations
from ssu.models import CoachingArea, CoachingExcuse, ModelText, Worker
from ssu.models.discretion import shown_worker_name
from ssu.operations.coaching_people import AreaNotHere, NotOnTeam
from ssu.queries.people import names_of
from ssu.reached import open_unit


class ExcuseWritten(serializers.Serializer[Any]):
    """Who need not be coached in which area, why, and since when."""

    person = serializers.IntegerField()
    area = serializers.IntegerField()
    reason = serializers.CharField(max_length=300, allow_blank=True)
    date = DayField()


class ExcuseSerializer(serializers.Serializer[Any]):
    """An excuse as it stands, the person called as the caller may know them; `withdrawn_reason` is "" while it
    holds.
    """

    id = serializers.IntegerField(source="pk")
    person = serializers.IntegerField(source="worker_id")
    person_name = serializers.CharField()
    area = serializers.IntegerField(source="area_id")
    reason = serializers.CharField()
    date = DayField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_reason = serializers.CharField()


class ModelTextWritten(serializers.Serializer[Any]):
    """What the model looks like for the unit: who does what, how partners join in, what is different from before."""

    text = serializers.CharField(max_length=20_000)


class ModelTextSerializer(ModelTextWritten):
    """A version of it, with who wrote it."""

    version = serializers.IntegerField()
    written_at = serializers.DateTimeField()
    written_by = serializers.SerializerMethodField()

    def get_written_by(self, row: Any) -> str | None:
        """The name that the caller may know."""
        found: str | None = self.context["names"].get(row.written_by_id)
        return found


def excuses_seen(seat: Seat, unit_id: int) -> QuerySet[CoachingExcuse]:
    found: QuerySet[CoachingExcuse] = CoachingExcuse.objects.filter(unit=unit_id).order_by("-date", "-pk")
    return found.annotate(person_name=shown_worker_name("worker", seat))


class Excuses(APIView):
    """The excuses of a unit, the newest first, the withdrawn too; and excusing somebody: 422 `reason_missing`,
    `excuse_ahead`, `not_on_team`, `area_not_here`, 409 `already_excused`.
    """

    right = {"GET": "coaching.view", "POST": "coaching.record"}
    called = {"people": "person", "areas": "area"}

    @lists("unit_excuses", ExcuseSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "coaching.view")
        found = excuses_seen(seat_at(request), unit.pk)
        return paged(self, request, found, lambda page: ExcuseSerializer(page, many=True).data)

    @writes("excuse_from_coaching", takes=ExcuseWritten, answers=ExcuseSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "coaching.record")
        said = given(ExcuseWritten, request)
        worker = Worker.objects.filter(pk=said.pop("person")).first()
        area = CoachingArea.objects.filter(pk=said.pop("area")).first()
        if worker is None:
            raise NotOnTeam
        if area is None:
            raise AreaNotHere
        made = once_by(request, lambda: operations.excuse(**by(request), unit=unit, worker=worker, area=area, **said))
        return Response(ExcuseSerializer(excuses_seen(seat_at(request), pk).get(pk=made or 0)).data, status=201)


class WithdrawExcuse(APIView):
    """Take an excuse back with the reason: 422 `reason_missing`, 409 `already_withdrawn`."""

    right = "coaching.record"

    @writes("withdraw_excuse", takes=ReasonSerializer, answers=ExcuseSerializer)
    def post(self, request: Request, agency: str, pk: int, excuse: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(CoachingExcuse, unit=unit.pk, pk=excuse)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.withdraw_excuse(**by(request), excused=found, **said))
        return Response(ExcuseSerializer(excuses_seen(seat_at(request), pk).get(pk=found.pk)).data)


class ModelTexts(APIView):
    """What the model looks like for a unit, all versions, the newest first; and writing the next: 409
    `model_text_unchanged`.
    """

    right = {"GET": "coaching.view", "POST": "goals.edit"}

    @lists("unit_model_texts", ModelTextSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "coaching.view")
        found = ModelText.objects.filter(unit=unit.pk).order_by("-version")
        return paged(self, request, found, lambda page: shown_texts(request, page))

    @writes("write_model_text", takes=ModelTextWritten, answers=ModelTextSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "goals.edit")
        said = given(ModelTextWritten, request)
        made = once_by(request, lambda: operations.write_model_text(**by(request), unit=unit, **said))
        return Response(shown_texts(request, [ModelText.objects.get(pk=made)])[0], status=201)


def shown_texts(request: Request, rows: list[Any]) -> list[dict[str, Any]]:
    """Versions with the names that the caller may know. Two queries, whatever their number."""
    context = {"names": names_of(seat_at(request), {row.written_by_id for row in rows})}
    return [dict(each) for each in ModelTextSerializer(rows, many=True, context=context).data]


COACHING = "units/<int:pk>/coaching/"

urlpatterns = [
    path(f"{COACHING}excuses/", Excuses.as_view(), name="api_excuses"),
    path(f"{COACHING}excuses/<int:excuse>/withdraw/", WithdrawExcuse.as_view(), name="api_excuse_withdraw"),
    path(f"{COACHING}model/", ModelTexts.as_view(), name="api_model_texts"),
]
