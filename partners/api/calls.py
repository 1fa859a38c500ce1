"""The API of the call page: who may be calling, and where their gifts went, as the page tells it. A call is logged and
a follow-up added by the endpoints of the log.
"""

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import seat_at
from partners.pages.calls.call import call_page
from partners.pages.calls.found import caller_rows
from partners.queries.calls.finding import callers
from partners.queries.calls.heard import heard
from partners.reached import cared_partner

LONGEST_ID = 18


class CallerSerializer(serializers.Serializer[Any]):
    """Who may be calling. `id` is null for gifts whose giver nobody knows; `reasons` say why each was found."""

    id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    hint = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField())


class CallersSerializer(serializers.Serializer[Any]):
    """The answers, best first; `more` says that there were others."""

    callers = CallerSerializer(many=True)
    more = serializers.BooleanField()


class GiftPartSerializer(serializers.Serializer[Any]):
    """To which designation; `amount` is empty where it is the whole gift."""

    name = serializers.CharField()
    amount = serializers.CharField()


class CallGiftSerializer(serializers.Serializer[Any]):
    """A gift in the words of the page: what it is, where its money lies, what happened to it, what may be said."""

    amount = serializers.CharField()
    day = serializers.CharField()
    paid = serializers.CharField()
    lies = serializers.CharField()
    parts = GiftPartSerializer(many=True)
    state = serializers.CharField()
    told = serializers.ListField(child=serializers.CharField())
    say = serializers.CharField()


class CallSerializer(serializers.Serializer[Any]):
    """One caller: `say` are safe words; `cares` are what to mind before one speaks."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    cares = serializers.ListField(child=serializers.CharField())
    gifts = CallGiftSerializer(many=True)
    commitments = serializers.ListField(child=serializers.CharField())
    shifts = serializers.ListField(child=serializers.CharField())
    holders = serializers.ListField(child=serializers.CharField())
    say = serializers.ListField(child=serializers.CharField())


class Callers(APIView):
    """Who may be calling, by what they say first: name, telephone, amount, number of a check or of a giver."""

    right = "partners.contact"

    @extend_schema(
        operation_id="callers",
        parameters=[OpenApiParameter("q", str, required=True, description="What the caller says.")],
        responses=CallersSerializer,
    )
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        answer = callers(seat, heard(request.query_params.get("q", "")))
        shown = [
            {"id": caller.partner and caller.partner.pk, **vars(row)}
            for caller, row in zip(answer.callers, caller_rows(seat, answer.callers), strict=True)
        ]
        return Response(CallersSerializer({"callers": shown, "more": answer.more}).data)


class Call(APIView):
    """One caller, as the page shows it; `gift` is the number of the gift that is asked about."""

    right = "partners.contact"

    @extend_schema(operation_id="call", parameters=[OpenApiParameter("gift", int)], responses=CallSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner = cared_partner(seat, pk)
        said = request.query_params.get("gift", "")
        gift = int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_ID else None
        page = call_page(seat, partner, gift)
        told = {
            "id": partner.pk,
            "name": partner.name,
            "cares": [each.words for each in page["cares"]],
            "gifts": page["gifts"],
            "commitments": [
                f"{each.row.amount} {each.row.often}, {each.row.designation}, {each.row.state}"
                for each in page["promises"]
            ],
            "shifts": [f"{each.unit}: {each.state}" for each in page["shifts"]],
            "holders": [f"{each.name}, {each.unit}" for each in page["holders"]],
            "say": page["say"],
        }
        return Response(CallSerializer(told).data)


urlpatterns = [
    path("calls/", Callers.as_view(), name="api_callers"),
    path("calls/<int:pk>/", Call.as_view(), name="api_call"),
]
