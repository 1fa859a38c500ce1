"""Who gave what came from nobody known, for programs: the same operations and right as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists_by_cursor, seat_at, writes
from partners import operations
from partners.answers import one, pages_of
from partners.models import Gift, GiverAssignment, GivingUnit


class AssignmentSerializer(serializers.Serializer[Any]):
    """That a gift turned out to be of a giving unit. Gifts of one `act` were assigned, and are taken back, together."""

    id = serializers.IntegerField(source="pk")
    act = serializers.UUIDField()
    gift = serializers.IntegerField(source="gift_id")
    giving_unit = serializers.IntegerField(source="giving_unit_id")
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_reason = serializers.CharField()


class AssignGiver(serializers.Serializer[Any]):
    """Who gave, and how that was found out."""

    giving_unit = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    reason = serializers.CharField(max_length=200)


class TakeGiverBack(serializers.Serializer[Any]):
    """Why it was somebody else."""

    reason = serializers.CharField(max_length=200)


class GiverAssignments(APIView):
    """What was said about who gave, the newest first, also what was taken back."""

    right = "gifts.record"

    @lists_by_cursor("giver_assignments", AssignmentSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return pages_of(self, request, GiverAssignment.objects.all(), AssignmentSerializer)


class AssignGiverView(APIView):
    """Say who gave a gift and all that came under the same number; nobody was known so far."""

    right = "gifts.record"

    @writes("assign_giver", takes=AssignGiver, answers=AssignmentSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        gift = get_object_or_404(Gift.objects.seen_by(seat_at(request)).standing(), pk=pk)
        said = given(AssignGiver, request)
        unit = chosen(GivingUnit.objects.all(), said["giving_unit"], "giving_unit", "There is no such giver.")
        key = request.headers.get("Idempotency-Key", "")
        made = operations.assign_giver(**by(request), gift=gift, giving_unit=unit, reason=said["reason"], key=key)
        return one(request, made, AssignmentSerializer, 201)


class TakeGiverBackView(APIView):
    """Take back who was said to have given, of all gifts of the same act."""

    right = "gifts.record"

    @writes("take_back_giver", takes=TakeGiverBack, answers=AssignmentSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(GiverAssignment.objects.all(), pk=pk)
        said = given(TakeGiverBack, request)
        key = request.headers.get("Idempotency-Key", "")
        done = operations.take_back_giver(**by(request), assignment=found, reason=said["reason"], key=key)
        return one(request, done, AssignmentSerializer)


urlpatterns = [
    path("giver-assignments/", GiverAssignments.as_view(), name="api_giver_assignments"),
    path("gifts/<int:pk>/giver/", AssignGiverView.as_view(), name="api_giver_assign"),
    path("giver-assignments/<int:pk>/take-back/", TakeGiverBackView.as_view(), name="api_giver_take_back"),
]
