"""Accounts, rules of assessment and their months, journals, closed months."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import lists_by_cursor
from funds.api.movements import designation
from funds.api.parts import KEY, IdField, acting, key_of, money, paged, valid
from funds.models import Account, AssessmentLine, AssessmentRule, Designation, JournalExport, PeriodClose
from funds.operations import (
    add_rule,
    assess_month,
    close_months,
    export_journal,
    open_category,
    open_deposit_account,
    open_month,
)


class AccountSerializer(serializers.Serializer[Any]):
    """A deposit account, a category of expenses, a designation's account, suspense."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
    ledger_code = serializers.CharField()
    designation = serializers.IntegerField(source="designation_id", allow_null=True)
    closed_on = serializers.DateField(allow_null=True)


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
        given = valid(NewAccountSerializer, request)
        if given.pop("kind") == "deposit":
            made = open_deposit_account(**acting(request), **given)
        else:
            made = open_category(**acting(request), name=given["name"], ledger_code=given["ledger_code"])
        return Response(AccountSerializer(made).data, status=status.HTTP_201_CREATED)


class RuleSerializer(serializers.Serializer[Any]):
    """A rule of assessment: of one designation, of a kind, or of all."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(max_length=80)
    percent = serializers.DecimalField(max_digits=7, decimal_places=4)
    designation = IdField(source="designation_id", required=False, allow_null=True, default=None)
    designation_kind = serializers.CharField(source="kind", max_length=8, required=False, default="", allow_blank=True)
    destination = IdField(source="destination_id")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_designation_kind(self, kind: str) -> str:
        """A kind of designations, or nothing."""
        if kind not in ("", *Designation.Kind.values):
            raise serializers.ValidationError(f"Use one of: {', '.join(Designation.Kind.values)}, or leave it empty.")
        return kind


class RulesView(APIView):
    """Rules of assessment, and beginning one."""

    right = {"GET": "ledger.view", "POST": "ledger.setup"}

    @lists_by_cursor("assessment_rules", RuleSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, AssessmentRule.objects.all(), RuleSerializer)

    @extend_schema(operation_id="assessment_rule_add", request=RuleSerializer, responses=RuleSerializer)
    def post(self, request: Request, agency: str) -> Response:
        given = valid(RuleSerializer, request)
        given["destination"] = designation(request, given.pop("destination_id"), "destination")
        of = given.pop("designation_id")
        given["designation"] = designation(request, of, "designation") if of else None
        return Response(RuleSerializer(add_rule(**acting(request), **given)).data, status=status.HTTP_201_CREATED)


class MonthSerializer(serializers.Serializer[Any]):
    """A month, named by any of its days."""

    month = serializers.DateField()


class RunLineSerializer(serializers.Serializer[Any]):
    """What one rule took of one designation: of `base` its `share`; this run posted `amount` of it."""

    rule = serializers.IntegerField(source="rule_id")
    designation = serializers.IntegerField(source="designation_id")
    base = serializers.SerializerMethodField()
    share = serializers.SerializerMethodField()
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()

    def get_base(self, line: Any) -> str:
        """Exact, as text."""
        return money(line.base, line.currency)["amount"]

    def get_share(self, line: Any) -> str:
        """Exact, as text."""
        return money(line.share, line.currency)["amount"]

    def get_amount(self, line: Any) -> str:
        """Exact, as text."""
        return money(line.amount, line.currency)["amount"]


class AssessmentRunSerializer(serializers.Serializer[Any]):
    """A run with its lines."""

    id = serializers.IntegerField(source="pk")
    month = serializers.DateField()
    posting = serializers.IntegerField(source="posting_id")
    lines = serializers.SerializerMethodField()

    def get_lines(self, run: Any) -> list[dict[str, Any]]:
        """By rule and designation."""
        found = AssessmentLine.objects.filter(run=run).order_by("rule", "designation", "currency")
        return list(RunLineSerializer(found, many=True).data)


class AssessmentsView(APIView):
    """Posting what the rules ask of a month that is over, as far as it was not posted."""

    right = "ledger.post"

    @extend_schema(operation_id="assess", parameters=[KEY], request=MonthSerializer, responses=AssessmentRunSerializer)
    def post(self, request: Request, agency: str) -> Response:
        run = assess_month(**acting(request), key=key_of(request), **valid(MonthSerializer, request))
        return Response(AssessmentRunSerializer(run).data, status=status.HTTP_201_CREATED)


class JournalSerializer(serializers.Serializer[Any]):
    """A journal; its file is taken on its page, after the password."""

    id = serializers.IntegerField(source="pk")
    number = serializers.IntegerField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]
    postings = serializers.IntegerField()
    entries = serializers.IntegerField()
    digest = serializers.CharField()


class NewJournalSerializer(serializers.Serializer[Any]):
    """The days whose postings go into a journal."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    source = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)  # type: ignore[assignment]


class JournalsView(APIView):
    """Journals, and making one."""

    right = {"GET": "ledger.view", "POST": "ledger.setup"}

    @lists_by_cursor("journals", JournalSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, JournalExport.objects.defer("codes"), JournalSerializer)

    @extend_schema(
        operation_id="journal_add", parameters=[KEY], request=NewJournalSerializer, responses=JournalSerializer
    )
    def post(self, request: Request, agency: str) -> Response:
        made = export_journal(**acting(request), key=key_of(request), **valid(NewJournalSerializer, request))
        return Response(JournalSerializer(made).data, status=status.HTTP_201_CREATED)


class ClosedSerializer(serializers.Serializer[Any]):
    """From when on the ledger takes postings."""

    open_from = serializers.DateField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class CloseSerializer(MonthSerializer):
    """Closing a month and all before it, or opening it again."""

    act = serializers.ChoiceField(choices=["open", "close"])
    reason = serializers.CharField(max_length=250)


class ClosedMonthsView(APIView):
    """When months were closed and opened, and doing so."""

    right = {"GET": "ledger.view", "POST": "ledger.setup"}

    @lists_by_cursor("closed_months", ClosedSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return paged(self, request, PeriodClose.objects.all(), ClosedSerializer)

    @extend_schema(operation_id="close_months", request=CloseSerializer, responses=ClosedSerializer)
    def post(self, request: Request, agency: str) -> Response:
        given = valid(CloseSerializer, request)
        act = close_months if given.pop("act") == "close" else open_month
        return Response(ClosedSerializer(act(**acting(request), **given)).data, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("accounts/", AccountsView.as_view(), name="api_accounts"),
    path("assessment-rules/", RulesView.as_view(), name="api_rules"),
    path("assessments/", AssessmentsView.as_view(), name="api_assessments"),
    path("journals/", JournalsView.as_view(), name="api_journals"),
    path("closed-months/", ClosedMonthsView.as_view(), name="api_closed_months"),
]
