"""The API of transitions: their months, the agency's word to workers, and gifts on old accounts."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, chosen, given, lists, lists_by_cursor, once_by, paged, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from core.money import Money
from funds.models import Designation
from funds.models.discretion import shown_designation_name
from ssu.models import Unit
from ssu.models.discretion import shown_unit_name
from transition import operations
from transition.api.doors import id_field, page_of, withheld
from transition.models import Guarantee, Plan
from transition.queries.lists import givers_of
from transition.queries.months import BUCKETS, ledger
from transition.queries.old_accounts import StillThere, still_on_old_accounts
from transition.reached import open_for, plan_seen, plan_with_figures


class TransitionSerializer(serializers.Serializer[Any]):
    """A transition of a unit; the one without `ended_at` runs. `designation` is where commitments move to."""

    id = serializers.IntegerField(source="pk")
    unit = serializers.IntegerField(source="unit_id")
    unit_name = serializers.CharField()
    designation = serializers.IntegerField(source="designation_id")
    designation_name = serializers.CharField()
    made_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class NewTransition(serializers.Serializer[Any]):
    """Of which unit, and to which designation of it commitments move."""

    unit = id_field()
    designation = id_field()


class EndTransition(serializers.Serializer[Any]):
    """Why it is over."""

    reason = serializers.CharField(required=False, allow_blank=True, max_length=250, default="")


class TransitionMonthSerializer(serializers.Serializer[Any]):
    """A month in one currency, in exact decimals: before = moved + stayed + lost + pending; `new` is beside the sum."""

    month = serializers.CharField(help_text="YYYY-MM")
    currency = serializers.CharField()
    before = serializers.CharField()
    moved = serializers.CharField()
    stayed = serializers.CharField()
    lost = serializers.CharField()
    pending = serializers.CharField()
    new = serializers.CharField()


class GuaranteeSerializer(serializers.Serializer[Any]):
    """The agency's word to a worker; the one without `ended_at` stands. `how` and `given_by` are empty while the unit
    is closed to the caller.
    """

    id = serializers.IntegerField(source="pk")
    account = serializers.IntegerField(source="account_id")
    account_name = serializers.CharField()
    how = serializers.SerializerMethodField()
    until = DayField()
    given_by = serializers.SerializerMethodField()
    told_on = DayField()
    recorded_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)

    def get_how(self, each: Any) -> str:
        """In words, without amounts."""
        return "" if self.context["withheld"] else str(each.how)

    def get_given_by(self, each: Any) -> str:
        """A person or a body of the agency."""
        return "" if self.context["withheld"] else str(each.given_by)


class NewGuarantee(serializers.Serializer[Any]):
    """How pay and benefits are guaranteed, without amounts, until when, whose word it is, and when the worker was
    told.
    """

    account = id_field()
    how = serializers.CharField(max_length=400)
    until = DayField()
    given_by = serializers.CharField(max_length=120)
    told_on = DayField()


class OldAccountGiftSerializer(serializers.Serializer[Any]):
    """A gift line that came on the worker's account after its commitment had moved, and nobody has talked over. `gift`
    is null where the giver is kept from the caller.
    """

    shift = serializers.IntegerField()
    gift_line = serializers.IntegerField()
    gift = serializers.IntegerField(allow_null=True)
    giver = serializers.CharField()
    account_name = serializers.CharField()
    day = DayField()
    amount = serializers.CharField()
    currency = serializers.CharField()


def plans_of(seat: Seat) -> Any:
    """The transitions whose sums the seat may read, with the names it may know."""
    shown = {
        "unit_name": shown_unit_name("unit", seat),
        "designation_name": shown_designation_name(seat, "designation"),
    }
    plans = Plan.objects.seen_by(seat).filter(unit__in=Unit.objects.seen_by(seat).values("pk"))
    return plans.annotate(**shown)


def told(seat: Seat, pk: int | None, status: int = 200) -> Response:
    """One transition as the API says it."""
    return Response(TransitionSerializer(get_object_or_404(plans_of(seat), pk=pk)).data, status=status)


class Transitions(APIView):
    """All transitions whose sums the caller may read. And beginning one: 409 `transition_runs`,
    `transition_designation`, `unit_archived`, `designation_closed`; 403 while the unit is closed to the caller.
    """

    right = {"GET": "transition.figures", "POST": "transition.plan"}

    @lists_by_cursor("transitions", TransitionSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return page_of(
            self, request, plans_of(seat_at(request)), lambda page: TransitionSerializer(page, many=True).data
        )

    @writes("start_transition", takes=NewTransition, answers=TransitionSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        seat, said = seat_at(request), given(NewTransition, request)
        unit = chosen(units_to_plan(seat), said["unit"], "unit", "There is no such unit.")
        funds = Designation.objects.seen_by(seat)
        designation = chosen(funds, said["designation"], "designation", "There is no such designation.")
        open_for(seat, unit.pk, "transition.plan")
        act = {**by(request), "unit": unit, "designation": designation}
        return told(seat, once_by(request, lambda: operations.start_plan(**act)), 201)


def units_to_plan(seat: Seat) -> Any:
    """The units in which the seat may plan."""
    reached, units = seat.unit_ids("transition.plan"), Unit.objects.seen_by(seat)
    return units if reached is None else units.filter(pk__in=reached)


class End(APIView):
    """It is over; its months stay readable: 409 `transition_waves_run`, `transition_over`, `unit_archived`."""

    right = "transition.plan"

    @writes("end_transition", takes=EndTransition, answers=TransitionSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk, self.right)
        open_for(seat, plan.unit_id, self.right)
        said = given(EndTransition, request)
        once_by(request, lambda: operations.end_plan(**by(request), plan=plan, **said))
        return told(seat, pk)


class Months(APIView):
    """The month ledger, the oldest month first: each is looked at on its last day, the present one today."""

    right = "transition.figures"

    @lists("transition_months", TransitionMonthSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        months = ledger(seat_at(request).agency, [plan_with_figures(seat_at(request), pk)])
        rows = [(month, code, row) for month, sums in sorted(months.items()) for code, row in sums.items()]
        return paged(self, request, rows, lambda page: [month_told(*each) for each in page])


def month_told(month: Any, currency: str, row: Any) -> dict[str, str]:
    """A month in one currency."""
    figures = {name: Money(getattr(row, name), currency).decimal_string() for name in BUCKETS}
    return {"month": f"{month:%Y-%m}", "currency": currency, **figures}


class Guarantees(APIView):
    """What workers were told of their pay, also what another word took the place of. And a new word: 409
    `guarantee_account`, `guarantee_told`, `guarantee_until`, `transition_over`, `unit_archived`; 403 while the unit is
    closed to the caller.
    """

    right = {"GET": "transition.view", "POST": "transition.guarantee"}

    @lists_by_cursor("transition_guarantees", GuaranteeSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk)
        context = {"withheld": withheld(seat, plan)}
        return page_of(
            self, request, words_of(seat, plan), lambda page: GuaranteeSerializer(page, many=True, context=context).data
        )

    @writes("guarantee_pay", takes=NewGuarantee, answers=GuaranteeSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk, "transition.guarantee")
        open_for(seat, plan.unit_id, "transition.guarantee")
        said = given(NewGuarantee, request)
        funds = Designation.objects.seen_by(seat)
        said["account"] = chosen(funds, said["account"], "account", "There is no such account.")
        made = once_by(request, lambda: operations.guarantee(**by(request), plan=plan, **said))
        kept = get_object_or_404(words_of(seat, plan), pk=made)
        return Response(GuaranteeSerializer(kept, context={"withheld": False}).data, status=201)


def words_of(seat: Seat, plan: Plan) -> Any:
    """The agency's words to the workers of a transition."""
    return Guarantee.objects.filter(plan=plan).annotate(account_name=shown_designation_name(seat, "account"))


class OldAccounts(APIView):
    """Gifts that still come on old accounts, the newest first. They stay as they were given."""

    right = "transition.view"

    @lists("transition_old_accounts", OldAccountGiftSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk)
        withheld(seat, plan)
        still = still_on_old_accounts(plan)
        givers = givers_of(seat, {each.commitment_id for each in still})
        rows = [each for each in still if each.commitment_id in givers]
        return paged(self, request, rows, lambda page: [gift_told(each, givers[each.commitment_id]) for each in page])


def gift_told(each: StillThere, giver: Any) -> Any:
    """A gift line on an old account."""
    gift = None if giver.is_hidden else each.gift_id
    row = {"shift": each.shift_id, "gift_line": each.line_id, "gift": gift, "giver": giver.name}
    money = {"amount": Money(each.amount, each.currency).decimal_string(), "currency": each.currency}
    return OldAccountGiftSerializer({**row, "account_name": giver.designation, "day": each.day, **money}).data


urlpatterns = [
    path("transitions/", Transitions.as_view(), name="api_transitions"),
    path("transitions/<int:pk>/end/", End.as_view(), name="api_transition_end"),
    path("transitions/<int:pk>/months/", Months.as_view(), name="api_transition_months"),
    path("transitions/<int:pk>/guarantees/", Guarantees.as_view(), name="api_transition_guarantees"),
    path("transitions/<int:pk>/old-accounts/", OldAccounts.as_view(), name="api_transition_old_accounts"),
]
