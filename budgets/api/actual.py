"""Plan against actual for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import reads, seat_at
from budgets.actual import Actual, actuals
from budgets.actual_page import shown
from budgets.api.doors import budget_seen
from budgets.models import Budget
from budgets.queries import lines_of
from core.money import Money
from ssu.models import Unit


class ActualRowSerializer(serializers.Serializer[Any]):
    """A category in exact decimals. `left` is of the year's plan, below zero where more was spent."""

    category = serializers.CharField()
    planned = serializers.CharField()
    planned_until_now = serializers.CharField()
    spent = serializers.CharField()
    left = serializers.CharField()


class ActualSerializer(serializers.Serializer[Any]):
    """A version against the ledger, in `currency`. `assessed` is what the agency kept as its share of gifts; it stands
    in no row.
    """

    budget = serializers.IntegerField()
    currency = serializers.CharField()
    months_begun = serializers.IntegerField()
    assessed = serializers.CharField()
    rows = ActualRowSerializer(many=True)
    total = ActualRowSerializer()


def row_told(each: Actual, currency: str) -> dict[str, str]:
    """One category as the API says it."""
    sums = {
        "planned": each.planned,
        "planned_until_now": each.until_now,
        "spent": each.spent,
        "left": each.left,
    }
    return {
        "category": each.category,
        **{name: Money(minor, currency).decimal_string() for name, minor in sums.items()},
    }


def told(request: Request, budget: Budget) -> dict[str, Any]:
    """A version as the page shows it; the categories of a unit that is closed to the caller stand together."""
    seat = seat_at(request)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=budget.unit_id)
    found = actuals(seat.agency, budget, lines_of(budget))
    return {
        "budget": budget.pk,
        "currency": budget.currency,
        "months_begun": found.months,
        "assessed": Money(found.assessed, budget.currency).decimal_string(),
        "rows": [row_told(each, budget.currency) for each in shown(found, withheld=bool(unit.is_withheld))],
        "total": row_told(found.total, budget.currency),
    }


class PlanAgainstActual(APIView):
    """What a version plans to spend by category, and what was spent."""

    right = "budgets.view"

    @reads("budget_actual", ActualSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(told(request, budget_seen(request, pk)))


urlpatterns = [path("budgets/<int:pk>/actual/", PlanAgainstActual.as_view(), name="api_budget_actual")]
