"""The API of who holds the relationship with a partner, and of its stages: the operations and rights of the pages."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from partners import operations
from partners.answers import one, pages_of, unit_for
from partners.models import Holder, Partner, Stage
from partners.queries.care import is_office, services_to_choose
from partners.reached import cared_partner, ending_holder


class StageSerializer(serializers.Serializer[Any]):
    """A stage of the relationship with a unit; the one without `left_at` stands."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Stage.Kind.choices)
    set_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)


class SetStage(serializers.Serializer[Any]):
    """Where the relationship with a unit stands from now."""

    unit = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Stage.Kind.choices)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class HolderSerializer(serializers.Serializer[Any]):
    """Who holds or held the relationship in a unit, called as the caller may know the person."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    name = serializers.CharField(source="person_name")
    is_primary = serializers.BooleanField()
    starts_on = DayField()
    ends_on = DayField(allow_null=True)


class NameHolder(serializers.Serializer[Any]):
    """Who is to hold: the id of a service in a unit."""

    service = serializers.IntegerField()
    is_primary = serializers.BooleanField(default=True)


def stages_seen(seat: Seat, partner: Partner) -> Any:
    """The stages of a partner: for the office with all units, in the field with those in which one serves."""
    found = Stage.objects.named_for(seat).filter(partner=partner)
    return found if is_office(seat) else found.filter(unit__in=seat.unit_roles)


class Stages(APIView):
    """Where the relationship stands and stood; and setting a stage: 409 `stage_stands`, `gives_anonymously`."""

    right = "partners.care"

    @lists_by_cursor("partner_stages", StageSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        return pages_of(self, request, stages_seen(seat_at(request), partner), StageSerializer)

    @writes("set_stage", takes=SetStage, answers=StageSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        partner, said = cared_partner(seat_at(request), pk), given(SetStage, request)

        def effect() -> Any:
            unit = unit_for(request, partner, said)
            return operations.set_stage(**by(request), partner=partner, **(said | {"unit": unit}))

        made = once_by(request, effect)
        return one(request, stages_seen(seat_at(request), partner).get(pk=made), StageSerializer, 201)


class Holders(APIView):
    """Who holds and held the relationship; and naming somebody: 409 `holds_already`, `not_on_the_team`."""

    right = {"GET": "partners.care", "POST": "partners.hold"}
    called = {"worker": "service"}

    @lists_by_cursor("partner_holders", HolderSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        found = Holder.objects.named_for(seat_at(request)).filter(partner=partner)
        return pages_of(self, request, found, HolderSerializer)

    @writes("name_holder", takes=NameHolder, answers=HolderSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(NameHolder, request)

        def effect() -> Any:
            service = chosen(services_to_choose(seat), said["service"], "service", "This person cannot hold it.")
            who = {"unit": service.unit, "worker": service.worker, "is_primary": said["is_primary"]}
            return operations.appoint_holder(**by(request), partner=partner, **who)

        made = once_by(request, effect)
        return one(request, Holder.objects.named_for(seat).get(pk=made), HolderSerializer, 201)


class EndHolder(APIView):
    """From today somebody holds no more: 409 `holder_ended`."""

    right = "partners.hold"

    @writes("end_holder", takes=ReasonSerializer, answers=HolderSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found, said = ending_holder(seat_at(request), pk), given(ReasonSerializer, request)
        once_by(request, lambda: operations.end_holder(**by(request), holder=found, **said))
        return one(request, ending_holder(seat_at(request), pk), HolderSerializer)


urlpatterns = [
    path("partners/<int:pk>/stages/", Stages.as_view(), name="api_stages"),
    path("partners/<int:pk>/holders/", Holders.as_view(), name="api_holders"),
    path("partners/holders/<int:pk>/end/", EndHolder.as_view(), name="api_holder_end"),
]
