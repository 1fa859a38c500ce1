"""The API of the action items of a unit, and of what people do to them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, chosen, given, lists, once_by, paged, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from core.opened import values_of
from ssu import operations
from ssu.models import ActionItem, ItemEvent
from ssu.models.discretion import shown_worker_name
from ssu.queries.items import may
from ssu.queries.people import members_to_assign, names_in
from ssu.reached import item_seen, open_item, unit_seen

NOT_HERE = "Choose somebody who serves in this unit today, or nobody."


class ItemSerializer(serializers.Serializer[Any]):
    """An action item. While the unit is closed to the caller, `reason` and who does it are kept back (null), and so is
    the wording of an item of the agency's own.
    """

    unit = serializers.IntegerField(source="unit_id")
    key = serializers.CharField()
    step = serializers.IntegerField()
    wording = serializers.CharField(source="shown_wording")
    state = serializers.CharField()
    due_on = DayField(allow_null=True)
    assignee = serializers.SerializerMethodField()
    assignee_name = serializers.SerializerMethodField()
    claimed_at = serializers.DateTimeField(allow_null=True)
    claimed_by = serializers.SerializerMethodField()
    confirmed_at = serializers.DateTimeField(allow_null=True)
    confirmed_by = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    def get_assignee(self, item: Any) -> int | None:
        """The id of the person; of a closed unit nobody learns who serves there."""
        return None if item.is_withheld else item.assignee_id

    def get_assignee_name(self, item: Any) -> str | None:
        """The name that the caller may know."""
        return item.assignee_name if item.assignee_id and not item.is_withheld else None

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


class PlanSerializer(serializers.Serializer[Any]):
    """By when, and who: the id of somebody who serves in the unit today. What is not named stays."""

    due_on = DayField(allow_null=True)
    assignee = serializers.IntegerField(allow_null=True)


class EventSerializer(serializers.Serializer[Any]):
    """One thing that was done to an item. `reason` is kept back (null) while the unit is closed to the caller."""

    kind = serializers.ChoiceField(choices=ItemEvent.Kind.choices)
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)


def items_seen(seat: Seat, unit_id: int) -> Any:
    named = ActionItem.objects.seen_by(seat).annotate(assignee_name=shown_worker_name("assignee", seat))
    return named.filter(unit=unit_id).in_order()


def shown_items(seat: Seat, items: list[Any]) -> list[dict[str, Any]]:
    """Items of one unit with the names that the seat may know. Three queries more, whatever their number."""
    people = {user for item in items for user in (item.claimed_by_id, item.confirmed_by_id)}
    names = names_in(seat, items[0].unit_id, people) if items else {}
    return [dict(each) for each in ItemSerializer(items, many=True, context={"names": names}).data]


def answer(request: Request, item: ActionItem) -> Response:
    """An item as it stands now."""
    seat = seat_at(request)
    return Response(shown_items(seat, [items_seen(seat, item.unit_id).get(pk=item.pk)])[0])


class UnitItems(APIView):
    """The action items of a unit, in the order of the steps: the eleven, and those of the agency's own that it was
    given. All of them at once, for they are one list of work.
    """

    right = "rollout.view"

    @reads("unit_items", ItemSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = unit_seen(seat, pk, self.right)
        return Response(shown_items(seat, list(items_seen(seat, unit.pk))))


class OneItem(APIView):
    """One action item, by unit and key."""

    right = "rollout.view"

    @reads("unit_item", ItemSerializer)
    def get(self, request: Request, agency: str, pk: int, key: str) -> Response:
        return answer(request, item_seen(seat_at(request), pk, key, self.right))


class ItemHistory(APIView):
    """What was done to an item, the newest first."""

    right = "rollout.view"

    @lists("item_history", EventSerializer)
    def get(self, request: Request, agency: str, pk: int, key: str) -> Response:
        item = item_seen(seat_at(request), pk, key, self.right)
        found = ItemEvent.objects.filter(item=item.pk).order_by("-pk")
        return paged(self, request, found, lambda page: shown_events(seat_at(request), item, page))


def shown_events(seat: Seat, item: Any, events: list[Any]) -> list[dict[str, Any]]:
    """Acts with the names that the seat may know. Three queries more, whatever their number."""
    names = names_in(seat, item.unit_id, {event.by_id for event in events})
    rows = [
        {
            "kind": event.kind,
            "at": event.at,
            "by": names.get(event.by_id),
            "reason": None if item.is_withheld else event.reason,
        }
        for event in events
    ]
    return [dict(each) for each in EventSerializer(rows, many=True).data]


class Act(APIView):
    """What people do to an item with a few words, and the item as it stands afterwards."""

    right: str
    takes: type[serializers.Serializer[Any]]
    operation: Callable[..., Any]

    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        said = given(self.takes, request)

        def act() -> None:
            self.need_may(seat_at(request), item)  # sent again it is done already, and answers as it did
            self.operation(**by(request), item=item, **said)

        once_by(request, act)
        return answer(request, item)

    def need_may(self, seat: Seat, item: ActionItem) -> None:
        """403 where the right alone does not say who may."""


@extend_schema_view(post=writes("claim_item", takes=NoteSerializer, answers=ItemSerializer))
class Claim(Act):
    """Claim an item as done. It needs evidence: 409 `no_evidence` without."""

    right, takes, operation = "rollout.claim", NoteSerializer, staticmethod(operations.claim_item)


@extend_schema_view(post=writes("confirm_item", takes=NoteSerializer, answers=ItemSerializer))
class Confirm(Act):
    """Confirm somebody else's claim: 409 `own_claim` for one's own."""

    right, takes, operation = "rollout.confirm", NoteSerializer, staticmethod(operations.confirm_item)


@extend_schema_view(post=writes("undo_item", takes=ReasonSerializer, answers=ItemSerializer))
class Undo(Act):
    """Take back what was done last: one's own claim, or anything for who confirms here. 409 `nothing_to_undo`; 422
    `undo_reason` without a reason where somebody else did it.
    """

    right, takes, operation = "rollout.view", ReasonSerializer, staticmethod(operations.undo_item)

    def need_may(self, seat: Seat, item: ActionItem) -> None:
        """403 for who neither claimed the item nor confirms here."""
        if not may(seat, item).undo and not seat.can("rollout.confirm", item.unit_id):
            raise PermissionDenied("rollout.confirm")


@extend_schema_view(post=writes("set_item_not_applicable", takes=ReasonSerializer, answers=ItemSerializer))
class SetAside(Act):
    """Set an item as not applicable: 409 `reason_missing` without a reason, `already_completed`."""

    right, takes, operation = "rollout.confirm", ReasonSerializer, staticmethod(operations.set_not_applicable)


class Plan(APIView):
    """Say who does an item, and by when: 409 `due_day_past`."""

    right = "rollout.view"

    @writes("plan_item", takes=PlanSerializer, answers=ItemSerializer)
    def patch(self, request: Request, agency: str, pk: int, key: str) -> Response:
        seat = seat_at(request)
        item = open_item(seat, pk, key, self.right)
        if not may(seat, item).plan:
            raise PermissionDenied("rollout.claim")
        stands = values_of(item, ("due_on", "assignee"), held=True)
        said = {**stands, **given(PlanSerializer, request, partial=True)}
        if isinstance(said["assignee"], int):
            said["assignee"] = chosen(members_to_assign(seat, item.unit), said["assignee"], "assignee", NOT_HERE)
        once_by(request, lambda: operations.plan_item(**by(request), item=item, **said))
        return answer(request, item)


ITEM = "units/<int:pk>/items/<str:key>/"

urlpatterns = [
    path("units/<int:pk>/items/", UnitItems.as_view(), name="api_items"),
    path(ITEM, OneItem.as_view(), name="api_item"),
    path(f"{ITEM}history/", ItemHistory.as_view(), name="api_item_history"),
    path(f"{ITEM}claim/", Claim.as_view(), name="api_item_claim"),
    path(f"{ITEM}confirm/", Confirm.as_view(), name="api_item_confirm"),
    path(f"{ITEM}undo/", Undo.as_view(), name="api_item_undo"),
    path(f"{ITEM}not-applicable/", SetAside.as_view(), name="api_item_set_aside"),
    path(f"{ITEM}plan/", Plan.as_view(), name="api_item_plan"),
]
