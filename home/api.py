"""What changed in the units since a day, for programs: the same lines as on the board's page."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import reads, seat_at, wrong
from agencies.seats import Seat
from core.api import DayField
from home import cards
from home.archive import endpoints
from home.forms import SinceForm
from home.queries.changes import UnitChanges, changes_since


class MovedSerializer(serializers.Serializer[Any]):
    """An indicator that moved. What is counted is null while the unit is closed to the caller."""

    indicator = serializers.CharField(allow_null=True)
    unit_of_measure = serializers.CharField(allow_null=True)
    before = serializers.DecimalField(14, 2, allow_null=True)
    after = serializers.DecimalField(14, 2)


class UnitChangesSerializer(serializers.Serializer[Any]):
    """What changed in a unit, called as the caller may know it. `confirmed`, `set_aside` and `reopened` are keys of
    items, each once; `budgets` are the fiscal years of those that were approved.
    """

    unit = serializers.IntegerField()
    name = serializers.CharField()
    is_new = serializers.BooleanField()
    is_declared = serializers.BooleanField()
    confirmed = serializers.ListField(child=serializers.CharField())
    set_aside = serializers.ListField(child=serializers.CharField())
    reopened = serializers.ListField(child=serializers.CharField())
    goals_approved = serializers.IntegerField()
    moved = MovedSerializer(allow_null=True)
    budgets = serializers.ListField(child=serializers.IntegerField())


class ChangesSerializer(serializers.Serializer[Any]):
    """The units in which anything changed since a day, the most changed first."""

    since = DayField()
    units = UnitChangesSerializer(many=True)


def told(changed: UnitChanges) -> dict[str, Any]:
    """The changes of a unit."""
    same = ("is_new", "is_declared", "budgets")
    items = {name: [item.key for item in getattr(changed, name)] for name in ("confirmed", "set_aside", "reopened")}
    named = {"unit": changed.unit.pk, "name": changed.unit.shown_name, "goals_approved": changed.goals}
    return {**named, **items, **{name: getattr(changed, name) for name in same}, "moved": moved(changed)}


def moved(changed: UnitChanges) -> dict[str, Any] | None:
    """The indicator of a unit, without its words while the unit is closed."""
    found, closed = changed.moved, changed.unit.is_withheld
    if found is None:
        return None
    words = {name: None if closed else getattr(found.goal, name) for name in ("indicator", "unit_of_measure")}
    return {**words, "before": found.before, "after": found.after}


def day_of(request: Request, seat: Seat) -> Any:
    """The day in `?since=`, else the one on which the board last met. 400 for a day that is none, or still to come."""
    if "since" not in request.query_params:
        return cards.usual_since(seat.agency)
    form = SinceForm(request.query_params, today=seat.agency.today())
    if not form.is_valid():
        raise wrong(form)
    return form.cleaned_data["since"]


class Changes(APIView):
    """What changed since a day (`since`, as 2026-08-01), else since the board last met."""

    right = "rollout.view"

    @reads("changes_since", ChangesSerializer, "since")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        since = day_of(request, seat)
        units = [told(each) for each in changes_since(seat, since)]
        return Response(ChangesSerializer({"since": since, "units": units}).data)


urlpatterns = [path("changes/", Changes.as_view(), name="api_changes"), *endpoints.urlpatterns]
