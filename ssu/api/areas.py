"""The API of coaching areas: the agency's, and those of a unit's own."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, seat_at, writes
from ssu import operations
from ssu.models import CoachingArea
from ssu.reached import open_unit

ACTS = [("archive", "archive"), ("restore", "restore"), ("require", "require"), ("optional", "optional")]


class AreaWritten(serializers.Serializer[Any]):
    """An area, what somebody can do who was coached in it, and whether everybody is to be."""

    title = serializers.CharField(max_length=80)
    sentence = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")
    is_required = serializers.BooleanField(required=False, default=True)


class WholeAreaSerializer(AreaWritten):
    """An area as it stands. `unit` is null for one of the whole agency, `archived_at` for one that is in use."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    archived_at = serializers.DateTimeField(allow_null=True)


class ActWritten(serializers.Serializer[Any]):
    """What is done to an area."""

    act = serializers.ChoiceField(choices=ACTS)


def in_use_first(found: Any) -> list[CoachingArea]:
    """Areas in their order, those in use first."""
    return sorted(found.in_order(), key=lambda area: area.archived_at is not None)


def listed(view: APIView, request: Request, found: Any) -> Response:
    """A page of them."""
    return paged(view, request, in_use_first(found), lambda page: WholeAreaSerializer(page, many=True).data)


def changed(request: Request, area: CoachingArea) -> Response:
    """The area after one of the four acts."""
    act = given(ActWritten, request)["act"]
    once_by(request, lambda: operations.change_area(**by(request), area=area, act=act))
    return Response(WholeAreaSerializer(CoachingArea.objects.get(pk=area.pk)).data)


class Areas(APIView):
    """The areas in which everybody of the agency is coached, the archived too; and adding one: 409 `area_there`."""

    right = "units.edit"

    @lists("coaching_areas_list", WholeAreaSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return listed(self, request, CoachingArea.objects.filter(unit=None))

    @writes("add_coaching_area", takes=AreaWritten, answers=WholeAreaSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(AreaWritten, request)
        made = once_by(request, lambda: operations.add_area(**by(request), unit=None, **said))
        return Response(WholeAreaSerializer(CoachingArea.objects.get(pk=made)).data, status=201)


class AdoptAreas(APIView):
    """Take the areas of the starter pack over, for an agency that never had any: 409 `areas_begun`."""

    right = "units.edit"

    @writes("adopt_coaching_areas", answers=WholeAreaSerializer(many=True))
    def post(self, request: Request, agency: str) -> Response:
        once_by(request, lambda: len(operations.adopt_areas(**by(request))))
        return Response(WholeAreaSerializer(in_use_first(CoachingArea.objects.filter(unit=None)), many=True).data)


class OneArea(APIView):
    """Archive an area, take it up again, require it or make it optional: 409 `area_there`."""

    right = "units.edit"

    @writes("change_coaching_area", takes=ActWritten, answers=WholeAreaSerializer)
    def post(self, request: Request, agency: str, area: int) -> Response:
        return changed(request, get_object_or_404(CoachingArea, unit=None, pk=area))


class UnitAreas(APIView):
    """The areas of a unit, the agency's first, with the archived of its own; and adding one of its own."""

    right = {"GET": "coaching.view", "POST": "coaching.record"}

    @lists("unit_coaching_areas", WholeAreaSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "coaching.view")
        return listed(self, request, CoachingArea.objects.of_unit(unit.pk) | CoachingArea.objects.filter(unit=unit.pk))

    @writes("add_unit_coaching_area", takes=AreaWritten, answers=WholeAreaSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "coaching.record")
        said = given(AreaWritten, request)
        made = once_by(request, lambda: operations.add_area(**by(request), unit=unit, **said))
        return Response(WholeAreaSerializer(CoachingArea.objects.get(pk=made)).data, status=201)


class OneUnitArea(APIView):
    """The same four acts on an area of a unit's own."""

    right = "coaching.record"

    @writes("change_unit_coaching_area", takes=ActWritten, answers=WholeAreaSerializer)
    def post(self, request: Request, agency: str, pk: int, area: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        return changed(request, get_object_or_404(CoachingArea, unit=unit.pk, pk=area))


UNIT = "units/<int:pk>/coaching/areas/"

urlpatterns = [
    path("coaching/areas/", Areas.as_view(), name="api_areas"),
    path("coaching/areas/adopt/", AdoptAreas.as_view(), name="api_areas_adopt"),
    path("coaching/areas/<int:area>/", OneArea.as_view(), name="api_area"),
    path(UNIT, UnitAreas.as_view(), name="api_unit_areas"),
    path(f"{UNIT}<int:area>/", OneUnitArea.as_view(), name="api_unit_area"),
]
