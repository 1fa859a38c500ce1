"""What the addresses of the transition have in common: the lookups of the pages, and answers in pages."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import NewestFirst
from agencies.seats import Seat
from communications.models import CoreMessage
from core.api import DayField
from transition.models import Plan, Shift, ShiftAct, Wave
from transition.queries.lists import givers_of
from transition.reached import open_for, shift_seen, unit_with, wave_seen

LARGEST = 2**63 - 1
NO_MESSAGE = "There is no such version of this unit's core messages that was agreed to."


def id_field(**said: Any) -> serializers.IntegerField:
    """The number of a row."""
    return serializers.IntegerField(min_value=1, max_value=LARGEST, **said)


class ToldSerializer(serializers.Serializer[Any]):
    """When and how somebody was told, with which version of the unit's core messages, and in which words."""

    on = DayField()
    how = serializers.ChoiceField(choices=ShiftAct.How.choices)
    message = id_field(required=False, allow_null=True, default=None)
    words = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")


def withheld(seat: Seat, plan: Plan) -> bool:
    """Whether free words of this transition are kept from the seat; 404 where it does not see the unit."""
    return bool(unit_with(seat, plan.unit_id, "transition.view").is_withheld)


def wave_for(seat: Seat, pk: int, right: str) -> Wave:
    """A wave in which the seat may do something; 403 while its unit is closed to it."""
    found = wave_seen(seat, pk, right)
    open_for(seat, found.plan.unit_id, right)
    return found


def words_withheld(seat: Seat, shift: Shift) -> bool:
    """Whether free words about a commitment are kept from the seat: its unit is closed to it, or its giver hidden."""
    return withheld(seat, shift.wave.plan) or givers_of(seat, [shift.commitment_id])[shift.commitment_id].is_hidden


def shift_known(seat: Seat, pk: int, right: str = "transition.view") -> Shift:
    """A commitment in a wave; 404 where the seat may not know whose it is."""
    found = shift_seen(seat, pk, right)
    if found.commitment_id not in givers_of(seat, [found.commitment_id]):
        raise Http404
    return found


def shift_for(seat: Seat, pk: int, right: str = "transition.talk") -> Shift:
    """The same for who does something to it; 403 while its unit is closed to the seat."""
    found = shift_seen(seat, pk, right)
    open_for(seat, found.wave.plan.unit_id, right)
    return shift_known(seat, pk, right)


def messages_of(plan: Plan) -> Any:
    """The words of the unit that may be said to its partners."""
    return CoreMessage.objects.agreed().filter(unit=plan.unit_id)


def page_of(view: APIView, request: Request, found: Any, show: Any) -> Response:
    """A page of rows, the newest first; `show` makes what is told of them."""
    pages = NewestFirst()
    page: list[Any] = pages.paginate_queryset(found, request, view) or []
    return pages.get_paginated_response(show(page))
