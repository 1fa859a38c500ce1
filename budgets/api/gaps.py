"""What units and lines are short of, the biggest gap first; and one unit's lines by month."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import lists, paged, seat_at
from agencies.models import Agency
from agencies.seats import Seat
from budgets import queries
from budgets.api.doors import YEARS, id_field
from budgets.gaps import Gap, Span, basis_of, gaps
from budgets.gaps_page import Named, names_of, words_of
from budgets.months import by_month, months_of
from budgets.queries import LineCoverage
from budgets.scenario import chosen_among, lost, may_choose, promised_to
from core.money import Money
from ssu.models import Unit
from ssu.queries.units import Filters, fitting

Shown = dict[str, Any]
AMOUNTS = ("planned", "received", "committed", "open")


class MonthField(serializers.Field[date, str, str, Any]):
    """A month as `2026-03`."""

    default_error_messages = {"no_month": "Write a month as year and month: 2026-03."}

    def to_internal_value(self, data: Any) -> date:
        said = str(data)
        if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", said):
            self.fail("no_month")
        return date(int(said[:4]), int(said[5:]), 1)

    def to_representation(self, value: date) -> str:
        return f"{value:%Y-%m}"


class GapFilters(serializers.Serializer[Any]):
    """Which rows, and which months of the fiscal year: `month` alone, or all `until` the end of one. `leader` is the
    number of a worker; `q` are letters of what the caller is told as the name of a unit.
    """

    by = serializers.ChoiceField(choices=("unit", "line"), default="unit")
    month = MonthField(required=False)
    until = MonthField(required=False)
    currency = serializers.RegexField("^[A-Z]{3}$", required=False)
    below = serializers.IntegerField(min_value=1, max_value=100, required=False)
    unit = id_field(required=False)
    strategy = id_field(required=False)
    leader = id_field(required=False)
    kind = serializers.ChoiceField(choices=Unit.Kind.choices, required=False)
    q = serializers.CharField(max_length=100, required=False, allow_blank=True)

    def validate(self, attrs: Shown) -> Shown:
        if "month" in attrs and "until" in attrs:
            raise serializers.ValidationError({"until": ["Ask for `month` or for `until`, not both."]})
        return attrs


class GapSerializer(serializers.Serializer[Any]):
    """Amounts are exact decimal strings in `currency`. `line` and what follows it are null and empty in rows by unit;
    the words of a line are empty while its unit is closed to the caller.
    """

    budget = serializers.IntegerField()
    unit = serializers.IntegerField()
    currency = serializers.CharField()
    planned = serializers.CharField()
    received = serializers.CharField()
    committed = serializers.CharField()
    open = serializers.CharField()
    line = serializers.IntegerField(allow_null=True)
    identity = serializers.UUIDField(allow_null=True, help_text="the same in every version and year")
    impact = serializers.CharField()
    category = serializers.CharField()


class LineMonthSerializer(serializers.Serializer[Any]):
    """One month of a line, in exact decimals."""

    month = serializers.CharField(help_text="as 2026-03")
    planned = serializers.CharField()
    received = serializers.CharField()
    committed = serializers.CharField()
    open = serializers.CharField()


class LineByMonthSerializer(GapSerializer):
    """A line over the year, with its months for who reads the ledger and without them (null) for everybody else."""

    months = LineMonthSerializer(many=True, allow_null=True)


def span_asked(agency: Agency, year: int, said: Shown) -> Span:
    """The months that are asked for. 400 for a month of another fiscal year."""
    name = "month" if "month" in said else "until" if "until" in said else ""
    if not name:
        return Span()
    months = months_of(agency, year) if YEARS[0] <= year <= YEARS[1] else []
    if said[name] not in months:
        raise serializers.ValidationError({name: ["This month is not in the fiscal year of the address."]})
    place = months.index(said[name])
    return Span(place if name == "month" else 0, place)


def told(row: Gap, named: Named) -> Shown:
    """A row as the API says it."""
    line, code = row.line, row.budget.currency
    return {
        "budget": row.budget.pk,
        "unit": row.budget.unit_id,
        "currency": code,
        **{name: Money(getattr(row, name), code).decimal_string() for name in AMOUNTS},
        "line": line.pk if line else None,
        "identity": line.root if line else None,
        "impact": words_of(row, named),
        "category": "" if line is None or named.withheld else line.category,
    }


def units_asked(seat: Seat, said: Shown) -> Any:
    """The units that are asked for, found by what the seat is shown of them, as on the page; all of them where nothing
    of the kind is asked, also for a key that reaches budgets and no units.
    """
    filters = Filters(said.get("q", "").strip(), said.get("strategy"), said.get("leader"), said.get("kind", ""))
    found = Unit.objects.all() if filters == Filters() else fitting(seat, filters)
    return found.filter(pk=said["unit"]) if "unit" in said else found


UNSEEN = Named("", withheld=True)
ASKED = ("by", "month", "until", "currency", "below", "unit", "strategy", "leader", "kind", "q")


class Gaps(APIView):
    """Budgets in force of a fiscal year, or their lines: by currency, and in each the biggest gap first. Months are for
    who reads the ledger (403).
    """

    right = "budgets.view"

    @lists("coverage_gaps", GapSerializer, *ASKED)
    def get(self, request: Request, agency: str, year: int) -> Response:
        seat, asked = seat_at(request), GapFilters(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        span = span_asked(seat.agency, year, said)
        if not span.is_whole and not seat.can("ledger.view"):
            raise PermissionDenied("ledger.view")
        units, by_line = units_asked(seat, said), said["by"] == "line"
        found = gaps(seat, year, units=units.values("pk"), span=span, by_line=by_line, below=said.get("below"))
        rows = [each for each in found if said.get("currency", each.budget.currency) == each.budget.currency]
        return paged(self, request, rows, lambda page: all_told(request, page))


def all_told(request: Request, rows: list[Gap]) -> list[Shown]:
    """A page of rows, without the words of units that the seat does not see. One query."""
    names = names_of(seat_at(request), rows)
    return [told(row, names.get(row.budget.unit_id, UNSEEN)) for row in rows]


WITHOUT = OpenApiParameter("without", int, many=True, description="Giving units left out; it may be repeated.")


def left_out(request: Request, budget: Any, *, withheld: bool) -> int:
    """What is not counted, in minor units. 400 for a giving unit that promised nothing here that its reader may see."""
    seat, said = seat_at(request), set(request.query_params.getlist("without"))
    if not said:
        return 0
    if not may_choose(seat, budget, withheld=withheld):
        raise PermissionDenied("partners.amounts")
    promised = promised_to(seat, budget)
    without = chosen_among(said, promised)
    if len(without) < len(said):
        raise serializers.ValidationError({"without": ["Name giving units that promised something to this unit."]})
    return lost(promised, without)


class LinesByMonth(APIView):
    """The expense lines of a unit's budget in force, what is covered first on top; without what the giving units
    `without` promised, for who may read it (403).
    """

    right = "budgets.view"

    @extend_schema(operation_id="coverage_lines", responses=LineByMonthSerializer(many=True), parameters=[WITHOUT])
    def get(self, request: Request, agency: str, year: int, unit_id: int) -> Response:
        seat = seat_at(request)
        budget = get_object_or_404(queries.budgets_in_force(seat, year), unit_id=unit_id)
        unit = get_object_or_404(Unit.objects.seen_by(seat), pk=unit_id)
        named = Named(unit.shown_name, bool(unit.is_withheld))
        months = months_of(seat.agency, year) if seat.can("ledger.view", unit_id) else None
        rows = [
            told(as_gap(budget, each), named) | {"months": in_months(each, months, budget.currency)}
            for each in basis_of(seat.agency, budget).covered(left_out(request, budget, withheld=named.withheld))
        ]
        return Response(rows)


def as_gap(budget: Any, each: LineCoverage) -> Gap:
    """A line over the whole year."""
    return Gap(budget, each.line, each.line.amount, each.received, each.committed)


def in_months(each: LineCoverage, months: list[date] | None, code: str) -> list[Shown] | None:
    """The months of a line."""
    if months is None:
        return None
    return [
        {"month": f"{month.first:%Y-%m}"}
        | {name: Money(getattr(month, name), code).decimal_string() for name in AMOUNTS}
        for month in by_month(each, months)
    ]


urlpatterns = [
    path("coverage/<int:year>/gaps/", Gaps.as_view(), name="api_coverage_gaps"),
    path("coverage/<int:year>/<int:unit_id>/lines/", LinesByMonth.as_view(), name="api_coverage_lines"),
]
