"""The API of the matrix: the same rows, filters and order as the page."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import lists, paged, seat_at
from ssu.api.rollout import StepSerializer
from ssu.pages.matrix import by_strategy, is_grouped
from ssu.queries.matrix import matrix
from ssu.unit_filters import MATRIX, filters_of


class LineSerializer(serializers.Serializer[Any]):
    """A unit, called as the caller may know it, and its six steps. `quiet_days`: whole days since anything was done;
    `quiet` is soon or quiet when that is long, else "".
    """

    unit = serializers.IntegerField(source="unit.pk")
    name = serializers.CharField(source="unit.shown_name")
    strategy = serializers.CharField(source="unit.strategy.code")
    steps = StepSerializer(many=True, source="progress.steps")
    quiet = serializers.CharField(source="quiet.level")
    quiet_days = serializers.IntegerField(source="quiet.days")


class Matrix(APIView):
    """The units whose roll-out the caller may see, by their six steps, the furthest behind first unless `sort` says
    otherwise; under their strategies with `group=strategy` and where there are more than 200. Filters as on the page.
    """

    right = "rollout.view"

    @lists("matrix", LineSerializer, *MATRIX)
    def get(self, request: Request, agency: str) -> Response:
        filters = filters_of(request.query_params)
        lines = matrix(seat_at(request), filters)
        if is_grouped(lines, bool(filters.group)):
            lines = by_strategy(lines)
        return paged(self, request, lines, lambda page: LineSerializer(page, many=True).data)


urlpatterns = [path("units/matrix/", Matrix.as_view(), name="api_matrix")]
