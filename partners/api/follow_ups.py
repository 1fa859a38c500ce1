"""The API of what is to do for partners: the operations, rights and masking of the pages."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import by, chosen, given, lists_by_cursor, once_by, seat_at, writes, wrong
from core.api import DayField
from partners import operations
from partners.answers import one, pages_of, unit_for
from partners.forms.care import FollowUpFilter
from partners.models import Channel, FollowUp, Partner
from partners.queries.care import carers, follow_ups_wanted
from partners.reached import cared_partner, seen_follow_up


class FollowUpSerializer(serializers.Serializer[Any]):
    """Something to do, or done. `text` is empty where the caller may not read it."""

    id = serializers.IntegerField(source="pk")
    partner = serializers.IntegerField(source="partner_id")
    unit = serializers.IntegerField(source="unit_id", allow_null=True)
    unit_name = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField(source="shown_text")
    due_on = DayField()
    is_mine = serializers.SerializerMethodField()
    ended_at = serializers.DateTimeField(allow_null=True)
    end = serializers.CharField()
    ended_reason = serializers.CharField()

    def get_is_mine(self, each: Any) -> bool:
        """Whether the caller is to do it."""
        mine: bool = each.assignee_id == self.context["user"]
        return mine


class AddFollowUp(serializers.Serializer[Any]):
    """Something to do. `carer` is the membership of who does it, left out for oneself."""

    unit = serializers.IntegerField(required=False, allow_null=True, default=None)
    channel = serializers.ChoiceField(choices=Channel.choices)
    text = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    due_on = DayField()
    carer = serializers.IntegerField(required=False, allow_null=True, default=None)


class MoveFollowUp(serializers.Serializer[Any]):
    """Another day, or another person."""

    due_on = DayField()
    carer = serializers.IntegerField(required=False, allow_null=True, default=None)


def assignee_of(request: Request, partner: Partner, said: dict[str, Any]) -> Any:
    """Who is to do it: the member that was named, else oneself."""
    seat = seat_at(request)
    pk = said.pop("carer") or seat.membership.pk
    return chosen(carers(seat, partner), pk, "carer", "This person cannot be given it.").user


class FollowUps(APIView):
    """What is to do for partners, as far as the caller may see, by the filters of the page."""

    right = "partners.care"

    @lists_by_cursor("follow_ups", FollowUpSerializer, "state", "whose", "until")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        form = FollowUpFilter(request.query_params)
        if not form.is_valid():
            raise wrong(form)
        found = follow_ups_wanted(seat, **form.cleaned_data)
        note_reading(seat, "follow-ups", request.query_params, found)
        return pages_of(self, request, found, FollowUpSerializer)


class PartnerFollowUps(APIView):
    """What is and was to do for a partner; and adding something."""

    right = "partners.care"

    @lists_by_cursor("partner_follow_ups", FollowUpSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        partner = cared_partner(seat_at(request), pk)
        found = FollowUp.objects.seen_by(seat_at(request)).filter(partner=partner)
        return pages_of(self, request, found, FollowUpSerializer)

    @writes("add_follow_up", takes=AddFollowUp, answers=FollowUpSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        partner, said = cared_partner(seat, pk), given(AddFollowUp, request)

        def effect() -> Any:
            said["assignee"] = assignee_of(request, partner, said)
            said["unit"] = unit_for(request, partner, said)
            return operations.add_follow_up(**by(request), partner=partner, **said)

        made = once_by(request, effect)
        return one(request, FollowUp.objects.seen_by(seat).get(pk=made), FollowUpSerializer, 201)


class OneFollowUp(APIView):
    """What is done with one follow-up; subclasses say what."""

    right = "partners.care"

    def acted(self, request: Request, pk: int, act: Any, **said: Any) -> Response:
        """Do it once, and tell what stands now."""
        found = seen_follow_up(seat_at(request), pk)
        once_by(request, lambda: act(**by(request), follow_up=found, **said))
        return one(request, seen_follow_up(seat_at(request), pk), FollowUpSerializer)


class FinishFollowUp(OneFollowUp):
    """It is done: 409 `follow_up_ended`."""

    @writes("finish_follow_up", answers=FollowUpSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.finish_follow_up)


class ReopenFollowUp(OneFollowUp):
    """It is to do after all: 409 `follow_up_open`, `follow_up_settled`, `partner_has_died`."""

    @writes("reopen_follow_up", answers=FollowUpSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.reopen_follow_up)


class Move(OneFollowUp):
    """Another day, or another person: 409 `follow_up_ended`."""

    @writes("move_follow_up", takes=MoveFollowUp, answers=FollowUpSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found, said = seen_follow_up(seat_at(request), pk), given(MoveFollowUp, request)
        partner = cared_partner(seat_at(request), found.partner_id)

        def move(**act: Any) -> Any:
            assignee = assignee_of(request, partner, said) if said["carer"] else found.assignee
            return operations.move_follow_up(**act, due_on=said["due_on"], assignee=assignee)

        return self.acted(request, pk, move)


urlpatterns = [
    path("partners/follow-ups/", FollowUps.as_view(), name="api_follow_ups"),
    path("partners/<int:pk>/follow-ups/", PartnerFollowUps.as_view(), name="api_partner_follow_ups"),
    path("partners/follow-ups/<int:pk>/done/", FinishFollowUp.as_view(), name="api_follow_up_done"),
    path("partners/follow-ups/<int:pk>/reopen/", ReopenFollowUp.as_view(), name="api_follow_up_reopen"),
    path("partners/follow-ups/<int:pk>/move/", Move.as_view(), name="api_follow_up_move"),
]
