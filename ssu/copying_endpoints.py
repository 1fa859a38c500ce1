"""The API of copying a unit and of the agency's own action items: the same operations and rights as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.seats import Seat
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
    first_due_on = serializers.DateField(required=False, allow_null=True, default=None)

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
        seat: Seat = request.seat  # type: ignore[attr-defined]
        found = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
        reachable(seat, self.right, found.pk)
        need_whole(seat, found)
        return seat, found

    @extend_schema(operation_id="unit_copy_parts", responses=PartSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat, found = self.source(request, pk)
        rows = [{"key": part.key, "title": part.title, "count": count} for part, count in copying.offered(seat, found)]
        return Response(PartSerializer(rows, many=True).data)

    @extend_schema(operation_id="copy_unit", request=CopySerializer, responses={201: CopiedSerializer})
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat, found = self.source(request, pk)
        given = CopySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = copy_unit(agency=seat.agency, actor=seat.membership.user, source=found, **given.validated_data)
        return Response(CopiedSerializer(made).data, status=201)


class OwnItems(APIView):
    """The agency's own items, by step."""

    right = "settings.edit"

    @extend_schema(operation_id="own_items_list", responses=OwnItemSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        return Response(OwnItemSerializer(own_items(), many=True).data)

    @extend_schema(operation_id="add_own_item", request=NewOwnItemSerializer, responses={201: OwnItemSerializer})
    def post(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        form = NewOwnItemSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        given = dict(form.validated_data)
        units = units_named(seat, given.pop("unit_ids"))
        wording = given.pop("words")
        made = add_own_item(agency=seat.agency, actor=seat.membership.user, units=units, wording=wording, **given)
        return Response(shown(made.pk), status=201)


class OneOwnItem(APIView):
    """One own item, and retiring it."""

    right = "settings.edit"

    @extend_schema(operation_id="own_item", responses=OwnItemSerializer)
    def get(self, request: Request, agency: str, own_item: int) -> Response:
        return Response(shown(own_item))

    @extend_schema(operation_id="retire_own_item", request=None, responses=OwnItemSerializer)
    def delete(self, request: Request, agency: str, own_item: int) -> Response:
        """Retire it; nothing of it is deleted."""
        seat: Seat = request.seat  # type: ignore[attr-defined]
        retire_own_item(
            agency=seat.agency, actor=seat.membership.user, own_item=get_object_or_404(OwnItem, pk=own_item)
        )
        return Response(shown(own_item))


class RewordOwnItem(APIView):
    """The next version of an own item's words."""

    right = "settings.edit"

    @extend_schema(operation_id="reword_own_item", request=WordingSerializer, responses=OwnItemSerializer)
    def post(self, request: Request, agency: str, own_item: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        found = get_object_or_404(OwnItem, pk=own_item)
        form = WordingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        reword_own_item(agency=seat.agency, actor=seat.membership.user, own_item=found, **form.validated_data)
        return Response(shown(own_item))


class GiveOwnItem(APIView):
    """Give an own item to more units."""

    right = "settings.edit"

    @extend_schema(operation_id="give_own_item", request=UnitIdsSerializer, responses=OwnItemSerializer)
    def post(self, request: Request, agency: str, own_item: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        found = get_object_or_404(OwnItem, pk=own_item)
        form = UnitIdsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        units = units_named(seat, form.validated_data["unit_ids"])
        give_own_item(agency=seat.agency, actor=seat.membership.user, own_item=found, units=units)
        return Response(shown(own_item))


class RestoreOwnItem(APIView):
    """Take a retired item up again."""

    right = "settings.edit"

    @extend_schema(operation_id="restore_own_item", request=None, responses=OwnItemSerializer)
    def post(self, request: Request, agency: str, own_item: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        restore_own_item(
            agency=seat.agency, actor=seat.membership.user, own_item=get_object_or_404(OwnItem, pk=own_item)
        )
        return Response(shown(own_item))


urlpatterns = [
    path("units/<int:pk>/copy/", UnitCopy.as_view(), name="api_unit_copy"),
    path("own-items/", OwnItems.as_view(), name="api_own_items"),
    path("own-items/<int:own_item>/", OneOwnItem.as_view(), name="api_own_item"),
    path("own-items/<int:own_item>/reword/", RewordOwnItem.as_view(), name="api_own_item_reword"),
    path("own-items/<int:own_item>/give/", GiveOwnItem.as_view(), name="api_own_item_give"),
    path("own-items/<int:own_item>/restore/", RestoreOwnItem.as_view(), name="api_own_item_restore"),
]
