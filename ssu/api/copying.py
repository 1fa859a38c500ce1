"""The API of copying a unit and of the agency's own action items: the same operations and rights as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from ssu import copying
from ssu.models import Discretion, Evidence, OwnItem, Strategy, Unit
from ssu.operations import (
    add_own_item,
    copy_unit,
    give_own_item,
    need_whole,
    restore_own_item,
    retire_own_item,
    reword_own_item,
)
from ssu.queries.own_items import own_items
from ssu.reached import unit_seen


class PartSerializer(serializers.Serializer[Any]):
    """A part of a unit that can be copied, and how much there is of it."""

    key = serializers.CharField()
    title = serializers.CharField()
    count = serializers.IntegerField()


class CopySerializer(serializers.Serializer[Any]):
    """The new unit. `strategy` is the code of one at work; `first_due_on` is needed with the part `plan`."""

    name = serializers.CharField(max_length=120)
    code = serializers.CharField(max_length=20)
    strategy = serializers.CharField(max_length=20)
    discretion = serializers.ChoiceField(choices=Discretion.choices)
    alias = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    place = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    region = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    parts = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    first_due_on = DayField(required=False, allow_null=True, default=None)

    def validate_strategy(self, code: str) -> Strategy:
        """The strategy with this code."""
        found: Strategy | None = Strategy.objects.filter(code=code, status=Strategy.Status.ACTIVE).first()
        if found is None:
            raise serializers.ValidationError("No strategy that is not archived has this code.")
        return found

    def validate_parts(self, keys: list[str]) -> list[str]:
        """Known parts only: a slip would silently copy less."""
        unknown = sorted(set(keys) - {part.key for part in copying.parts()})
        if unknown:
            raise serializers.ValidationError(f"These parts are not known: {', '.join(unknown)}.")
        return keys


class CopiedSerializer(serializers.Serializer[Any]):
    """The copy."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    copied_from = serializers.IntegerField(source="copied_from_id")


class OwnItemSerializer(serializers.Serializer[Any]):
    """An item of the agency's own: `units` of those active have it, in `settled` of them it is done or set aside."""

    id = serializers.IntegerField(read_only=True)
    key = serializers.CharField(read_only=True)
    step = serializers.IntegerField(min_value=1, max_value=6)
    wording = serializers.CharField(max_length=200, source="words")
    evidence_kind = serializers.ChoiceField(
        choices=Evidence.Kind.choices, required=False, allow_blank=True, default="", help_text="a claim needs one"
    )
    for_all = serializers.BooleanField(required=False, default=True)
    retired_at = serializers.DateTimeField(read_only=True, allow_null=True)
    units = serializers.IntegerField(read_only=True, source="units_with")
    settled = serializers.IntegerField(read_only=True)


class NewOwnItemSerializer(OwnItemSerializer):
    """A new item; without `for_all` it is for the units with these ids."""

    unit_ids = serializers.ListField(child=serializers.IntegerField(), required=False, default=list, write_only=True)


class WordingSerializer(serializers.Serializer[Any]):
    """The next version of an item's words."""

    wording = serializers.CharField(max_length=200)


class UnitIdsSerializer(serializers.Serializer[Any]):
    """Units by id."""

    unit_ids = serializers.ListField(child=serializers.IntegerField())


def units_named(seat: Seat, ids: list[int]) -> list[Unit]:
    """Active units of these ids that the caller sees; 404 when one is not among them."""
    return [get_object_or_404(Unit.objects.seen_by(seat).active(), pk=pk) for pk in dict.fromkeys(ids)]


def shown(pk: int) -> dict[str, Any]:
    """One own item as the API shows it."""
    return dict(OwnItemSerializer(get_object_or_404(own_items(), pk=pk)).data)


class UnitCopy(APIView):
    """What a copy of a unit can take over, and making one."""

    right = "units.edit"

    def source(self, request: Request, pk: int) -> tuple[Seat, Unit]:
        """The unit to copy: 404 when not seen, 403 when not reached or not seen whole."""
        seat = seat_at(request)
        found = unit_seen(seat, pk, self.right)
        need_whole(seat, found)
        return seat, found

    @reads("unit_copy_parts", PartSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat, found = self.source(request, pk)
        rows = [{"key": part.key, "title": part.title, "count": count} for part, count in copying.offered(seat, found)]
        return Response(PartSerializer(rows, many=True).data)

    @writes("copy_unit", takes=CopySerializer, answers=CopiedSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        _seat, found = self.source(request, pk)
        said = given(CopySerializer, request)
        made = once_by(request, lambda: copy_unit(**by(request), source=found, **said))
        return Response(CopiedSerializer(Unit.objects.get(pk=made)).data, status=201)


class OwnItems(APIView):
    """The agency's own items, by step."""

    right = "settings.edit"
    called = {"units": "unit_ids"}

    @lists("own_items_list", OwnItemSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, own_items(), lambda page: OwnItemSerializer(page, many=True).data)

    @writes("add_own_item", takes=NewOwnItemSerializer, answers=OwnItemSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said = given(NewOwnItemSerializer, request)
        said["units"] = units_named(seat_at(request), said.pop("unit_ids"))
        said["wording"] = said.pop("words")
        made = once_by(request, lambda: add_own_item(**by(request), **said))
        return Response(shown(made or 0), status=201)


class OneOwnItem(APIView):
    """One own item, and retiring it."""

    right = "settings.edit"

    @reads("own_item", OwnItemSerializer)
    def get(self, request: Request, agency: str, own_item: int) -> Response:
        return Response(shown(own_item))

    @writes("retire_own_item", answers=OwnItemSerializer)
    def delete(self, request: Request, agency: str, own_item: int) -> Response:
        """Retire it; nothing of it is deleted."""
        found = get_object_or_404(OwnItem, pk=own_item)
        once_by(request, lambda: retire_own_item(**by(request), own_item=found))
        return Response(shown(own_item))


class RewordOwnItem(APIView):
    """The next version of an own item's words."""

    right = "settings.edit"

    @writes("reword_own_item", takes=WordingSerializer, answers=OwnItemSerializer)
    def post(self, request: Request, agency: str, own_item: int) -> Response:
        found = get_object_or_404(OwnItem, pk=own_item)
        said = given(WordingSerializer, request)
        once_by(request, lambda: reword_own_item(**by(request), own_item=found, **said))
        return Response(shown(own_item))


class GiveOwnItem(APIView):
    """Give an own item to more units."""

    right = "settings.edit"
    called = {"units": "unit_ids"}

    @writes("give_own_item", takes=UnitIdsSerializer, answers=OwnItemSerializer)
    def post(self, request: Request, agency: str, own_item: int) -> Response:
        found = get_object_or_404(OwnItem, pk=own_item)
        units = units_named(seat_at(request), given(UnitIdsSerializer, request)["unit_ids"])
        once_by(request, lambda: give_own_item(**by(request), own_item=found, units=units))
        return Response(shown(own_item))


class RestoreOwnItem(APIView):
    """Take a retired item up again."""

    right = "settings.edit"

    @writes("restore_own_item", answers=OwnItemSerializer)
    def post(self, request: Request, agency: str, own_item: int) -> Response:
        found = get_object_or_404(OwnItem, pk=own_item)
        once_by(request, lambda: restore_own_item(**by(request), own_item=found))
        return Response(shown(own_item))


urlpatterns = [
    path("units/<int:pk>/copy/", UnitCopy.as_view(), name="api_unit_copy"),
    path("own-items/", OwnItems.as_view(), name="api_own_items"),
    path("own-items/<int:own_item>/", OneOwnItem.as_view(), name="api_own_item"),
    path("own-items/<int:own_item>/reword/", RewordOwnItem.as_view(), name="api_own_item_reword"),
    path("own-items/<int:own_item>/give/", GiveOwnItem.as_view(), name="api_own_item_give"),
    path("own-items/<int:own_item>/restore/", RestoreOwnItem.as_view(), name="api_own_item_restore"),
]
