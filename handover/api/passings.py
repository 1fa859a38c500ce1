"""The API of relationships that go from a worker to another."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, once_by, reads, seat_at, writes
from core.api import DayField
from handover import operations
from handover.api.cases import id_field
from handover.models import PassingAct
from handover.queries.lists import Row, rows_of, services_of
from handover.reached import case_seen, chosen_of, last_act, passing_seen
from handover.states import OPEN, standing

MOST = 500
STATES = [(OPEN, "Nothing has happened yet"), *PassingAct.Kind.choices]


class SupportSerializer(serializers.Serializer[Any]):
    """What rests on a partner in a year, in exact decimals of one currency."""

    amount = serializers.CharField()
    currency = serializers.CharField()


class PassingSerializer(serializers.Serializer[Any]):
    """A partner of a case; `place` is the order in which they are taken up, `last_act` what can be taken back.
    `support` is empty for all but the worker who leaves and who may ask what would be lost (`hand-overs/foresee/`).
    """

    id = serializers.IntegerField()
    place = serializers.IntegerField()
    partner = serializers.IntegerField()
    partner_name = serializers.CharField()
    unit = serializers.IntegerField()
    unit_name = serializers.CharField()
    contacts = serializers.IntegerField(help_text="in three years")
    years = serializers.IntegerField()
    prays = serializers.BooleanField()
    support = SupportSerializer(many=True)
    state = serializers.ChoiceField(choices=STATES)
    last_act = serializers.IntegerField(allow_null=True)


class PassedOn(serializers.Serializer[Any]):
    """To whose service in the unit these partners go, all or none, until when they meet, and whether the new holder is
    asked to write a letter.
    """

    passings = serializers.ListField(child=id_field(), allow_empty=False, max_length=MOST)
    service = id_field()
    due_on = DayField()
    letter = serializers.BooleanField(required=False, default=False)


class LeftOut(serializers.Serializer[Any]):
    """These partners get no new holder, and why."""

    passings = serializers.ListField(child=id_field(), allow_empty=False, max_length=MOST)
    why = serializers.ChoiceField(choices=PassingAct.Why.choices)


class Introduced(serializers.Serializer[Any]):
    """When they met."""

    on = DayField()


class ActsMadeSerializer(serializers.Serializer[Any]):
    """For how many partners it was noted."""

    noted = serializers.IntegerField()


def told(row: Row) -> dict[str, Any]:
    """A partner of a case as the API says it."""
    acts = standing(row.passing.acts.all())
    return {
        "id": row.passing.pk,
        "place": row.place,
        "partner": row.passing.holder.partner_id,
        "partner_name": row.passing.partner_name,
        "unit": row.passing.holder.unit_id,
        "unit_name": row.passing.unit_name,
        "contacts": row.contacts,
        "years": row.years,
        "prays": row.prays,
        "support": [{"amount": each.decimal_string(), "currency": each.currency} for each in row.amounts],
        "state": row.state,
        "last_act": acts[-1].pk if acts else None,
    }


class Passings(APIView):
    """The partners of a case whom the caller may know, who comes first first."""

    right = "handover.view"

    @reads("hand_over_passings", PassingSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        rows = rows_of(seat, case_seen(seat, pk))
        return Response(PassingSerializer([told(row) for row in rows], many=True).data)


class PassOn(APIView):
    """One new holder for several partners: 409 `handover_not_told`, `passing_settled`, `passing_other_unit`,
    `passing_to_who_leaves`, `handover_closed`.
    """

    right = "handover.pass"

    @writes("pass_on", takes=PassedOn, answers=ActsMadeSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        case, said = case_seen(seat, pk), given(PassedOn, request)
        said["passings"] = chosen_of(seat, case, [str(each) for each in said["passings"]])

        def pass_on() -> int:
            service = chosen(services_of(seat, case), said.pop("service"), "service", "There is no such service.")
            return len(operations.pass_on(**by(request), case=case, service=service, **said))

        return Response({"noted": once_by(request, pass_on)})


class LeaveOut(APIView):
    """Several partners get no new holder: 409 `passing_settled`, `handover_closed`."""

    right = "handover.pass"

    @writes("leave_out", takes=LeftOut, answers=ActsMadeSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        case, said = case_seen(seat, pk), given(LeftOut, request)
        said["passings"] = chosen_of(seat, case, [str(each) for each in said["passings"]])
        noted = once_by(request, lambda: len(operations.skip_passings(**by(request), case=case, **said)))
        return Response({"noted": noted})


class Introduce(APIView):
    """The partner met the new holder: 409 `passing_not_named`, `passing_ahead`, `handover_closed`."""

    right = "handover.pass"

    @writes("note_introduced", takes=Introduced, answers=ActsMadeSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        passing, said = passing_seen(seat_at(request), pk, self.right), given(Introduced, request)
        once_by(request, lambda: operations.note_introduced(**by(request), case=passing.case, passing=passing, **said))
        return Response({"noted": 1})


class OneStep(APIView):
    """What was done last was a slip: 409 `passing_act_not_last`, `handover_closed`."""

    right = "handover.pass"

    @writes("take_back_step", answers=ActsMadeSerializer, keyed=False)
    def delete(self, request: Request, agency: str, pk: int, act: int) -> Response:
        passing = passing_seen(seat_at(request), pk, self.right)
        operations.take_back_act(**by(request), case=passing.case, act=last_act(passing, act))
        return Response({"noted": 1})


urlpatterns = [
    path("hand-overs/<int:pk>/passings/", Passings.as_view(), name="api_handover_passings"),
    path("hand-overs/<int:pk>/pass-on/", PassOn.as_view(), name="api_handover_pass"),
    path("hand-overs/<int:pk>/leave-out/", LeaveOut.as_view(), name="api_handover_skip"),
    path("passings/<int:pk>/introduced/", Introduce.as_view(), name="api_passing_introduced"),
    path("passings/<int:pk>/steps/<int:act>/", OneStep.as_view(), name="api_passing_step"),
]
