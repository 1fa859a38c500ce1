"""The API of a unit's inventory of current tactics. All of it is free text, so nothing is told of a unit that is closed
to the caller.
"""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, seat_at, writes
from core.api import DayField
from core.opened import values_of
from ssu import operations
from ssu.models import Tactic, Worker
from ssu.operations.tactics import NotOnTheTeam
from ssu.queries.tactics import tactics_of
from ssu.reached import open_unit

SAID = ("what", "decision", "why", "by_when")


class TacticWritten(serializers.Serializer[Any]):
    """A row: what is done today, and what becomes of it. `who` is the id of somebody who serves in the unit today."""

    what = serializers.CharField(max_length=200)
    decision = serializers.ChoiceField(
        choices=Tactic.Decision.choices,
        required=False,
        allow_blank=True,
        default="",
        help_text="empty: not decided yet",
    )
    why = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    by_when = DayField(required=False, allow_null=True, default=None)
    who = serializers.IntegerField(required=False, allow_null=True, default=None)


class TacticSerializer(serializers.Serializer[Any]):
    """A row as it stands, the person called as the caller may know them."""

    id = serializers.IntegerField(source="pk")
    what = serializers.CharField()
    decision = serializers.ChoiceField(choices=Tactic.Decision.choices, allow_blank=True)
    why = serializers.CharField()
    by_when = DayField(allow_null=True)
    who = serializers.IntegerField(source="who_id", allow_null=True)
    who_name = serializers.SerializerMethodField()

    def get_who_name(self, row: Any) -> str | None:
        return row.who_name if row.who_id else None


def answer(request: Request, unit: Any, status: int = 200) -> Response:
    """The whole inventory as it stands."""
    return Response(TacticSerializer(tactics_of(seat_at(request), unit), many=True).data, status=status)


def with_person(said: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with the person in the place of the id."""
    if not said.get("who"):
        return said
    person = Worker.objects.filter(pk=said["who"]).first()
    if person is None:
        raise NotOnTheTeam
    return {**said, "who": person}


class Tactics(APIView):
    """The inventory of a unit; and writing a row: 409 `tactic_there`, `not_on_the_team`, 422 `tactic_reason`."""

    right = {"GET": "rollout.view", "POST": "rollout.claim"}

    @lists("unit_tactics", TacticSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        found = tactics_of(seat_at(request), open_unit(seat_at(request), pk, "rollout.view"))
        return paged(self, request, found, lambda page: TacticSerializer(page, many=True).data)

    @writes("add_tactic", takes=TacticWritten, answers=TacticSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, "rollout.claim")
        said = with_person(given(TacticWritten, request))
        once_by(request, lambda: operations.add_tactic(**by(request), unit=unit, **said))
        return answer(request, unit, status=201)


class BeginTactics(APIView):
    """Write what many teams do, from the starter pack, to be decided; what is on the list already is passed over."""

    right = "rollout.claim"

    @writes("begin_inventory", answers=TacticSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        once_by(request, lambda: operations.begin_inventory(**by(request), unit=unit))
        return answer(request, unit)


class OneTactic(APIView):
    """Change what is named of a row: 409 `tactic_gone` and as for a new one."""

    right = "rollout.claim"

    @writes("edit_tactic", takes=TacticWritten, answers=TacticSerializer(many=True))
    def patch(self, request: Request, agency: str, pk: int, tactic: int) -> Response:
        unit = open_unit(seat_at(request), pk, self.right)
        row = get_object_or_404(Tactic.objects.filter(unit=unit.pk), pk=tactic)
        stands = values_of(row, (*SAID, "who_id"), held=True)
        stands["who"] = stands.pop("who_id")
        said = with_person({**stands, **given(TacticWritten, request, partial=True)})
        once_by(request, lambda: operations.edit_tactic(**by(request), tactic=row, **said))
        return answer(request, unit)


class RemoveTactic(APIView):
    """Take a row off the list: 409 `tactic_gone`."""

    right = "rollout.claim"

    @writes("remove_tactic", answers=TacticSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int, tactic: int) -> Response:
        return kept(request, pk, tactic, operations.remove_tactic)


class RestoreTactic(APIView):
    """Put a row back: 409 `tactic_there`."""

    right = "rollout.claim"

    @writes("restore_tactic", answers=TacticSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int, tactic: int) -> Response:
        return kept(request, pk, tactic, operations.restore_tactic)


def kept(request: Request, pk: int, tactic: int, operation: Any) -> Response:
    """The inventory, after a row was taken off or put back."""
    unit = open_unit(seat_at(request), pk, "rollout.claim")
    row = get_object_or_404(Tactic.objects.filter(unit=unit.pk), pk=tactic)
    once_by(request, lambda: operation(**by(request), tactic=row))
    return answer(request, unit)


TACTICS = "units/<int:pk>/tactics/"

urlpatterns = [
    path(TACTICS, Tactics.as_view(), name="api_tactics"),
    path(f"{TACTICS}begin/", BeginTactics.as_view(), name="api_tactics_begin"),
    path(f"{TACTICS}<int:tactic>/", OneTactic.as_view(), name="api_tactic"),
    path(f"{TACTICS}<int:tactic>/remove/", RemoveTactic.as_view(), name="api_tactic_remove"),
    path(f"{TACTICS}<int:tactic>/restore/", RestoreTactic.as_view(), name="api_tactic_restore"),
]
