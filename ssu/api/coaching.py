"""The API of coaching: who is coached in what, and sessions. What people say of their own confidence is not in it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists, once_by, paged, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import operations
from ssu.coached import Standing, TeamCoaching
from ssu.models import CoachingArea, CoachingSession, Worker
from ssu.operations.coaching import PlanNotHere
from ssu.operations.coaching_people import AreaNotHere, CoachNotHere, NotOnTeam
from ssu.queries.coaching import coaching_of
from ssu.reached import open_unit


class AreaSerializer(serializers.Serializer[Any]):
    """An area of a unit; `unit` is null for one of the whole agency."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    title = serializers.CharField()
    sentence = serializers.CharField()
    is_required = serializers.BooleanField()


class PlaceSerializer(serializers.Serializer[Any]):
    """Where a person stands in an area, and since or until which day."""

    person = serializers.IntegerField()
    person_name = serializers.CharField()
    area = serializers.IntegerField()
    standing = serializers.ChoiceField(choices=Standing.choices)
    on = DayField(allow_null=True)


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
    """A session, the coach called as the caller may know the person. `fulfills`: the plan that it fulfills; `replaces`:
    the version that it corrects, which is withdrawn.
    """

    id = serializers.IntegerField()
    unit = serializers.IntegerField(source="unit_id")
    kind = serializers.ChoiceField(choices=CoachingSession.Kind.choices)
    date = DayField()
    coach = serializers.IntegerField(source="coach_id")
    coach_name = serializers.CharField()
    note = serializers.CharField()
    fulfills = serializers.IntegerField(source="fulfills_id", allow_null=True)
    replaces = serializers.IntegerField(source="replaces_id", allow_null=True)
    withdrawn = serializers.SerializerMethodField()
    withdrawn_reason = serializers.CharField()
    records = RecordSerializer(many=True)

    def get_withdrawn(self, session: Any) -> bool:
        """Whether it counts no more."""
        return session.withdrawn_at is not None


class SessionWritten(serializers.Serializer[Any]):
    """A session to write down or plan: ids of people and areas; without a coach it is the caller's."""

    kind = serializers.ChoiceField(choices=CoachingSession.Kind.choices)
    date = DayField()
    people = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    areas = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    coach = serializers.IntegerField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")
    fulfills = serializers.IntegerField(required=False, allow_null=True, default=None)


class SessionCorrected(serializers.Serializer[Any]):
    """A session as it really was, and why it is corrected. Without a coach it is the caller's."""

    reason = serializers.CharField(max_length=300)
    date = DayField()
    people = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    areas = serializers.ListField(child=serializers.IntegerField(), max_length=200)
    coach = serializers.IntegerField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, allow_blank=True, max_length=4000, default="")


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

    @reads("unit_coaching", TeamCoachingSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = open_unit(seat, pk, self.right)
        return Response(shown_coaching(coaching_of([unit.pk], seat)[unit.pk]))


class Sessions(APIView):
    """The sessions of a unit, the newest first; and writing one down."""

    right = {"GET": "coaching.view", "POST": "coaching.record"}

    @lists("unit_coaching_sessions", SessionSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = open_unit(seat, pk, "coaching.view")
        found = sessions_seen(seat, unit.pk)
        return paged(self, request, found, lambda page: SessionSerializer(page, many=True).data)

    @writes("write_coaching_session", takes=SessionWritten, answers=SessionSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = open_unit(seat, pk, "coaching.record")
        said = given(SessionWritten, request)
        made = once_by(request, lambda: operations.write_session(**by(request), unit=unit, **as_rows(seat, pk, said)))
        return answer(request, pk, made, status=201)


def as_rows(seat: Seat, pk: int, said: dict[str, Any]) -> dict[str, Any]:
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

    @reads("unit_coaching_session", SessionSerializer)
    def get(self, request: Request, agency: str, pk: int, session: int) -> Response:
        open_unit(seat_at(request), pk, self.right)
        return answer(request, pk, session)


class CorrectSession(APIView):
    """Write a session as it really was; the version before is withdrawn with the reason and stays readable: 409
    `already_withdrawn`, `plan_held`.
    """

    right = "coaching.record"

    @writes("correct_coaching_session", takes=SessionCorrected, answers=SessionSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int, session: int) -> Response:
        seat = seat_at(request)
        open_unit(seat, pk, self.right)
        found = get_object_or_404(sessions_seen(seat, pk), pk=session)
        said = as_rows(seat, pk, {**given(SessionCorrected, request), "fulfills": None})
        del said["fulfills"]
        made = once_by(request, lambda: operations.correct_session(**by(request), session=found, **said))
        return answer(request, pk, made, status=201)


class WithdrawSession(APIView):
    """Withdraw a session or a plan with the reason: 422 `reason_missing`, 409 `already_withdrawn`."""

    right = "coaching.record"

    @writes("withdraw_coaching_session", takes=ReasonSerializer, answers=SessionSerializer)
    def post(self, request: Request, agency: str, pk: int, session: int) -> Response:
        open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(sessions_seen(seat_at(request), pk), pk=session)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.withdraw_session(**by(request), session=found, **said))
        return answer(request, pk, found.pk)


class UndoSession(APIView):
    """Take back what one wrote oneself, without more words: 409 `not_your_session`, `already_withdrawn`."""

    right = "coaching.record"

    @writes("undo_coaching_session", answers=SessionSerializer)
    def post(self, request: Request, agency: str, pk: int, session: int) -> Response:
        open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(sessions_seen(seat_at(request), pk), pk=session)
        once_by(request, lambda: operations.undo_session(**by(request), session=found))
        return answer(request, pk, found.pk)


def answer(request: Request, pk: int, session: int | None, status: int = 200) -> Response:
    """A session as it stands."""
    found = get_object_or_404(sessions_seen(seat_at(request), pk), pk=session)
    return Response(SessionSerializer(found).data, status=status)


SESSION = "units/<int:pk>/sessions/<int:session>/"

urlpatterns = [
    path("units/<int:pk>/coaching/", Coaching.as_view(), name="api_coaching"),
    path("units/<int:pk>/sessions/", Sessions.as_view(), name="api_sessions"),
    path(SESSION, OneSession.as_view(), name="api_session"),
    path(f"{SESSION}correct/", CorrectSession.as_view(), name="api_session_correct"),
    path(f"{SESSION}withdraw/", WithdrawSession.as_view(), name="api_session_withdraw"),
    path(f"{SESSION}undo/", UndoSession.as_view(), name="api_session_undo"),
]
