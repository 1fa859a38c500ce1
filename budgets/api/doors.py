"""Getting the budget in an address, as what its caller may see and reach."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from agencies.access import reachable
from agencies.endpoints import seat_at
from budgets.models import Budget, Line
from budgets.owners import owners_offered
from budgets.reached import open_unit_at
from core.money import Money
from ssu.models import Unit

LARGEST = 2**63 - 1
YEARS = (1950, 2200)
"""The first and the last fiscal year that a budget may have."""
Shown = dict[str, Any]


def id_field(**said: Any) -> serializers.IntegerField:
    """The number of a row."""
    return serializers.IntegerField(min_value=1, max_value=LARGEST, **said)


class BudgetLineSerializer(serializers.Serializer[Any]):
    """A line in exact decimals of the budget's currency. `months` are those of the fiscal year, its first one first.
    The words are empty, and nobody looks after it, while the unit is closed to the caller.
    """

    line = serializers.IntegerField()
    impact = serializers.CharField()
    category = serializers.CharField()
    kind = serializers.ChoiceField(choices=Line.Kind.choices)
    amount = serializers.CharField()
    priority = serializers.IntegerField()
    months = serializers.ListField(child=serializers.CharField())
    owner = serializers.IntegerField(allow_null=True)
    identity = serializers.UUIDField(help_text="the same in every version and year")


class BudgetSerializer(serializers.Serializer[Any]):
    """One version of a unit's budget; `revision` is how often its lines were changed."""

    id = serializers.IntegerField()
    unit = serializers.IntegerField()
    fiscal_year = serializers.IntegerField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Budget.State.choices)
    currency = serializers.CharField()
    revision = serializers.IntegerField()
    copied_from = serializers.IntegerField(allow_null=True)
    made_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)


class BudgetWithLinesSerializer(BudgetSerializer):
    """A version with its lines, what is covered first on top."""

    lines = BudgetLineSerializer(many=True)


NAMES = ("fiscal_year", "version", "state", "currency", "revision", "made_at", "submitted_at", "approved_at")


def budget_told(budget: Budget) -> Shown:
    """A version as the API says it."""
    told = {name: getattr(budget, name) for name in NAMES}
    return told | {"id": budget.pk, "unit": budget.unit_id, "copied_from": budget.copied_from_id}


def line_told(line: Line, currency: str, *, withheld: bool) -> Shown:
    """A line as the API says it."""

    def exact(minor: int) -> str:
        return Money(minor, currency).decimal_string()

    return {
        "line": line.pk,
        "impact": "" if withheld else line.impact,
        "category": "" if withheld else line.category,
        "kind": line.kind,
        "amount": exact(line.amount),
        "priority": line.priority,
        "months": [exact(minor) for minor in line.months],
        "owner": None if withheld else line.owner_id,
        "identity": line.root,
    }


def budget_seen(request: Request, pk: int | None) -> Budget:
    """The version of an id, if the caller may see it; 404 otherwise."""
    found: Budget = get_object_or_404(Budget.objects.seen_by(seat_at(request)), pk=pk)
    return found


def budget_to_change(request: Any, pk: int) -> Budget:
    """The same for somebody who may change it and reads its words; 403 otherwise."""
    found = budget_seen(request, pk)
    open_unit_at(request, found.unit_id, "budgets.edit")
    return found


def budget_to_approve(request: Request, pk: int) -> Budget:
    """The same for somebody who may approve budgets of its unit; 403 otherwise."""
    found = budget_seen(request, pk)
    reachable(seat_at(request), "budgets.approve", found.unit_id)
    return found


def whole(request: Request, pk: int | None) -> Shown:
    """A version with its lines."""
    seat, found = seat_at(request), budget_seen(request, pk)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=found.unit_id)
    lines = Line.objects.filter(budget=found).order_by("kind", "priority", "pk")
    withheld = bool(unit.is_withheld)
    return budget_told(found) | {"lines": [line_told(each, found.currency, withheld=withheld) for each in lines]}


def owners_for(request: Request, budget: Budget) -> dict[int, Any]:
    """Who may look after a line of this draft, by number."""
    seat = seat_at(request)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=budget.unit_id)
    return owners_offered(seat, unit, Line.objects.filter(budget=budget))
