"""The API of commitments in waves."""

from collections.abc import Sequence
from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists_by_cursor, once_by, reads, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from core.money import Money
from partners.models import Commitment
from ssu.models.discretion import shown_member_name
from ssu.queries.people import members_to_assign
from transition import operations
from transition.api.doors import id_field, page_of, shift_for, shift_known, wave_for, withheld
from transition.api.waves import WaveSerializer, wave_told
from transition.models import Kind, Shift
from transition.queries.lists import givers_of
from transition.reached import open_for, wave_seen
from transition.states import LISTED, acts_in_order

STATES = [(LISTED, "Not told yet"), *Kind.choices]
MOST = 500
NO_COMMITMENT = "There is no such commitment."


class ShiftSerializer(serializers.Serializer[Any]):
    """A commitment on its way, with what it promised when the wave opened, before that what it promises now. `state`
    is the last that happened, on the day `since`. While the unit is closed to the caller, `talker` is null; where the
    giver is kept from the caller, `commitment` is, for it has the name.
    """

    id = serializers.IntegerField(source="pk")
    wave = serializers.IntegerField(source="wave_id")
    commitment = serializers.IntegerField(source="commitment_id", allow_null=True)
    giver = serializers.CharField()
    account_name = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    frequency = serializers.ChoiceField(choices=Commitment.Frequency.choices)
    is_key = serializers.BooleanField()
    talker = serializers.IntegerField(allow_null=True)
    talker_name = serializers.CharField()
    state = serializers.ChoiceField(choices=STATES)
    since = DayField(allow_null=True)


class ChosenCommitments(serializers.Serializer[Any]):
    """Commitments for a wave, all or none, and whether they are of key donors."""

    commitments = serializers.ListField(child=id_field(), allow_empty=False, max_length=MOST)
    is_key = serializers.BooleanField(required=False, default=False)


class ChangedShift(serializers.Serializer[Any]):
    """Whether the giver is a key donor, and who talks to them; null for nobody. What is left out stays."""

    is_key = serializers.BooleanField(required=False)
    talker = id_field(required=False, allow_null=True)


def shifts_known(seat: Seat) -> Any:
    """The commitments in waves whose givers the seat may know, with what their rows tell."""
    name = shown_member_name("talker", seat, "wave__plan__unit")
    found = Shift.objects.seen_by(seat).filter(commitment__in=Commitment.objects.seen_by(seat).values("pk"))
    return found.annotate(talker_name=name).select_related("commitment").prefetch_related("acts")


def shifts_told(seat: Seat, page: Sequence[Any], *, closed: bool) -> list[Any]:
    """These rows as the API says them. One query."""
    givers = givers_of(seat, [each.commitment_id for each in page])
    return [shift_row(each, givers[each.commitment_id], closed=closed) for each in page]


def shift_row(shift: Any, giver: Any, *, closed: bool) -> Any:
    """One of them."""
    acts = acts_in_order(shift.acts.all())
    terms = shift if shift.amount is not None else shift.commitment
    row = {name: getattr(shift, name) for name in ("pk", "wave_id", "is_key")}
    row |= {"commitment_id": None if giver.is_hidden else shift.commitment_id}
    row |= {"giver": giver.name, "account_name": giver.designation, "frequency": terms.frequency}
    row |= {"amount": Money(terms.amount, terms.currency).decimal_string(), "currency": terms.currency}
    row |= {"talker": None if closed else shift.talker_id}
    row |= {"talker_name": (shift.talker_name or "") if shift.talker_id else ""}
    row |= {"state": acts[-1].kind if acts else LISTED, "since": acts[-1].on if acts else None}
    return ShiftSerializer(row).data


def shift_told(seat: Seat, shift: Shift) -> Response:
    """One commitment in a wave as the API says it."""
    rows = shifts_known(seat).filter(pk=shift.pk)
    [told] = shifts_told(seat, rows, closed=withheld(seat, shift.wave.plan))
    return Response(told)


class WaveShifts(APIView):
    """The commitments of a wave whose givers the caller may know. And putting more into a planned one; the answer is
    the wave: 409 `shift_account`, `shift_commitment_over`, `shift_overlap`, `wave_not_planned`, `transition_over`.
    """

    right = {"GET": "transition.view", "POST": "transition.plan"}

    @lists_by_cursor("wave_shifts", ShiftSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        wave = wave_seen(seat, pk)
        closed = withheld(seat, wave.plan)
        found = shifts_known(seat).filter(wave=wave)
        return page_of(self, request, found, lambda page: shifts_told(seat, page, closed=closed))

    @writes("add_to_wave", takes=ChosenCommitments, answers=WaveSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        wave, said = wave_for(seat, pk, "transition.plan"), given(ChosenCommitments, request)
        asked = set(said["commitments"])
        found = list(Commitment.objects.seen_by(seat).filter(pk__in=asked))
        if len(found) != len(asked):
            raise serializers.ValidationError({"commitments": [NO_COMMITMENT]})
        act = {**by(request), "wave": wave, "commitments": found, "is_key": said["is_key"]}
        once_by(request, lambda: len(operations.add_to_wave(**act)))
        return wave_told(request, pk, 201)


class OneShift(APIView):
    """How far it is. Who talks to the giver: 409 `shift_talker`, `shift_key_stays`, `wave_not_open` for a closed
    wave, `transition_over`.
    And taking it out of a planned wave: 409 `wave_not_planned`, `transition_over`.
    """

    right = {"GET": "transition.view", "PATCH": "transition.talk", "DELETE": "transition.plan"}

    @reads("shift", ShiftSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return shift_told(seat_at(request), shift_known(seat_at(request), pk))

    @writes("set_shift", takes=ChangedShift, answers=ShiftSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        shift, said = shift_for(seat, pk), given(ChangedShift, request, partial=True)
        if said.get("talker") is not None:
            unit = open_for(seat, shift.wave.plan.unit_id, "transition.talk")
            people = members_to_assign(seat, unit)
            said["talker"] = chosen(people, said["talker"], "talker", "There is no such person in this unit.")
        once_by(request, lambda: operations.set_shift(**by(request), shift=shift, **said))
        return shift_told(seat, shift)

    @writes("remove_from_wave", status=204, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        operations.remove_from_wave(**by(request), shift=shift_for(seat_at(request), pk, "transition.plan"))
        return Response(status=204)


urlpatterns = [
    path("waves/<int:pk>/shifts/", WaveShifts.as_view(), name="api_wave_shifts"),
    path("shifts/<int:pk>/", OneShift.as_view(), name="api_shift"),
]
