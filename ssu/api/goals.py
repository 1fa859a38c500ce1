"""The API of a unit's impact goal: its versions, and the readings of its indicator with their story. All of it is free
text, so nothing is told of a unit that is closed to the caller.
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, seat_at, writes
from core.api import DayField
from ssu import operations
from ssu.models import ImpactGoal, Reading
from ssu.queries.goals import goal_that_counts, readings_of
from ssu.queries.people import names_of
from ssu.reached import open_unit


class GoalWritten(serializers.Serializer[Any]):
    """A version of the goal. Only the statement is needed to begin; step 2 asks for the rest."""

    statement = serializers.CharField(max_length=2000)
    reinforces = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    indicator = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")
    unit_of_measure = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    baseline = serializers.DecimalField(14, 2, required=False, allow_null=True, default=None)
    target = serializers.DecimalField(14, 2, required=False, allow_null=True, default=None)
    by_when = DayField(required=False, allow_null=True, default=None)


class GoalSerializer(GoalWritten):
    """A version as it stands, with who wrote it, who agreed or sent it back with what should change, and since when it
    is thrown away.
    """

    version = serializers.IntegerField()
    written_by = serializers.SerializerMethodField()
    written_at = serializers.DateTimeField()
    approved_by = serializers.SerializerMethodField()
    approved_at = serializers.DateTimeField(allow_null=True)
    returned_by = serializers.SerializerMethodField()
    returned_at = serializers.DateTimeField(allow_null=True)
    return_reason = serializers.CharField()
    dropped_at = serializers.DateTimeField(allow_null=True)

    def get_written_by(self, goal: Any) -> str | None:
        """The name that the caller may know."""
        found: str | None = self.context["names"].get(goal.written_by_id)
        return found

    def get_approved_by(self, goal: Any) -> str | None:
        """The name that the caller may know."""
        found: str | None = self.context["names"].get(goal.approved_by_id)
        return found

    def get_returned_by(self, goal: Any) -> str | None:
        """The name that the caller may know."""
        found: str | None = self.context["names"].get(goal.returned_by_id)
        return found


class ReturnWritten(serializers.Serializer[Any]):
    """What should change."""

    reason = serializers.CharField(max_length=2000)


class ReadingWritten(serializers.Serializer[Any]):
    """A value of the indicator on a day, and the story behind it."""

    date = DayField()
    value = serializers.DecimalField(14, 2)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    story = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


class ReadingSerializer(ReadingWritten):
    """A reading as it stands."""

    id = serializers.IntegerField(source="pk")


class Goal(APIView):
    """The versions of a unit's goal, the newest first; and writing the next: 409 `goal_unchanged`, 422
    `target_is_baseline`.
    """

    right = {"GET": "rollout.view", "POST": "goals.edit"}

    @lists("unit_goal_versions", GoalSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "rollout.view")
        found = ImpactGoal.objects.filter(unit=unit.pk).order_by("-version")
        return paged(self, request, found, lambda page: shown(request, page))

    @writes("write_goal", takes=GoalWritten, answers=GoalSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "goals.edit")
        said = given(GoalWritten, request)
        made = once_by(request, lambda: operations.add_goal_version(**by(request), unit=unit, **said))
        return Response(shown(request, [ImpactGoal.objects.get(pk=made)])[0], status=201)


class ApproveGoal(APIView):
    """Agree with the newest version: 409 `own_goal` for one's own, `goal_superseded` for an older one, `goal_out` for
    one that was sent back or thrown away.
    """

    right = "rollout.confirm"

    @writes("approve_goal", answers=GoalSerializer)
    def post(self, request: Request, agency: str, pk: int, version: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(ImpactGoal, unit=unit.pk, version=version)
        once_by(request, lambda: operations.approve_goal(**by(request), goal=found))
        return Response(shown(request, [ImpactGoal.objects.get(pk=found.pk)])[0])


class ReturnGoal(APIView):
    """Send the newest version back with what should change, to who wrote it: 409 `own_goal`, `goal_superseded`,
    `goal_out`.
    """

    right = "rollout.confirm"

    @writes("return_goal", takes=ReturnWritten, answers=GoalSerializer)
    def post(self, request: Request, agency: str, pk: int, version: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(ImpactGoal, unit=unit.pk, version=version)
        said = given(ReturnWritten, request)
        once_by(request, lambda: operations.return_goal(**by(request), goal=found, **said))
        return Response(shown(request, [ImpactGoal.objects.get(pk=found.pk)])[0])


class DropGoal(APIView):
    """Throw away what one wrote and nobody approved: 409 `not_own_goal`, `goal_superseded`, `goal_out`. The row
    stays.
    """

    right = "goals.edit"

    @writes("drop_goal", answers=GoalSerializer)
    def post(self, request: Request, agency: str, pk: int, version: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(ImpactGoal, unit=unit.pk, version=version)
        once_by(request, lambda: operations.drop_goal(**by(request), goal=found))
        return Response(shown(request, [ImpactGoal.objects.get(pk=found.pk)])[0])


class Readings(APIView):
    """The readings of the indicator that counts, the newest first; and recording one: 409 `reading_in_future`,
    `reading_there`; 404 while there is no goal.
    """

    right = {"GET": "rollout.view", "POST": "rollout.claim"}

    @lists("unit_readings", ReadingSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "rollout.view")
        found = readings_of(unit).order_by("-date", "-pk")
        return paged(self, request, found, lambda page: ReadingSerializer(page, many=True).data)

    @writes("add_reading", takes=ReadingWritten, answers=ReadingSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "rollout.claim")
        current = goal_that_counts(unit.pk)
        if current is None:
            raise Http404
        said = given(ReadingWritten, request)
        made = once_by(request, lambda: operations.add_reading(**by(request), goal=current, **said))
        return Response(ReadingSerializer(Reading.objects.get(pk=made)).data, status=201)


class WithdrawReading(APIView):
    """Take a wrong reading out of the line. Twice changes nothing."""

    right = "rollout.claim"

    @writes("withdraw_reading", status=204)
    def post(self, request: Request, agency: str, pk: int, reading: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(Reading.objects.select_related("unit"), unit=unit.pk, pk=reading)
        once_by(request, lambda: operations.withdraw_reading(**by(request), reading=found))
        return Response(status=204)


class RestoreReading(APIView):
    """Put a withdrawn reading back into the line: 409 `reading_there` when its day has another meanwhile."""

    right = "rollout.claim"

    @writes("restore_reading", answers=ReadingSerializer)
    def post(self, request: Request, agency: str, pk: int, reading: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        found = get_object_or_404(Reading.objects.select_related("unit"), unit=unit.pk, pk=reading)
        once_by(request, lambda: operations.restore_reading(**by(request), reading=found))
        return Response(ReadingSerializer(found).data)


def shown(request: Request, goals: list[Any]) -> list[dict[str, Any]]:
    """Versions with the names that the caller may know. Two queries, whatever their number."""
    people = {user for goal in goals for user in (goal.written_by_id, goal.approved_by_id, goal.returned_by_id)}
    context = {"names": names_of(seat_at(request), people)}
    return [dict(each) for each in GoalSerializer(goals, many=True, context=context).data]


urlpatterns = [
    path("units/<int:pk>/goal/", Goal.as_view(), name="api_goal"),
    path("units/<int:pk>/goal/<int:version>/approve/", ApproveGoal.as_view(), name="api_goal_approve"),
    path("units/<int:pk>/goal/<int:version>/return/", ReturnGoal.as_view(), name="api_goal_return"),
    path("units/<int:pk>/goal/<int:version>/drop/", DropGoal.as_view(), name="api_goal_drop"),
    path("units/<int:pk>/readings/", Readings.as_view(), name="api_readings"),
    path("units/<int:pk>/readings/<int:reading>/withdraw/", WithdrawReading.as_view(), name="api_reading_withdraw"),
    path("units/<int:pk>/readings/<int:reading>/restore/", RestoreReading.as_view(), name="api_reading_restore"),
]
