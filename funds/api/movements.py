"""Opening balances, transfers and expenses."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import lists_by_cursor
from core.api import DayField
from core.money import parse_amount
from funds.api.parts import KEY, IdField, acting, key_of, money, one_of, paged, seat_of, sound, valid
from funds.forms.filters import MovementFilter
from funds.models import Account, Designation, Expense, Transfer
from funds.operations import record_expense, record_opening
from funds.operations import transfer as move

Kind = Account.Kind


class TransferSerializer(serializers.Serializer[Any]):
    """Money that a board gave from one designation to another."""

    id = serializers.IntegerField(source="pk")
    posting = serializers.IntegerField(source="posting_id")
    date = DayField(source="posting.date")
    origin = serializers.IntegerField(source="origin_id")
    destination = serializers.IntegerField(source="destination_id")
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()
    resolution = serializers.CharField()
    resolved_on = DayField()

    def get_amount(self, transfer: Any) -> str:
        """Exact, as text."""
        return money(transfer.amount, transfer.currency)["amount"]


class NewTransferSerializer(serializers.Serializer[Any]):
    """A transfer to post, effective `on` a day."""

    origin = IdField()
    destination = IdField()
    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)
    on = DayField()
    resolution = serializers.CharField(max_length=120)
    resolved_on = DayField()
    reason = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)


class ExpenseSerializer(serializers.Serializer[Any]):
    """What a designation spent."""

    id = serializers.IntegerField(source="pk")
    posting = serializers.IntegerField(source="posting_id")
    date = DayField(source="posting.date")
    designation = serializers.IntegerField(source="designation_id")
    category = serializers.IntegerField(source="category_id")
    paid_from = serializers.IntegerField(source="paid_from_id")
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()
    payee = serializers.CharField()
    description = serializers.CharField()
    reference = serializers.CharField()

    def get_amount(self, expense: Any) -> str:
        """Exact, as text."""
        return money(expense.amount, expense.currency)["amount"]


class NewExpenseSerializer(serializers.Serializer[Any]):
    """An expense to post: `category` and `paid_from` are numbers of accounts."""

    designation = IdField()
    category = IdField()
    paid_from = IdField()
    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)
    on = DayField()
    payee = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    description = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class NewOpeningSerializer(serializers.Serializer[Any]):
    """What a designation held on a day, below zero for a deficit; `deposit` is the account where it lies."""

    designation = IdField()
    deposit = IdField()
    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)
    on = DayField()
    reason = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)


class OpeningSerializer(serializers.Serializer[Any]):
    """An opening balance that was posted."""

    id = serializers.IntegerField(source="pk")
    posting = serializers.IntegerField(source="posting_id")
    designation = serializers.IntegerField(source="designation_id")


def designation(request: Request, pk: int, field: str) -> Any:
    """A designation that the caller may see."""
    return one_of(Designation.objects.seen_by(seat_of(request)), pk, field, "designation")


def account(pk: int, kind: str, field: str) -> Any:
    """An account of a kind."""
    return one_of(Account.objects.filter(kind=kind), pk, field, "account")


class TransfersView(APIView):
    """Transfers by days and designation (its own or the other), and posting one."""

    right = {"GET": "ledger.view", "POST": "ledger.post"}

    @lists_by_cursor("transfers", TransferSerializer, *MovementFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        form = sound(MovementFilter(request.query_params))
        found = form.matching(Transfer.objects.select_related("posting"), "origin", "destination")
        return paged(self, request, found, TransferSerializer)

    @extend_schema(
        operation_id="transfer_add", parameters=[KEY], request=NewTransferSerializer, responses=TransferSerializer
    )
    def post(self, request: Request, agency: str) -> Response:
        given = valid(NewTransferSerializer, request)
        for name in ("origin", "destination"):
            given[name] = designation(request, given[name], name)
        given["amount"] = parse_amount(given["amount"], given.pop("currency"))
        made = move(**acting(request), key=key_of(request), **given)
        return Response(TransferSerializer(made).data, status=status.HTTP_201_CREATED)


class ExpensesView(APIView):
    """Expenses by days and designation, and posting one."""

    right = {"GET": "ledger.view", "POST": "ledger.post"}

    @lists_by_cursor("expenses", ExpenseSerializer, *MovementFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        form = sound(MovementFilter(request.query_params))
        found = form.matching(Expense.objects.select_related("posting"), "designation")
        return paged(self, request, found, ExpenseSerializer)

    @extend_schema(
        operation_id="expense_add", parameters=[KEY], request=NewExpenseSerializer, responses=ExpenseSerializer
    )
    def post(self, request: Request, agency: str) -> Response:
        given = valid(NewExpenseSerializer, request)
        given["designation"] = designation(request, given["designation"], "designation")
        given["category"] = account(given["category"], Kind.EXPENSE, "category")
        given["paid_from"] = account(given["paid_from"], Kind.DEPOSIT, "paid_from")
        given["amount"] = parse_amount(given["amount"], given.pop("currency"))
        made = record_expense(**acting(request), key=key_of(request), **given)
        return Response(ExpenseSerializer(made).data, status=status.HTTP_201_CREATED)


class OpeningsView(APIView):
    """Posting what a designation held before its ledger began here."""

    right = "ledger.post"

    @extend_schema(
        operation_id="opening_add", parameters=[KEY], request=NewOpeningSerializer, responses=OpeningSerializer
    )
    def post(self, request: Request, agency: str) -> Response:
        given = valid(NewOpeningSerializer, request)
        given["designation"] = designation(request, given["designation"], "designation")
        given["deposit"] = account(given["deposit"], Kind.DEPOSIT, "deposit")
        given["amount"] = parse_amount(given["amount"], given.pop("currency"))
        made = record_opening(**acting(request), key=key_of(request), **given)
        return Response(OpeningSerializer(made).data, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("transfers/", TransfersView.as_view(), name="api_transfers"),
    path("expenses/", ExpensesView.as_view(), name="api_expenses"),
    path("opening-balances/", OpeningsView.as_view(), name="api_openings"),
]
