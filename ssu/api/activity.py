"""The API of a unit's activity: the same acts, order and masking as the page."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.seats import Seat
from ssu.models import Unit
from ssu.pages.activity import asked_of, log, name_of, sentence, written


class ActSerializer(serializers.Serializer[Any]):
    """Who did what, when and why. Free text about a unit that is closed to the caller is kept back."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    sentence = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()


class ActivitySerializer(serializers.Serializer[Any]):
    """A page of acts. `before` is the parameter of the next page, empty on the last."""

    results = ActSerializer(many=True)
    before = serializers.CharField()


class UnitActivity(APIView):
    """What happened in a unit, the newest first, fifty at a time; `kind` and `person` (a user id) narrow it."""

    right = "rollout.view"

    @extend_schema(
        operation_id="unit_activity",
        parameters=[OpenApiParameter(name, str) for name in ("kind", "person", "before")],
        responses=ActivitySerializer,
    )
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        unit = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
        reachable(seat, "rollout.view", unit.pk)
        found = log(seat, unit, asked_of(request.query_params))
        acts = [
            {
                "at": act.place.at,
                "by": name,
                "sentence": sentence(act, name),
                "what": act.told.what,
                "why": act.told.why,
            }
            for act, name in ((act, name_of(found, act)) for act in found.acts)
        ]
        before = written(found.following) if found.following else ""
        return Response(ActivitySerializer({"results": acts, "before": before}).data)


urlpatterns = [path("units/<int:pk>/activity/", UnitActivity.as_view(), name="api_unit_activity")]
