"""Statements and runs for programs."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import reachable
from agencies.bulk_reading import note_reading
from agencies.endpoints import ByCursor, by, given, lists_by_cursor, once_by, reads, seat_at, writes
from budgets.models import Budget
from core.api import DayField
from core.money import Money
from delivery.models import OutgoingMessage
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.files import answer
from jobs.queries import jobs_seen_by
from partners.reached import cared_partner
from reports.documents.contents import totals
from reports.models import StatementFile, StatementIssue
from reports.operations import send_statement, set_receipt_start, start_budget_paper, start_unit_report
from reports.pages.statement import withheld
from reports.queries.benefits import scorecard, windows
from reports.queries.benefits.frame import Figure, TooFew
from reports.queries.budget_papers import CASE, WHOLE
from reports.queries.issues import newest_issues, with_file
from reports.queries.naming import public_names
from reports.queries.runs import runs, state_of
from reports.queries.standing import receipts_from
from ssu.models import Unit
from ssu.reached import unit_seen


class StatementSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """The newest version of a giving unit's statement of a year. Totals are exact decimal strings by currency."""

    id = serializers.IntegerField()
    giving_unit = serializers.IntegerField()
    year = serializers.IntegerField()
    number = serializers.CharField()
    version = serializers.IntegerField()
    issued_on = DayField()
    totals = serializers.DictField(child=serializers.CharField())
    has_file = serializers.BooleanField()


class RunSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A run: its state is that of a job (queued, running, done, failed, cancelled)."""

    id = serializers.IntegerField()
    year = serializers.IntegerField()
    state = serializers.CharField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    issued = serializers.IntegerField()
    replaced = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    failed = serializers.IntegerField()
    skipped = serializers.DictField(child=serializers.IntegerField())


class ByLabel(ByCursor):
    """Statements in the order of their numbers."""

    ordering = ("year", "number")


def as_data(issue: StatementIssue, filed: set[int]) -> dict[str, Any]:
    """One statement."""
    sums = {code: Money(minor, code).decimal_string() for code, minor in totals(issue.content).items()}
    return {
        "id": issue.pk,
        "giving_unit": issue.giving_unit_id,
        "year": issue.year,
        "number": issue.label,
        "version": issue.version,
        "issued_on": issue.issued_on.isoformat(),
        "totals": sums,
        "has_file": issue.pk in filed,
    }


class StatementsView(APIView):
    """The newest statements of a year."""

    right = "statements.view"

    @lists_by_cursor("statements_list", StatementSerializer)
    def get(self, request: Request, agency: str, year: int) -> Response:
        paginator = ByLabel()
        found = newest_issues(year)
        note_reading(request.seat, f"statements of {year}", request.query_params, found)  # type: ignore[attr-defined]
        page: list[StatementIssue] = paginator.paginate_queryset(found, request, view=self) or []
        filed = with_file(issue.pk for issue in page)
        return paginator.get_paginated_response([as_data(issue, filed) for issue in page])


class StatementView(APIView):
    """One issued statement."""

    right = "statements.view"

    @extend_schema(responses=StatementSerializer, operation_id="statement_retrieve")
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(as_data(get_object_or_404(StatementIssue, pk=pk), with_file([pk])))


class StatementFileView(APIView):
    """The PDF of one issued statement."""

    right = "statements.view"

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY}, operation_id="statement_file")
    def get(self, request: Request, agency: str, pk: int) -> FileResponse:
        issue = get_object_or_404(StatementIssue, pk=pk)
        seat = request.seat  # type: ignore[attr-defined]
        if withheld(seat, issue, public_names()):
            raise PermissionDenied
        note_reading(seat, f"files of statements of {issue.year}", request.query_params, newest_issues(issue.year))
        return answer(get_object_or_404(StatementFile.objects.select_related("stored"), issue=issue).stored)


class SentStatementSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """What was sent: `state` is that of the mail, `suppressed` where the address takes none."""

    state = serializers.CharField()


class StatementSendView(APIView):
    """Send a statement again, to the address on record: 409 `no_address`, `partner_has_died`,
    `no_statement_file`, `statement_replaced`.
    """

    right = "statements.send"

    @writes("send_statement", answers=SentStatementSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        issue = get_object_or_404(StatementIssue.objects.select_related("giving_unit__partner"), pk=pk)
        cared_partner(seat_at(request), issue.giving_unit.partner_id or 0)
        made = once_by(request, lambda: send_statement(**by(request), issue=issue))
        return Response({"state": OutgoingMessage.objects.get(pk=made).state})


class RunView(APIView):
    """How far a run is."""

    right = "statements.view"

    @extend_schema(responses=RunSerializer, operation_id="statement_run_retrieve")
    def get(self, request: Request, agency: str, pk: int) -> Response:
        run = get_object_or_404(runs(), pk=pk)
        state = state_of(run)
        counts = {name: getattr(state, name) for name in ("state", "done", "issued", "replaced", "unchanged")}
        failed = len(state.failures)
        return Response(
            {"id": run.pk, "year": run.year, "total": run.total, **counts, "failed": failed, "skipped": run.skipped}
        )


class FigureSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A figure by its kind: share (part, whole, currency), amount (minor, currency, of), count (number, of), rate
    (things, each) or too_few (of). Money is in minor units.
    """

    kind = serializers.CharField()
    part = serializers.IntegerField(required=False)
    whole = serializers.IntegerField(required=False)
    minor = serializers.IntegerField(required=False)
    currency = serializers.CharField(required=False)
    number = serializers.IntegerField(required=False)
    things = serializers.IntegerField(required=False)
    each = serializers.IntegerField(required=False)
    of = serializers.IntegerField(required=False, allow_null=True)


class MeasureSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """A measure of a benefit before the shift and now; null where there is nothing to take it from."""

    benefit = serializers.IntegerField()
    promise = serializers.CharField()
    measure = serializers.CharField()
    formula = serializers.CharField()
    before = FigureSerializer(allow_null=True)
    now = FigureSerializer(allow_null=True)


class BenefitsSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """The eight benefits of a unit. `before` and `now` are the first and last day of the periods."""

    before = serializers.ListField(child=DayField(), allow_null=True)
    now = serializers.ListField(child=DayField())
    measures = MeasureSerializer(many=True)


def figure_data(figure: Figure) -> dict[str, Any] | None:
    """A figure with its kind in front."""
    if figure is None:
        return None
    kind = "too_few" if isinstance(figure, TooFew) else type(figure).__name__.lower()
    return {"kind": kind, **asdict(figure)}


class BenefitsView(APIView):
    """The eight benefits of one unit, before its shift and now."""

    right = "reports.view"

    @extend_schema(responses=BenefitsSerializer, operation_id="unit_benefits")
    def get(self, request: Request, agency: str, pk: int) -> Response:
        seat = request.seat  # type: ignore[attr-defined]
        unit = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
        reachable(seat, self.right, unit.pk)
        periods = windows(unit, seat.agency.today())
        measures = [
            {
                "benefit": benefit.number,
                "promise": benefit.promise,
                "measure": each.label,
                "formula": each.formula,
                "before": figure_data(each.before),
                "now": figure_data(each.now),
            }
            for benefit in scorecard(seat, unit)
            for each in benefit.measures
        ]
        before = [periods.before.first, periods.before.last] if periods.before else None
        return Response({"before": before, "now": [periods.now.first, periods.now.last], "measures": measures})


class UnitReportView(APIView):
    """Have the report of a unit made as PDF, masked for the caller: the answer is the job, which keeps the file."""

    right = "reports.view"

    @writes("start_unit_report", answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat = seat_at(request)
        unit = unit_seen(seat, pk, self.right)
        made = once_by(request, lambda: start_unit_report(**by(request), seat=seat, unit=unit))
        return Response(shown_jobs(seat, [get_object_or_404(jobs_seen_by(seat), pk=made)])[0], status=202)


class BudgetPaperView(APIView):
    """Have a version of a budget made as PDF, masked for the caller: the answer is the job, which keeps the file."""

    right = "budgets.view"
    kind = WHOLE

    def started(self, request: Request, pk: int) -> Response:
        seat = seat_at(request)
        budget = get_object_or_404(Budget.objects.seen_by(seat), pk=pk)
        made = once_by(request, lambda: start_budget_paper(**by(request), seat=seat, budget=budget, kind=self.kind))
        return Response(shown_jobs(seat, [get_object_or_404(jobs_seen_by(seat), pk=made)])[0], status=202)

    @writes("start_budget_paper", answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.started(request, pk)


class CaseView(BudgetPaperView):
    """Have the case for support made of an approved budget: 409 `budget_not_approved`, `gate_shut`."""

    kind = CASE

    @writes("start_case", answers=JobSerializer, status=202)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.started(request, pk)


class ReceiptStartSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """The first contribution date that is receipted here; null where nothing was receipted elsewhere."""

    on = DayField(allow_null=True)


class SetReceiptStart(serializers.Serializer):  # type: ignore[type-arg]
    """From when on receipts are given here."""

    on = DayField()


class ReceiptStartView(APIView):
    """From when on receipts are given here; and saying it: 409 `statements_stand`."""

    right = "statements.run"

    @reads("receipt_start", ReceiptStartSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return Response(ReceiptStartSerializer({"on": receipts_from()}).data)

    @writes("set_receipt_start", takes=SetReceiptStart, answers=ReceiptStartSerializer)
    def post(self, request: Request, agency: str) -> Response:
        said = given(SetReceiptStart, request)
        once_by(request, lambda: set_receipt_start(**by(request), **said))
        return Response(ReceiptStartSerializer({"on": receipts_from()}).data)


urlpatterns = [
    path("statements/start/", ReceiptStartView.as_view(), name="api_receipt_start"),
    path("units/<int:pk>/report/", UnitReportView.as_view(), name="api_unit_report"),
    path("budgets/<int:pk>/paper/", BudgetPaperView.as_view(), name="api_budget_paper"),
    path("budgets/<int:pk>/case/", CaseView.as_view(), name="api_case"),
    path("units/<int:pk>/benefits/", BenefitsView.as_view()),
    path("statements/<int:year>/", StatementsView.as_view()),
    path("statements/issues/<int:pk>/", StatementView.as_view()),
    path("statements/issues/<int:pk>/file/", StatementFileView.as_view()),
    path("statements/issues/<int:pk>/send/", StatementSendView.as_view(), name="api_statement_send"),
    path("statements/runs/<int:pk>/", RunView.as_view()),
]
