"""The lines that partners would like to help with, for programs: the operations, rights and masking of the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists_by_cursor, once_by, seat_at, writes
from budgets import operations
from budgets.api.doors import id_field
from budgets.preferred import lines_to_prefer, own_giving_unit, preferences_seen
from core.api import DayField
from partners.answers import one, pages_of
from partners.reached import cared_partner


class LinePreferenceSerializer(serializers.Serializer[Any]):
    """A partner would like to help with a line: a preference, no restriction. `line_identity` is that of the line in
    every version and year, `impact` its words in the newest. `ends_on` is the first day without it.
    """

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="giving_unit.partner_id")
    unit = serializers.IntegerField(source="unit_id")
    line_identity = serializers.UUIDField(source="line_root")
    impact = serializers.CharField(allow_null=True)
    starts_on = DayField()
    ends_on = DayField(allow_null=True)


class PreferLine(serializers.Serializer[Any]):
    """Which line of a budget in force, of a unit to which the partner gave or promised something, and since when."""

    line = id_field()
    starts_on = DayField()


class EndPreference(serializers.Serializer[Any]):
    """The first day without it."""

    ends_on = DayField()


class LinePreferences(APIView):
    """What a partner prefers and preferred; and noting more: 409 `line_preferred_already`, `unit_archived`; 404 for a
    line that cannot be offered to this partner.
    """

    right = "partners.care"

    @lists_by_cursor("partner_line_preferences", LinePreferenceSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        found = preferences_seen(seat).filter(giving_unit__partner=cared_partner(seat, pk))
        return pages_of(self, request, found, LinePreferenceSerializer)

    @writes("prefer_line", takes=PreferLine, answers=LinePreferenceSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(PreferLine, request)
        giver, line = own_giving_unit(partner), get_object_or_404(lines_to_prefer(seat, partner), pk=said["line"])
        starts_on = said["starts_on"]
        made = once_by(
            request, lambda: operations.prefer_line(**by(request), giving_unit=giver, line=line, starts_on=starts_on)
        )
        return one(request, get_object_or_404(preferences_seen(seat), pk=made), LinePreferenceSerializer, 201)


class EndLinePreference(APIView):
    """It is so no more: 409 `preference_ended_already`, `preference_ends_before_it_begins`."""

    right = "partners.care"

    @writes("end_line_preference", takes=EndPreference, answers=LinePreferenceSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        found = get_object_or_404(preferences_seen(seat), pk=pk)
        said = given(EndPreference, request)
        once_by(request, lambda: operations.end_preference(**by(request), preference=found, **said))
        return one(request, preferences_seen(seat).get(pk=pk), LinePreferenceSerializer)


urlpatterns = [
    path("partners/<int:pk>/line-preferences/", LinePreferences.as_view(), name="api_line_preferences"),
    path("line-preferences/<int:pk>/end/", EndLinePreference.as_view(), name="api_line_preference_end"),
]
