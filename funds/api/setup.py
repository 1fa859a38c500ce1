"""Rules of assessment and their months, journals, closed months."""

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
from core.filter_forms import DaysFilter
from funds.api.movements import designation
from funds.api.parts import KEY, IdField, acting, key_of, money, paged, sound, valid
from funds.models import AssessmentLine, AssessmentRule, Designation, JournalExport, PeriodClose
from funds.operations import (
    add_rule,
    assess_month,
    close_months,
    end_rule,
    export_journal,
    open_month,
)

Layout = JournalExport.Layout
LAYOUTS = {Layout.FIRST: "first", Layout.ENTRIES: "entries", Layout.BATCHES: "batches"}
"""How a file is written, in a word: the first way, a line per entry with its batch, a set of lines per batch."""


class RuleSerializer(serializers.Serializer[Any]):
    """A rule of assessment: of one designation, of a kind, or of all."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(max_length=80)
    percent = serializers.DecimalField(max_digits=7, decimal_places=4)
    designation = IdField(source="designation_id", required=False, allow_null=True, default=None)
    designation_kind = serializers.CharField(source="kind", max_length=8, required=False, default="", allow_blank=True)
    destination = IdField(source="destination_id")
    starts_on = DayField()
    ends_on = DayField(required=False, allow_null=True, default=None)

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
        sent = valid(RuleSerializer, request)
        sent["destination"] = designation(request, sent.pop("destination_id"), "destination")
        of = sent.pop("designation_id")
        sent["designation"] = designation(request, of, "designation") if of else None
        return Response(RuleSerializer(add_rule(**acting(request), **sent)).data, status=status.HTTP_201_CREATED)


class EndRule(serializers.Serializer[Any]):
    """The last day of a rule."""

    ends_on = DayField()


class RuleEndView(APIView):
    """A rule ends with a day; the next one may begin on the day after. Months that were posted stay as they are."""

    right = "ledger.setup"

    @writes("assessment_rule_end", takes=EndRule, answers=RuleSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        rule = get_object_or_404(AssessmentRule, pk=pk)
        said = given(EndRule, request)
        once_by(request, lambda: end_rule(**acting(request), rule=rule, on=said["ends_on"]))
        return Response(RuleSerializer(get_object_or_404(AssessmentRule, pk=pk)).data)


class MonthSerializer(serializers.Serializer[Any]):
    """A month, named by any of its days."""

    month = DayField()


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
    month = DayField()
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
    first_day = DayField()
    last_day = DayField()
    source = serializers.CharField()  # type: ignore[assignment]
    layout = serializers.SerializerMethodField()
    postings = serializers.IntegerField()
    entries = serializers.IntegerField()
    digest = serializers.CharField()

    def get_layout(self, export: JournalExport) -> str:
        """How its file is written: `first`, `entries` or `batches`."""
        return LAYOUTS[Layout(export.layout)]


class NewJournalSerializer(serializers.Serializer[Any]):
    """The days whose postings go into a journal."""

    first_day = DayField()
    last_day = DayField()
    source = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)  # type: ignore[assignment]
    layout = serializers.ChoiceField(choices=[LAYOUTS[Layout.ENTRIES], LAYOUTS[Layout.BATCHES]], default="entries")

    def validate_layout(self, word: str) -> int:
        """The layout that a word means."""
        return next(layout for layout, said in LAYOUTS.items() if said == word)


class JournalView(APIView):
    """One journal."""

    right = "ledger.view"

    @reads("journal", JournalSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(JournalSerializer(get_object_or_404(JournalExport.objects.defer("codes"), pk=pk)).data)


class JournalsView(APIView):
    """Journals of which a day is among those asked for, and making one."""

    right = {"GET": "ledger.view", "POST": "ledger.setup"}

    @lists_by_cursor("journals", JournalSerializer, *DaysFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        form = sound(DaysFilter(request.query_params))
        found = form.within(JournalExport.objects.defer("codes"), "first_day", "last_day")
        return paged(self, request, found, JournalSerializer)

    @extend_schema(
        operation_id="journal_add", parameters=[KEY], request=NewJournalSerializer, responses=JournalSerializer
    )
    def post(self, request: Request, agency: str) -> Response:
        made = export_journal(**acting(request), key=key_of(request), **valid(NewJournalSerializer, request))
        return Response(JournalSerializer(made).data, status=status.HTTP_201_CREATED)


class ClosedSerializer(serializers.Serializer[Any]):
    """From when on the ledger takes postings."""

    open_from = DayField()
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
        sent = valid(CloseSerializer, request)
        act = close_months if sent.pop("act") == "close" else open_month
        return Response(ClosedSerializer(act(**acting(request), **sent)).data, status=status.HTTP_201_CREATED)


urlpatterns = [
    path("assessment-rules/", RulesView.as_view(), name="api_rules"),
    path("assessment-rules/<int:pk>/end/", RuleEndView.as_view(), name="api_rule_end"),
    path("assessments/", AssessmentsView.as_view(), name="api_assessments"),
    path("journals/", JournalsView.as_view(), name="api_journals"),
    path("journals/<int:pk>/", JournalView.as_view(), name="api_journal"),
    path("closed-months/", ClosedMonthsView.as_view(), name="api_closed_months"),
]
