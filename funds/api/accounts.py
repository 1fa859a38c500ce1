"""Deposit accounts and categories of expenses for programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import given, lists_by_cursor, once_by, reads, writes
from core.api import DayField
from funds.api.parts import acting, paged, valid
from funds.forms.accounts import AccountForm
from funds.models import Account
from funds.operations import edit_account, open_category, open_deposit_account


class AccountSerializer(serializers.Serializer[Any]):
    """A deposit account, a category of expenses, a designation's account, suspense."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
    ledger_code = serializers.CharField()
    holder = serializers.CharField()
    institution = serializers.CharField()
    last_digits = serializers.CharField()
    designation = serializers.IntegerField(source="designation_id", allow_null=True)
    closed_on = DayField(allow_null=True)


class NewAccountSerializer(serializers.Serializer[Any]):
    """An account to open: `kind` is deposit or expense; only a deposit account has what follows the code."""

    kind = serializers.CharField(max_length=12)
    name = serializers.CharField(max_length=120)
    ledger_code = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    currency = serializers.CharField(max_length=3, required=False, default="", allow_blank=True)
    holder = serializers.ChoiceField(choices=Account.Holder.choices, required=False, default="bank")
    institution = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    last_digits = serializers.CharField(max_length=4, required=False, default="", allow_blank=True)

    def validate_kind(self, kind: str) -> str:
        """One of the two that are opened."""
        if kind not in (Account.Kind.DEPOSIT, Account.Kind.EXPENSE):
            raise serializers.ValidationError("Use deposit or expense.")
        return kind


class AccountsView(APIView):
    """Accounts, and opening one."""

    right = {"GET": "ledger.view", "POST": "ledger.setup"}

    @lists_by_cursor("accounts", AccountSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, Account.objects.all(), AccountSerializer)

    @extend_schema(operation_id="account_add", request=NewAccountSerializer, responses=AccountSerializer)
    def post(self, request: Request, agency: str) -> Response:
        sent = valid(NewAccountSerializer, request)
        if sent.pop("kind") == "deposit":
            made = open_deposit_account(**acting(request), **sent)
        else:
            made = open_category(**acting(request), name=sent["name"], ledger_code=sent["ledger_code"])
        return Response(AccountSerializer(made).data, status=status.HTTP_201_CREATED)


class ChangeAccount(serializers.Serializer[Any]):
    """What is changed of an account: only what is named. A deposit account has all of these, a category its name, its
    code and its last day, any other its code alone.
    """

    name = serializers.CharField(max_length=120)
    holder = serializers.ChoiceField(choices=Account.Holder.choices)
    institution = serializers.CharField(max_length=120, allow_blank=True)
    last_digits = serializers.CharField(max_length=4, allow_blank=True)
    ledger_code = serializers.CharField(max_length=40, allow_blank=True)
    closed_on = DayField(allow_null=True)


class AccountView(APIView):
    """One account; and changing or closing it: 409 `account_name_taken`, `main_account`, `account_digits`."""

    right = {"GET": "ledger.view", "PATCH": "ledger.setup"}

    @reads("account", AccountSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(AccountSerializer(get_object_or_404(Account, pk=pk)).data)

    @writes("account_change", takes=ChangeAccount, answers=AccountSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(Account, pk=pk)
        said = given(ChangeAccount, request, partial=True)
        if foreign := said.keys() - AccountForm(account=found).fields.keys():
            raise serializers.ValidationError(
                {name: ["An account of this kind has no such field."] for name in foreign}
            )
        once_by(request, lambda: edit_account(**acting(request), account=found, **said))
        return Response(AccountSerializer(get_object_or_404(Account, pk=pk)).data)


urlpatterns = [
    path("accounts/", AccountsView.as_view(), name="api_accounts"),
    path("accounts/<int:pk>/", AccountView.as_view(), name="api_account"),
]
