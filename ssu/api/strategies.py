"""The API of strategies: the same operations and rights as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, reads, seat_at, writes
from core.opened import values_of
from ssu.models import Strategy
from ssu.operations import add_strategy, edit_strategy, set_strategy_archived
from ssu.queries.units import strategies_with_units


class StrategySerializer(serializers.Serializer[Any]):
    """A strategy. `units`: the active ones of it that the caller may see."""

    id = serializers.IntegerField(read_only=True)
    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=120)
    impact_goal = serializers.CharField(required=False, allow_blank=True, default="")
    status = serializers.ChoiceField(choices=Strategy.Status.choices, read_only=True)
    units = serializers.IntegerField(read_only=True)


def shown(request: Request, pk: int | None = None) -> list[dict[str, Any]]:
    """All strategies by name, or one, 404 for none. Two queries, whatever their number."""
    pairs = strategies_with_units(seat_at(request))
    fields = ("code", "name", "impact_goal", "status")
    return [
        {"id": each.pk, **{name: getattr(each, name) for name in fields}, "units": count}
        for each, count in pairs
        if pk in (None, each.pk)
    ]


class Strategies(APIView):
    """The strategies of the agency, those put away too, by name; and adding one: 409 `code_taken`."""

    right = {"GET": "units.view", "POST": "units.edit"}

    @lists("strategies_list", StrategySerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, shown(request), lambda page: StrategySerializer(page, many=True).data)

    @writes("add_strategy", takes=StrategySerializer, answers=StrategySerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(StrategySerializer, request)
        made = once_by(request, lambda: add_strategy(**by(request), **said))
        return Response(StrategySerializer(shown(request, made)[0]).data, status=201)


class OneStrategy(APIView):
    """One strategy, and changing what is named of it: 409 `code_taken`."""

    right = {"GET": "units.view", "PATCH": "units.edit"}

    @reads("strategy", StrategySerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return answer(request, get_object_or_404(Strategy, pk=pk))

    @writes("edit_strategy", takes=StrategySerializer, answers=StrategySerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(Strategy, pk=pk)
        stands = values_of(found, ("code", "name", "impact_goal"), held=True)
        said = {**stands, **given(StrategySerializer, request, partial=True)}
        once_by(request, lambda: edit_strategy(**by(request), strategy=found, **said))
        return answer(request, found)


class ArchiveStrategy(APIView):
    """Put a strategy away: 409 `strategy_at_work` while units of it are active."""

    right = "units.edit"

    @writes("archive_strategy", answers=StrategySerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return kept(request, pk, archived=True)


class RestoreStrategy(APIView):
    """Take an archived strategy up again."""

    right = "units.edit"

    @writes("restore_strategy", answers=StrategySerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return kept(request, pk, archived=False)


def kept(request: Request, pk: int, *, archived: bool) -> Response:
    """The strategy, put away or taken up."""
    found = get_object_or_404(Strategy, pk=pk)
    once_by(request, lambda: set_strategy_archived(**by(request), strategy=found, archived=archived))
    return answer(request, found)


def answer(request: Request, strategy: Strategy) -> Response:
    """A strategy as it stands."""
    return Response(StrategySerializer(shown(request, strategy.pk)[0]).data)


urlpatterns = [
    path("strategies/", Strategies.as_view(), name="api_strategies"),
    path("strategies/<int:pk>/", OneStrategy.as_view(), name="api_strategy"),
    path("strategies/<int:pk>/archive/", ArchiveStrategy.as_view(), name="api_strategy_archive"),
    path("strategies/<int:pk>/restore/", RestoreStrategy.as_view(), name="api_strategy_restore"),
]
