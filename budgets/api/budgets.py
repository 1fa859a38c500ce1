"""Versions of budgets: listed, begun, handed in, taken back, approved."""

from decimal import Decimal
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import NewestFirst, by, chosen, given, lists_by_cursor, once_by, reads, seat_at, writes
from agencies.seen import SeenWritten
from budgets import operations
from budgets.api.doors import (
    YEARS,
    BudgetSerializer,
    BudgetWithLinesSerializer,
    budget_to_approve,
    budget_to_change,
    budget_told,
    id_field,
    whole,
)
from budgets.forms.start import HIGHEST, LOWEST
from budgets.models import Budget
from budgets.reached import open_unit_at
from ssu.models import Unit


class BudgetFilters(serializers.Serializer[Any]):
    """Which versions are listed."""

    unit = id_field(required=False)
    fiscal_year = serializers.IntegerField(required=False, min_value=YEARS[0], max_value=YEARS[1])
    state = serializers.ChoiceField(choices=Budget.State.choices, required=False)


class BudgetWritten(serializers.Serializer[Any]):
    """For which unit and which fiscal year, named after the year in which it ends."""

    unit = id_field()
    fiscal_year = serializers.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    percent = serializers.DecimalField(
        max_digits=5,
        decimal_places=2,
        min_value=LOWEST,
        max_value=HIGHEST,
        default=Decimal(0),
        help_text="how much higher the amounts are than those of the model, in percent",
    )


class Budgets(APIView):
    """The versions that the caller may see, the newest first. And beginning the next one, with the lines of the latest
    before it: 409 `budget_in_the_making`, `line_vanishes`,
    `unit_archived`.
    """

    right = {"GET": "budgets.view", "POST": "budgets.edit"}

    @lists_by_cursor("budgets", BudgetSerializer, "unit", "fiscal_year", "state")
    def get(self, request: Request, agency: str) -> Response:
        asked = BudgetFilters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = Budget.objects.seen_by(seat_at(request)).filter(**asked.validated_data)
        pages = NewestFirst()
        page: list[Budget] = pages.paginate_queryset(found, request, view=self) or []
        return pages.get_paginated_response([budget_told(each) for each in page])

    @writes("start_budget", takes=BudgetWritten, answers=BudgetWithLinesSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(BudgetWritten, request)
        chosen(Unit.objects.seen_by(seat_at(request)), said["unit"], "unit", "There is no such unit.")
        unit = open_unit_at(request, said["unit"], "budgets.edit")  # type: ignore[arg-type]
        made = once_by(
            request,
            lambda: operations.start_budget(
                **by(request), unit=unit, fiscal_year=said["fiscal_year"], percent=said["percent"]
            ),
        )
        return Response(BudgetWithLinesSerializer(whole(request, made)).data, status=201)


class OneBudget(APIView):
    """One version with its lines."""

    right = "budgets.view"

    @reads("budget", BudgetWithLinesSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(BudgetWithLinesSerializer(whole(request, pk)).data)


class Submit(APIView):
    """Hand a draft in: 409 `budget_not_a_draft`, `budget_is_empty`."""

    right = "budgets.edit"

    @writes("submit_budget", answers=BudgetWithLinesSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        budget = budget_to_change(request, pk)
        once_by(request, lambda: operations.submit_budget(**by(request), budget=budget))
        return Response(BudgetWithLinesSerializer(whole(request, pk)).data)


class Withdraw(APIView):
    """Take a version back that waits for approval: 409 `budget_not_waiting`."""

    right = "budgets.edit"

    @writes("withdraw_budget", answers=BudgetWithLinesSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        budget = budget_to_change(request, pk)
        once_by(request, lambda: operations.withdraw_budget(**by(request), budget=budget))
        return Response(BudgetWithLinesSerializer(whole(request, pk)).data)


class Approve(APIView):
    """Put a version in force, as somebody who wrote none of it: 409 `author_cannot_approve`, `budget_not_waiting`,
    `changed_since_seen`.
    """

    right = "budgets.approve"

    @writes("approve_budget", takes=SeenWritten, answers=BudgetWithLinesSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        budget, said = budget_to_approve(request, pk), given(SeenWritten, request)
        once_by(request, lambda: operations.approve_budget(**by(request), budget=budget, revision=said["revision"]))
        return Response(BudgetWithLinesSerializer(whole(request, pk)).data)


urlpatterns = [
    path("budgets/", Budgets.as_view(), name="api_budgets"),
    path("budgets/<int:pk>/", OneBudget.as_view(), name="api_budget"),
    path("budgets/<int:pk>/submit/", Submit.as_view(), name="api_budget_submit"),
    path("budgets/<int:pk>/withdraw/", Withdraw.as_view(), name="api_budget_withdraw"),
    path("budgets/<int:pk>/approve/", Approve.as_view(), name="api_budget_approve"),
]
