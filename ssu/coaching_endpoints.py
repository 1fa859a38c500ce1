"""The API of coaching: who is coached in what, and sessions. What people say of their own confidence is not in it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.seats import Seat
from ssu import operations
from ssu.coached import Standing, TeamCoaching
from ssu.dialogue_endpoints import open_unit, seat_of
from ssu.models import CoachingArea, CoachingSession, Worker
from ssu.operations.coaching import PlanNotHere
from ssu.operations.coaching_people import AreaNotHere, CoachNotHere, NotOnTeam
from ssu.queries.coaching import coaching_of


class AreaSerializer(serializers.Serializer[Any]):
    """An area of a unit; `unit` is null for one of the whole agency."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    title = serializers.CharField()
    is_required = serializers.BooleanField()


class PlaceSerializer(serializers.Serializer[Any]):
    """Where a person stands in an area, and since or until which day."""

    person = serializers.IntegerField()
    person_name = serializers.CharField()
    area = serializers.IntegerField()
    standing = serializers.ChoiceField(choices=Standing.choices)
    on = serializers.DateField(allow_null=True)


class TeamCoachingSerializer(serializers.Serializer[Any]):
    """The coaching of a team: `complete` when nobody is left in a required area."""

    complete = serializers.BooleanField()
    areas = AreaSerializer(many=True)
    places = PlaceSerializer(many=True)


class RecordSerializer(serializers.Serializer[Any]):
    """A person in an area."""

    person = serializers.IntegerField(source="worker_id")
    area = serializers.IntegerField(source="area_id")


class SessionSerializer(serializers.Serializer[Any]):
    """A session, the coach called as the caller may know the person. `fulfills`: the plan that it fulfills."""

    id = serializers.IntegerField()
    unit = serializers.IntegerField(source="unit_id")
    kind = serializers.ChoiceField(choices=CoachingSession.Kind.choices)
    date = serializers.DateField()
    coach = serializers.IntegerField(source="coach_id")
    coach_name = serializers.CharField()
    note = serializers.CharField()
    fulfills = serializers.IntegerField(source="fulfills_id", allow_null=True)
    withdrawn = serializers.SerializerMethodField()
    withdrawn_reason = serializers.CharField()
    records = RecordSerializer(many=True)

    def get_withdrawn(self, session: Any) -> bool:
        """Whether it counts no more."""
        return session.withdrawn_at is not None


class SessionWritten(serializers.Serializer[Any]):
    """A session to write down or plan: ids of people and areas; without a coach it is the caller's."""

    kind = serializers.ChoiceField(choices=CoachingSession.Kind.choices)
    date = serializers.DateField()
    people = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    areas = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    coach = serializers.IntegerField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    fulfills = serializers.IntegerField(required=False, allow_null=True, default=None)


def shown_coaching(coaching: TeamCoaching) -> dict[str, Any]:
    """The whole grid."""
    places = [
        {
            "person": person.worker_id,
            "person_name": person.name,
            "area": area.pk,
            "standing": (cell := coaching.cell(person.worker_id, area.pk)).standing,
            "on": cell.on,
        }
        for person in coaching.people
        for area in coaching.areas
    ]
    found = {"complete": coaching.is_complete, "areas": coaching.areas, "places": places}
    return dict(TeamCoachingSerializer(found).data)


def sessions_seen(seat: Seat, pk: int) -> Any:
    return CoachingSession.objects.seen_by(seat).filter(unit=pk).prefetch_related("records").newest_first()


class Coaching(APIView):
    """Who of a unit's team is coached in what."""

    right = "coaching.view"

    @extend_schema(operation_id="unit_coaching", responses=TeamCoachingSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        unit = open_unit(seat, pk, "coaching.view")
        return Response(shown_coaching(coaching_of([unit.pk], seat)[unit.pk]))


class Sessions(APIView):
    """The sessions of a unit, the newest first; and writing one down."""

    right = {"GET": "coaching.view", "POST": "coaching.record"}

    @extend_schema(operation_id="unit_coaching_sessions", responses=SessionSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        unit = open_unit(seat, pk, "coaching.view")
        pages = LimitOffsetPagination()
        pages.default_limit, pages.max_limit = 100, 500
        page: list[Any] | None = pages.paginate_queryset(sessions_seen(seat, unit.pk), request, view=self)
        return pages.get_paginated_response(SessionSerializer(page or [], many=True).data)

    @extend_schema(operation_id="write_coaching_session", request=SessionWritten, responses={201: SessionSerializer})
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_of(request)
        unit = open_unit(seat, pk, "coaching.record")
        given = SessionWritten(data=request.data)
        given.is_valid(raise_exception=True)
        said = chosen(seat, pk, dict(given.validated_data))
        made = operations.write_session(agency=seat.agency, actor=seat.membership.user, unit=unit, **said)
        return Response(SessionSerializer(sessions_seen(seat, pk).get(pk=made.pk)).data, status=201)


def chosen(seat: Seat, pk: int, said: dict[str, Any]) -> dict[str, Any]:
    """What was sent with rows in the place of ids. For an id that means nothing here raises NotOnTeam, AreaNotHere,
    CoachNotHere or PlanNotHere.
    """
    people, areas, coach, plan = (said.pop(name) for name in ("people", "areas", "coach", "fulfills"))
    said["people"] = list(Worker.objects.filter(pk__in=people))
    said["areas"] = list(CoachingArea.objects.filter(pk__in=areas))
    said["coach"] = Worker.objects.filter(pk=coach).first() if coach else None
    said["fulfills"] = CoachingSession.objects.seen_by(seat).filter(unit=pk, pk=plan).first() if plan else None
    lacking = (
        (len(said["people"]) < len(set(people)), NotOnTeam),
        (len(said["areas"]) < len(set(areas)), AreaNotHere),
        (coach and said["coach"] is None, CoachNotHere),
        (plan and said["fulfills"] is None, PlanNotHere),
    )
    for lacks, refusal in lacking:
        if lacks:
            raise refusal
    return said


class OneSession(APIView):
    """One session."""

    right = "coaching.view"

    @extend_schema(operation_id="unit_coaching_session", responses=SessionSerializer)
    def get(self, request: Request, agency: str, pk: int, session: int) -> Response:
        seat = seat_of(request)
        open_unit(seat, pk, "coaching.view")
        return Response(SessionSerializer(get_object_or_404(sessions_seen(seat, pk), pk=session)).data)


urlpatterns = [
    path("units/<int:pk>/coaching/", Coaching.as_view(), name="api_coaching"),
    path("units/<int:pk>/sessions/", Sessions.as_view(), name="api_sessions"),
    path("units/<int:pk>/sessions/<int:session>/", OneSession.as_view(), name="api_session"),
]
