"""The API of cases: who leaves, who may know, and the partners that go to others. Why somebody leaves is never told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import NewestFirst, by, chosen, given, lists_by_cursor, once_by, reads, seat_at, writes
from agencies.models import Membership
from agencies.seats import Seat
from core.api import DayField
from handover import operations
from handover.models import Case
from handover.queries.lists import leavers
from handover.reached import case_seen
from ssu.models import Worker

LARGEST = 2**63 - 1


def id_field(**said: Any) -> serializers.IntegerField:
    """The number of a row."""
    return serializers.IntegerField(min_value=1, max_value=LARGEST, **said)


class HandOverSerializer(serializers.Serializer[Any]):
    """A case; the one without `closed_at` is open, the one without `told_at` is known to single people alone."""

    id = serializers.IntegerField(source="pk")
    worker_name = serializers.CharField(source="shown_name")
    leaves_on = DayField()
    opened_at = serializers.DateTimeField()
    told_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    called_off_at = serializers.DateTimeField(allow_null=True, help_text="closed because the worker stays after all")


class NewHandOver(serializers.Serializer[Any]):
    """Who leaves, when and how; who introduces instead after death, dismissal or evacuation; `readers` are memberships
    of people who may know before it is told.
    """

    worker = id_field()
    leaves_on = DayField()
    how = serializers.ChoiceField(choices=Case.How.choices, required=False, default=Case.How.PLANNED.value)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    introducer = id_field(required=False, allow_null=True, default=None)
    is_told = serializers.BooleanField(required=False, default=True)
    readers = serializers.ListField(child=id_field(), required=False, default=list, max_length=50)


def case_told(seat: Seat, pk: int | None, status: int = 200) -> Response:
    """One case as the API says it."""
    return Response(HandOverSerializer(case_seen(seat, pk or 0)).data, status=status)


def readers_of(seat: Seat, ids: list[int]) -> list[Membership]:
    """Members of the agency; 400 where one is none."""
    found = list(Membership.objects.filter(left_at=None, pk__in=set(ids)))
    if len(found) != len(set(ids)):
        raise serializers.ValidationError({"readers": ["One of these is no member of the agency."]})
    return found


class HandOvers(APIView):
    """The cases that the caller may know. And opening one: 409 `handover_runs`, `handover_nobody_held`,
    `handover_introducer`, `handover_leaves_ahead`. After death, dismissal or evacuation access ends at once, which asks
    for the right to edit people.
    """

    right = {"GET": "handover.view", "POST": "handover.open"}

    @lists_by_cursor("hand_overs", HandOverSerializer)
    def get(self, request: Request, agency: str) -> Response:
        pages = NewestFirst()
        page: list[Any] = pages.paginate_queryset(Case.objects.seen_by(seat_at(request)), request, self) or []
        return pages.get_paginated_response(HandOverSerializer(page, many=True).data)

    @writes("open_hand_over", takes=NewHandOver, answers=HandOverSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        seat, said = seat_at(request), given(NewHandOver, request)
        if said["how"] != Case.How.PLANNED and not seat.can("people.edit"):
            raise PermissionDenied("people.edit")

        def begin() -> Case:
            said["worker"] = chosen(leavers(seat), said["worker"], "worker", "There is no such worker to hand over.")
            others = Worker.objects.seen_by(seat).filter(membership__left_at=None, membership__isnull=False)
            said["introducer"] = chosen(others, said["introducer"], "introducer", "There is no such worker.")
            said["readers"] = readers_of(seat, said["readers"])
            return operations.open_case(**by(request), **said)

        return case_told(seat, once_by(request, begin), 201)


class OneHandOver(APIView):
    """One case."""

    right = "handover.view"

    @reads("hand_over", HandOverSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return case_told(seat_at(request), pk)


class Tell(APIView):
    """From now on also others may know: 409 `handover_told`, `handover_overtaken`, `handover_closed`."""

    right = "handover.open"

    @writes("tell_hand_over", answers=HandOverSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        case = case_seen(seat_at(request), pk)
        once_by(request, lambda: operations.tell_case(**by(request), case=case))
        return case_told(seat_at(request), pk)


class Close(APIView):
    """All are passed on or left out: 409 `handover_unfinished`, `handover_closed`."""

    right = "handover.open"

    @writes("close_hand_over", answers=HandOverSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        case = case_seen(seat_at(request), pk)
        once_by(request, lambda: operations.close_case(**by(request), case=case))
        return case_told(seat_at(request), pk)


class CallOff(APIView):
    """The worker stays after all: 409 `handover_closed`."""

    right = "handover.open"

    @writes("call_off_hand_over", answers=HandOverSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        case = case_seen(seat_at(request), pk)
        once_by(request, lambda: operations.call_off(**by(request), case=case))
        return case_told(seat_at(request), pk)


urlpatterns = [
    path("hand-overs/", HandOvers.as_view(), name="api_handovers"),
    path("hand-overs/<int:pk>/", OneHandOver.as_view(), name="api_handover"),
    path("hand-overs/<int:pk>/tell/", Tell.as_view(), name="api_handover_tell"),
    path("hand-overs/<int:pk>/close/", Close.as_view(), name="api_handover_close"),
    path("hand-overs/<int:pk>/call-off/", CallOff.as_view(), name="api_handover_call_off"),
]
