"""The API of what workers' accounts hold."""

from typing import Any

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.endpoints import reads, seat_at
from core.api import DayField
from transition.api.doors import withheld
from transition.queries.balances import balances_of
from transition.reached import plan_seen


class ResolvedSerializer(serializers.Serializer[Any]):
    """A transfer that the board resolved: to or from `other`. `resolution` is empty while the unit is closed to the
    caller. `covers` is the part that pays for a deficit of where it went.
    """

    other = serializers.CharField()
    amount = serializers.SerializerMethodField()
    covers = serializers.SerializerMethodField()
    resolution = serializers.SerializerMethodField()
    resolved_on = DayField()
    moved_on = DayField()
    posting = serializers.IntegerField(source="posting_id")

    def get_amount(self, each: Any) -> str:
        """Exact text."""
        return str(each.amount.decimal_string())

    def get_covers(self, each: Any) -> str:
        """Exact text."""
        return str(each.covers.decimal_string())

    def get_resolution(self, each: Any) -> str:
        """Number or title of the board's resolution."""
        return "" if self.context["withheld"] else str(each.resolution)


class BalanceSerializer(serializers.Serializer[Any]):
    """A worker's account in one currency: what it holds, what of it stays as it was given with a stated intent, what
    may move if the board resolves so; `away` is what moved, `covered` what paid for a deficit.
    """

    account = serializers.IntegerField(source="account_id")
    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField(source="held.currency")
    held = serializers.SerializerMethodField()
    stays = serializers.SerializerMethodField()
    free = serializers.SerializerMethodField()
    opening = serializers.SerializerMethodField()
    opened_on = DayField(allow_null=True)
    state = serializers.ChoiceField(choices=["stays", "moved", "deficit", "nothing"])
    away = ResolvedSerializer(many=True)
    covered = ResolvedSerializer(many=True)

    def get_held(self, each: Any) -> str:
        """Exact text; below zero for a deficit."""
        return str(each.held.decimal_string())

    def get_stays(self, each: Any) -> str:
        """Exact text."""
        return str(each.stays.decimal_string())

    def get_free(self, each: Any) -> str:
        """Exact text."""
        return str(each.free.decimal_string())

    def get_opening(self, each: Any) -> str:
        """The opening balance that stands, "" for none."""
        return str(each.opening.decimal_string()) if each.opening is not None else ""


class Balances(APIView):
    """What the accounts of the unit's workers hold, and what became of it. Transfers are posted in the ledger."""

    right = "ledger.view"

    @reads("transition_balances", BalanceSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        plan = plan_seen(seat, pk)
        reachable(seat, self.right, plan.unit_id)
        context = {"withheld": withheld(seat, plan)}
        return Response(BalanceSerializer(balances_of(seat, plan), many=True, context=context).data)


urlpatterns = [path("transitions/<int:pk>/balances/", Balances.as_view(), name="api_transition_balances")]
