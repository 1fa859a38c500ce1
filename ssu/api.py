"""The API of units and their roll-out: the same operations, rights and masking as the pages."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.seats import Seat
from ssu import activity_endpoints, coaching_endpoints, copying_endpoints, dialogue_endpoints, invitation_endpoints
from ssu.models import ActionItem, Unit
from ssu.operations import claim_item, confirm_item
from ssu.queries.counts import progress_of
from ssu.queries.people import names_in


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


class ItemSerializer(serializers.Serializer[Any]):
    """An action item. While the unit is closed to the caller, `reason` is kept back (null), and so is the wording of an
    item of the agency's own.
    """

    unit = serializers.IntegerField(source="unit_id")
    key = serializers.CharField()
    step = serializers.IntegerField()
    wording = serializers.CharField(source="shown_wording")
    state = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    claimed_at = serializers.DateTimeField(allow_null=True)
    claimed_by = serializers.SerializerMethodField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    confirmed_by = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    def get_claimed_by(self, item: Any) -> str | None:
        """The name that the caller may know."""
        return self.name(item.claimed_by_id)

    def get_confirmed_by(self, item: Any) -> str | None:
        """The name that the caller may know."""
        return self.name(item.confirmed_by_id)

    def get_reason(self, item: Any) -> str | None:
        """Why it is not applicable, or was opened again."""
        return None if item.is_withheld else item.reason

    def name(self, user_id: int | None) -> str | None:
        found: str | None = self.context["names"].get(user_id)
        return found


class NoteSerializer(serializers.Serializer[Any]):
    """Words that go with a claim or a confirmation."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=2000, default="")


def units_seen(seat: Seat) -> Any:
    return Unit.objects.seen_by(seat).select_related("strategy")


def shown_units(seat: Seat, units: list[Any]) -> list[dict[str, Any]]:
    """Units with their progress where the seat may see it. One query more, whatever their number."""
    reached = seat.unit_ids("rollout.view")
    visible = [unit.pk for unit in units if reached is None or unit.pk in reached]
    context = {"progress": progress_of(visible, seat.agency.today())}
    return [dict(each) for each in UnitSerializer(units, many=True, context=context).data]


def shown_items(seat: Seat, items: list[Any]) -> list[dict[str, Any]]:
    """Items of one unit with the names that the seat may know. Three queries more, whatever their number."""
    names = (
        names_in(
            seat, items[0].unit_id, {user for item in items for user in (item.claimed_by_id, item.confirmed_by_id)}
        )
        if items
        else {}
    )
    return [dict(each) for each in ItemSerializer(items, many=True, context={"names": names}).data]


class Units(APIView):
    """The units that the caller may see, by shown name; `?q=` looks in what is shown only."""

    right = "units.view"

    @extend_schema(operation_id="units_list", responses=UnitSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        found = units_seen(seat)
        words = request.query_params.get("q", "").strip()[:100]
        pages = LimitOffsetPagination()
        pages.default_limit, pages.max_limit = 100, 500
        page: list[Any] | None = pages.paginate_queryset(found.naming(words) if words else found, request, view=self)
        return pages.get_paginated_response(shown_units(seat, page or []))


class OneUnit(APIView):
    """One unit."""

    right = "units.view"

    @extend_schema(operation_id="unit", responses=UnitSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        return Response(shown_units(seat, [get_object_or_404(units_seen(seat), pk=pk)])[0])


class UnitItems(APIView):
    """The action items of a unit, in the order of the steps."""

    right = "rollout.view"

    @extend_schema(operation_id="unit_items", responses=ItemSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        unit = get_object_or_404(units_seen(seat), pk=pk)
        reachable(seat, "rollout.view", unit.pk)
        return Response(shown_items(seat, list(ActionItem.objects.seen_by(seat).filter(unit=pk).in_order())))


class OneItem(APIView):
    """One action item, by unit and key."""

    right = "rollout.view"

    @extend_schema(operation_id="unit_item", responses=ItemSerializer)
    def get(self, request: Request, agency: str, pk: int, key: str) -> Response:
        seat: Seat = request.seat  # type: ignore[attr-defined]
        return Response(shown_items(seat, [item_seen(seat, pk, key, "rollout.view")])[0])


class Claim(APIView):
    """Claim an item as done. It needs evidence: 409 `no_evidence` without."""

    right = "rollout.claim"

    @extend_schema(operation_id="claim_item", request=NoteSerializer, responses=ItemSerializer)
    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        return act(request, pk, key, self.right, claim_item)


class Confirm(APIView):
    """Confirm somebody else's claim: 409 `own_claim` for one's own."""

    right = "rollout.confirm"

    @extend_schema(operation_id="confirm_item", request=NoteSerializer, responses=ItemSerializer)
    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        return act(request, pk, key, self.right, confirm_item)


def item_seen(seat: Seat, pk: int, key: str, right: str) -> Any:
    """An item that the caller may see; 404 for others, 403 where the right does not reach its unit."""
    item = get_object_or_404(ActionItem.objects.seen_by(seat), unit=pk, key=key)
    reachable(seat, right, item.unit_id)
    return item


def act(request: Request, pk: int, key: str, right: str, operation: Any) -> Response:
    """Run an operation on an item and answer with how it stands then."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    item = item_seen(seat, pk, key, right)
    if item.is_withheld:  # nobody changes what they may not read
        raise Http404
    given = NoteSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    operation(agency=seat.agency, actor=request.user, item=item, note=given.validated_data["note"])
    return Response(shown_items(seat, [item_seen(seat, pk, key, right)])[0])


urlpatterns = [
    *copying_endpoints.urlpatterns,
    *invitation_endpoints.urlpatterns,
    *activity_endpoints.urlpatterns,
    *dialogue_endpoints.urlpatterns,
    *coaching_endpoints.urlpatterns,
    path("units/", Units.as_view(), name="api_units"),
    path("units/<int:pk>/", OneUnit.as_view(), name="api_unit"),
    path("units/<int:pk>/items/", UnitItems.as_view(), name="api_items"),
    path("units/<int:pk>/items/<str:key>/", OneItem.as_view(), name="api_item"),
    path("units/<int:pk>/items/<str:key>/claim/", Claim.as_view(), name="api_item_claim"),
    path("units/<int:pk>/items/<str:key>/confirm/", Confirm.as_view(), name="api_item_confirm"),
]
