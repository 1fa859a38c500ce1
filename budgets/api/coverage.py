"""Budgets and their coverage for programs."""

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from budgets import queries
from budgets.models import Budget
from core.money import Money


class CoverageSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Amounts are exact decimal strings in `currency`."""

    budget = serializers.IntegerField()
    unit = serializers.IntegerField()
    fiscal_year = serializers.IntegerField()
    version = serializers.IntegerField()
    currency = serializers.CharField()
    goal = serializers.CharField()
    received = serializers.CharField()
    committed = serializers.CharField()
    open = serializers.CharField()


def as_data(budget: Budget, coverage: queries.Coverage) -> dict[str, object]:
    """One approved budget with its coverage."""
    amounts = {name: getattr(coverage, name) for name in ("goal", "received", "committed", "open")}
    return {
        "budget": budget.pk,
        "unit": budget.unit_id,
        "fiscal_year": budget.fiscal_year,
        "version": budget.version,
        "currency": coverage.currency,
        **{name: Money(minor, coverage.currency).decimal_string() for name, minor in amounts.items()},
    }


class CoverageView(APIView):
    """The approved budgets of a fiscal year with what has come in and what is promised."""

    right = "budgets.view"

    @extend_schema(responses=CoverageSerializer(many=True), operation_id="coverage_list")
    def get(self, request: Request, agency: str, year: int) -> Response:
        seat = request.seat  # type: ignore[attr-defined]
        found = list(queries.budgets_in_force(seat, year))
        coverage = queries.coverage_of(seat.agency, found)
        return Response([as_data(budget, coverage[budget.pk]) for budget in found])


class UnitCoverageView(APIView):
    """The approved budget of one unit in a fiscal year."""

    right = "budgets.view"

    @extend_schema(responses=CoverageSerializer, operation_id="coverage_of_unit")
    def get(self, request: Request, agency: str, year: int, unit_id: int) -> Response:
        seat = request.seat  # type: ignore[attr-defined]
        budget = get_object_or_404(queries.budgets_in_force(seat, year), unit_id=unit_id)
        return Response(as_data(budget, queries.coverage_of(seat.agency, [budget])[budget.pk]))


urlpatterns = [
    path("coverage/<int:year>/", CoverageView.as_view()),
    path("coverage/<int:year>/<int:unit_id>/", UnitCoverageView.as_view()),
]
