"""The API of what happens with commitments, who hears of it, and what is expected in a month."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists_by_cursor, once_by, reads, seat_at, writes
from core.api import DayField
from core.money import Money
from funds.api.parts import sound
from partners import operations
from partners.answers import pages_of
from partners.forms.commitment_lists import EventFilter
from partners.models import CommitmentEvent, EventAudience
from partners.pages import expected
from partners.queries.audiences import audiences


class CommitmentEventSerializer(serializers.Serializer[Any]):
    """What happened with a commitment. `days_late` is 31 or 61 where it became late; `withdrawn`: the gift counts no
    more.
    """

    id = serializers.IntegerField(source="pk")
    commitment = serializers.IntegerField(source="commitment_id")
    kind = serializers.ChoiceField(choices=CommitmentEvent.Kind.choices)
    gift = serializers.IntegerField(source="gift_id", allow_null=True)
    days_late = serializers.IntegerField(allow_null=True)
    happened_on = DayField()
    found_at = serializers.DateTimeField()


class ExpectedSerializer(serializers.Serializer[Any]):
    """What one designation is to get in the month in one currency: received + likely + possible."""

    designation = serializers.IntegerField(source="designation_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    currency = serializers.CharField()
    received = serializers.SerializerMethodField()
    likely = serializers.SerializerMethodField()
    possible = serializers.SerializerMethodField()

    def get_received(self, each: Any) -> str:
        """Gifts of the month that count."""
        return Money(each.received, each.currency).decimal_string()

    def get_likely(self, each: Any) -> str:
        """Due and open, of commitments late by 30 days at most."""
        return Money(each.likely, each.currency).decimal_string()

    def get_possible(self, each: Any) -> str:
        """Due and open, of the others."""
        return Money(each.possible, each.currency).decimal_string()


class AudienceSerializer(serializers.Serializer[Any]):
    """Whether a group of people hears of a kind of event."""

    kind = serializers.ChoiceField(choices=CommitmentEvent.Kind.choices)
    group = serializers.ChoiceField(choices=EventAudience.Group.choices)
    is_told = serializers.BooleanField()


class Events(APIView):
    """What happened with the commitments whose amounts the caller may see, the newest first; by days, kind and
    commitment.
    """

    right = "partners.care"

    @lists_by_cursor("commitment_events", CommitmentEventSerializer, *EventFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        form = sound(EventFilter(request.query_params))
        found = form.matching(CommitmentEvent.objects.seen_by(seat_at(request)))
        return pages_of(self, request, found, CommitmentEventSerializer)


class ExpectedIn(APIView):
    """What the commitments bring in a month (`month`: 2026-12; this one, or one of the eleven that follow)."""

    right = "partners.care"

    @reads("commitments_expected", ExpectedSerializer(many=True), "month")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        month = expected.month_of(seat, request.query_params.get("month", ""))
        rows = expected.figures(seat, expected.seen_promises(seat), month)
        return Response(ExpectedSerializer(rows, many=True).data)


def all_audiences() -> list[dict[str, Any]]:
    """Every event and group."""
    stands = audiences()
    groups = EventAudience.Group.values
    return [
        {"kind": kind, "group": group, "is_told": group in told} for kind, told in stands.items() for group in groups
    ]


class Audiences(APIView):
    """Who hears of which event; and saying so for one event and group."""

    right = "settings.edit"

    @reads("commitment_audiences", AudienceSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        return Response(AudienceSerializer(all_audiences(), many=True).data)

    @writes("choose_commitment_audience", takes=AudienceSerializer, answers=AudienceSerializer(many=True))
    def post(self, request: Request, agency: str) -> Response:
        said = given(AudienceSerializer, request)
        told = {(said["kind"], said["group"]): said["is_told"]}
        once_by(request, lambda: operations.choose_audiences(**by(request), told=told))
        return Response(AudienceSerializer(all_audiences(), many=True).data)


urlpatterns = [
    path("commitments/events/", Events.as_view(), name="api_commitment_events"),
    path("commitments/audiences/", Audiences.as_view(), name="api_commitment_audiences"),
    path("commitments/expected/", ExpectedIn.as_view(), name="api_commitments_expected"),
]
