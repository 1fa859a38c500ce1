"""The API of the letters of a hand-over."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.endpoints import NewestFirst, by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from agencies.seats import Seat
from communications.letter_languages import LANGUAGES, MOST_BODY
from communications.models import CoreMessage, Letter
from handover import operations
from handover.api.cases import id_field
from handover.models import Case, Passing
from handover.queries.letters import series_of, units_to_write
from handover.reached import case_seen


class CaseLetterSerializer(serializers.Serializer[Any]):
    """A letter of a unit to whom the worker held there. `message` is the version of the unit's core messages whose
    words it says; what became of it for each partner is told by `letters/<id>/messages/`.
    """

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    language = serializers.CharField()
    state = serializers.ChoiceField(choices=Letter.State.choices)
    subject = serializers.CharField()
    body = serializers.CharField()
    message = serializers.IntegerField(source="core_message_id", allow_null=True)


class NewCaseLetter(serializers.Serializer[Any]):
    """The words of a unit in one language; `message` is a version of its core messages that was agreed to."""

    unit = id_field()
    language = serializers.ChoiceField(choices=LANGUAGES)
    subject = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=MOST_BODY)
    message = id_field(required=False, allow_null=True, default=None)


def letters_seen(seat: Seat, case: Case) -> Any:
    """The letters of a case that the seat may read, none of a unit that is closed to it."""
    units = Passing.objects.seen_by(seat).filter(case=case).values_list("holder__unit", flat=True).distinct()
    return Letter.objects.seen_by(seat).filter(series__in=[series_of(case.pk, unit) for unit in units])


class CaseLetters(APIView):
    """The letters of a case that the caller may read. And a draft of one more, to be approved and sent like every
    letter; nobody gets two of a unit: 409 `handover_letter_not_told`, `handover_letter_there`, `handover_closed`,
    `letter_message`, `unit_archived`, `unknown_merge_field`, `word_blocked`.
    """

    right = {"GET": "handover.view", "POST": "handover.pass"}

    @lists_by_cursor("hand_over_letters", CaseLetterSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat, pages = seat_at(request), NewestFirst()
        found = letters_seen(seat, case_seen(seat, pk))
        page: list[Any] = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(CaseLetterSerializer(page, many=True).data)

    @writes("write_hand_over_letter", takes=NewCaseLetter, answers=CaseLetterSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        case, said = case_seen(seat, pk), given(NewCaseLetter, request)
        units = units_to_write(seat, case)
        said["unit"] = chosen(units, said["unit"], "unit", "There is no such unit of this hand-over to write for.")
        reachable(seat, "letters.write", said["unit"].pk)
        agreed = CoreMessage.objects.agreed().filter(unit=said["unit"])
        said["message"] = chosen(agreed, said["message"], "message", "There is no such version that was agreed to.")
        unmasked = seat.unit_ids("units.unmask")
        made = once_by(
            request, lambda: operations.write_case_letter(**by(request), case=case, unmasked=unmasked, **said)
        )
        told = CaseLetterSerializer(Letter.objects.seen_by(seat).get(pk=made))
        return Response(told.data, status=201)


urlpatterns = [path("hand-overs/<int:pk>/letters/", CaseLetters.as_view(), name="api_handover_letters")]
