"""The lines of a draft, written together."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import KEY, by, given, once_by
from budgets import operations
from budgets.api.doors import BudgetWithLinesSerializer, budget_to_change, id_field, owners_for, whole
from budgets.line_words import MOST_LINES, LinesWrong, LineWords
from budgets.models import Budget, Line
from budgets.phasing import MONTHS
from core.money import Money, WrongAmount, parse_amount
from imports.reading.lists import Problem
from imports.wrong_lists import ListWrongSerializer, wrong_answer
from ssu.models import Worker


class BudgetLineWritten(serializers.Serializer[Any]):
    """A line; without `line` it is a new one. Amounts are exact decimals in the currency of the budget. Without
    `months` it is spread evenly, or in the proportions that stand.
    """

    line = id_field(required=False, allow_null=True, default=None)
    impact = serializers.CharField(max_length=250)
    category = serializers.CharField(max_length=80)
    kind = serializers.ChoiceField(choices=Line.Kind.choices, required=False, default=Line.Kind.EXPENSE.value)
    amount = serializers.CharField(max_length=30)
    priority = serializers.IntegerField(min_value=1, max_value=32_767, required=False, default=1)
    months = serializers.ListField(
        child=serializers.CharField(max_length=30),
        min_length=MONTHS,
        max_length=MONTHS,
        required=False,
        allow_null=True,
        default=None,
    )
    owner = id_field(required=False, allow_null=True, default=None)


class BudgetLinesWritten(serializers.Serializer[Any]):
    """The lines to write and those to take out; what is in neither stays. `revision` is that of the version which was
    read.
    """

    revision = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
    lines = BudgetLineWritten(many=True, required=False, default=list)
    removed = serializers.ListField(child=id_field(), required=False, default=list, max_length=MOST_LINES)

    def validate_lines(self, lines: list[Any]) -> list[Any]:
        if len(lines) > MOST_LINES:
            raise serializers.ValidationError(f"A budget has at most {MOST_LINES} lines.")
        return lines


class Lines(APIView):
    """Write lines of a draft, all or none: 422 `budget_lines_wrong` with everything that is wrong, by the place in
    `lines`; 409 `budget_not_a_draft`, `changed_since_seen`.
    """

    right = "budgets.edit"

    @extend_schema(
        operation_id="write_budget_lines",
        parameters=[KEY],
        request=BudgetLinesWritten,
        responses={200: BudgetWithLinesSerializer, 422: OpenApiResponse(ListWrongSerializer)},
    )
    def put(self, request: Request, agency: str, pk: int) -> Response:
        budget = budget_to_change(request, pk)
        said = given(BudgetLinesWritten, request)
        given_by: dict[str, Any] = {**by(request), "budget": budget, "revision": said["revision"]}
        owners = owners_for(request, budget)

        def write() -> int:
            rows = typed(said["lines"], budget, owners)
            operations.write_lines(**given_by, rows=rows, removed=said["removed"])
            return budget.pk

        try:
            once_by(request, write)
        except LinesWrong as wrong:
            return wrong_answer(wrong)
        return Response(BudgetWithLinesSerializer(whole(request, pk)).data)


def typed(lines: list[dict[str, Any]], budget: Budget, owners: Mapping[int, Worker]) -> list[LineWords]:
    """The lines with exact amounts and people. Raises LinesWrong."""
    problems: list[Problem] = []
    found = [line_of(row, said, budget, owners, problems) for row, said in enumerate(lines, 1)]
    if problems:
        raise LinesWrong(problems)
    return [each for each in found if each is not None]


def line_of(
    row: int, said: dict[str, Any], budget: Budget, owners: Mapping[int, Worker], problems: list[Problem]
) -> LineWords | None:
    """One line; None, with what is wrong noted, when it is none."""
    amounts = amounts_of(row, [said["amount"], *(said["months"] or [])], budget.currency, problems)
    owner = owners.get(said["owner"] or 0)
    if said["owner"] and owner is None:
        problems.append(Problem(row, "owner", "This person does not serve in the unit. Choose somebody of its team."))
    if amounts is None:
        return None
    names = ("line", "impact", "category", "kind", "priority")
    months = tuple(each.minor for each in amounts[1:]) or None
    return LineWords(row=row, **{name: said[name] for name in names}, amount=amounts[0], months=months, owner=owner)


def amounts_of(row: int, texts: list[str], currency: str, problems: list[Problem]) -> list[Money] | None:
    """The amount and the months, exact; None, with what is wrong noted, when one of them is none."""
    found = []
    for place, text in enumerate(texts):
        try:
            found.append(parse_amount(text, currency))
        except WrongAmount as refusal:
            problems.append(Problem(row, "months" if place else "amount", str(refusal)))
    return found if len(found) == len(texts) else None


urlpatterns = [path("budgets/<int:pk>/lines/", Lines.as_view(), name="api_budget_lines")]
