"""The API of units: the same list, filters, operations, rights and masking as the pages."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu.models import Discretion, Strategy, Unit
from ssu.operations import add_unit, edit_unit, set_archived
from ssu.queries.counts import progress_of
from ssu.queries.units import narrowed
from ssu.reached import unit_seen
from ssu.unit_filters import filters_of

FILTERS = ("q", "strategy", "leader", "kind", "archived")
SAID = ("code", "name", "kind", "discretion", "alias", "place", "region", "shift_date")


class UnitSerializer(serializers.Serializer[Any]):
    """A unit as the caller may know it: name and place are the shown ones; `masked`: something is kept back."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField(source="shown_name")
    place = serializers.CharField(source="shown_place")
    masked = serializers.BooleanField(source="is_masked")
    kind = serializers.CharField()
    discretion = serializers.CharField()
    status = serializers.CharField()
    strategy = serializers.CharField(source="strategy.code")
    items_settled = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()

    def get_items_settled(self, unit: Any) -> int | None:
        """Items completed or not applicable; null where the caller may not see the roll-out."""
        progress = self.context["progress"].get(unit.pk)
        return progress.settled if progress else None

    def get_items(self, unit: Any) -> int | None:
        """All items; null where the caller may not see the roll-out."""
        progress = self.context["progress"].get(unit.pk)
        return progress.total if progress else None


class UnitWritten(serializers.Serializer[Any]):
    """What is said about a unit. `strategy` is the code of one at work, or the one that the unit has."""

    strategy = serializers.CharField(max_length=20)
    code = serializers.CharField(max_length=20, help_text="everybody sees it, so it tells no closed place or people")
    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=Unit.Kind.choices)
    discretion = serializers.ChoiceField(choices=Discretion.choices, required=False, default=Discretion.OPEN)
    alias = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    place = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    region = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    shift_date = DayField(required=False, allow_null=True, default=None)


def units_seen(seat: Seat) -> Any:
    return Unit.objects.seen_by(seat).select_related("strategy")


def shown_units(seat: Seat, units: list[Any]) -> list[dict[str, Any]]:
    """Units with their progress where the seat may see it. One query more, whatever their number."""
    reached = seat.unit_ids("rollout.view")
    visible = [unit.pk for unit in units if reached is None or unit.pk in reached]
    context = {"progress": progress_of(visible, seat.agency.today())}
    return [dict(each) for each in UnitSerializer(units, many=True, context=context).data]


def with_strategy(said: dict[str, Any], unit: Unit | None = None) -> dict[str, Any]:
    """What was sent, with the strategy in the place of its code. 400 for one that is unknown or put away."""
    if "strategy" not in said:
        return said
    found = Strategy.objects.filter(code=said["strategy"]).first()
    if found is None or (found.status != Strategy.Status.ACTIVE and (unit is None or unit.strategy_id != found.pk)):
        raise serializers.ValidationError({"strategy": ["No strategy that is not archived has this code."]})
    return {**said, "strategy": found}


class Units(APIView):
    """The units that the caller may see, by shown name, narrowed like the register: `q` (looked for in what is shown
    only), `strategy` and `leader` (ids), `kind`, `archived`; and adding one.
    """

    right = {"GET": "units.view", "POST": "units.edit"}

    @lists("units_list", UnitSerializer, *FILTERS)
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        found = narrowed(seat, filters_of(request.query_params))
        return paged(self, request, found, lambda page: shown_units(seat, page))

    @writes("add_unit", takes=UnitWritten, answers=UnitSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        """409 `code_taken`, `alias_missing`, `alias_tells`."""
        said = with_strategy(given(UnitWritten, request))
        made = once_by(request, lambda: add_unit(**by(request), **said))
        return answer(request, made or 0, status=201)


class OneUnit(APIView):
    """One unit."""

    right = "units.view"

    @reads("unit", UnitSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return answer(request, unit_seen(seat_at(request), pk).pk)


class UnitSettings(APIView):
    """What is said about a unit, in full, and changing what is named of it. A stricter level works at once."""

    right = "units.edit"

    @reads("unit_settings", UnitWritten)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return settings(request, pk)

    @writes("edit_unit", takes=UnitWritten, answers=UnitWritten)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        """409 `code_taken`, `alias_missing`, `alias_tells`; `lowering_needs_two` for a less strict level."""
        unit = unit_seen(seat_at(request), pk, self.right)
        said = with_strategy(given(UnitWritten, request, partial=True), unit)
        once_by(request, lambda: edit_unit(**by(request), unit=unit, **said))
        return settings(request, pk)


class ArchiveUnit(APIView):
    """Put a unit away: nothing of it is lost."""

    right = "units.edit"

    @writes("archive_unit", answers=UnitSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return kept(request, pk, archived=True)


class RestoreUnit(APIView):
    """Take an archived unit up again."""

    right = "units.edit"

    @writes("restore_unit", answers=UnitSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return kept(request, pk, archived=False)


def kept(request: Request, pk: int, *, archived: bool) -> Response:
    """The unit, put away or taken up."""
    unit = unit_seen(seat_at(request), pk, "units.edit")
    once_by(request, lambda: set_archived(**by(request), unit=unit, archived=archived))
    return answer(request, pk)


def settings(request: Request, pk: int) -> Response:
    """All that is said about a unit, for who may change it."""
    unit = unit_seen(seat_at(request), pk, "units.edit")
    said = {name: getattr(unit, name) for name in SAID}
    return Response(UnitWritten({"strategy": unit.strategy.code, **said}).data)


def answer(request: Request, pk: int, status: int = 200) -> Response:
    """A unit as the caller may know it."""
    seat = seat_at(request)
    return Response(shown_units(seat, [units_seen(seat).get(pk=pk)])[0], status=status)


urlpatterns = [
    path("units/", Units.as_view(), name="api_units"),
    path("units/<int:pk>/", OneUnit.as_view(), name="api_unit"),
    path("units/<int:pk>/settings/", UnitSettings.as_view(), name="api_unit_settings"),
    path("units/<int:pk>/archive/", ArchiveUnit.as_view(), name="api_unit_archive"),
    path("units/<int:pk>/restore/", RestoreUnit.as_view(), name="api_unit_restore"),
]
