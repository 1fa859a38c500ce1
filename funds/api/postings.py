"""Postings with their entries, statements, and taking a posting back."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import lists_by_cursor, wrong
from core.api import DayField
from funds.api.parts import KEY, acting, key_of, money, paged, seat_of, valid
from funds.forms.postings import PostingFilter, SpanForm
from funds.models import Designation, Entry, Posting
from funds.operations import reverse_posting
from funds.queries.statements import Statement, statements


class EntrySerializer(serializers.Serializer[Any]):
    """One account's part: a debit is positive, a credit negative."""

    account = serializers.IntegerField(source="account_id")
    designation = serializers.IntegerField(source="account.designation_id", allow_null=True)
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()

    def get_amount(self, entry: Any) -> str:
        """Exact, as text."""
        return money(entry.amount, entry.currency)["amount"]


class PostingSerializer(serializers.Serializer[Any]):
    """A posting; its entries sum to zero per currency."""

    id = serializers.IntegerField(source="pk")
    date = DayField()
    kind = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    posted_at = serializers.DateTimeField()
    entries = EntrySerializer(many=True)


class ReversalSerializer(serializers.Serializer[Any]):
    """On which day and why a posting is taken back."""

    on = DayField()
    reason = serializers.CharField(max_length=250)


def with_entries() -> Any:
    """Postings with all that is written of them: one query more."""
    entries = Entry.objects.select_related("account").order_by("pk")
    return Posting.objects.prefetch_related(Prefetch("entries", entries))


FILTERS = ("kind", "since", "until", "source")


class PostingsView(APIView):
    """Every movement of money, by the filters of the page."""

    right = "ledger.view"

    @lists_by_cursor("postings", PostingSerializer, *FILTERS)
    def get(self, request: Request, agency: str) -> Response:
        form = PostingFilter(request.query_params)
        if not form.is_valid():
            raise wrong(form)
        return paged(self, request, form.matching(with_entries()), PostingSerializer)


class ReversalView(APIView):
    """Taking a posting back, whole and once. What a gift posted goes back with the gift."""

    right = "ledger.post"

    @extend_schema(
        operation_id="posting_reverse", parameters=[KEY], request=ReversalSerializer, responses=PostingSerializer
    )
    def post(self, request: Request, agency: str, pk: int) -> Response:
        posting = get_object_or_404(Posting.objects.all(), pk=pk)
        given = valid(ReversalSerializer, request)
        made = reverse_posting(**acting(request), posting=posting, key=key_of(request), **given)
        return Response(PostingSerializer(with_entries().get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


class DesignationStatementSerializer(serializers.Serializer[Any]):
    """What a designation had, received, spent and has, in one currency over whole months."""

    designation = serializers.IntegerField(source="designation_id")
    currency = serializers.CharField()
    opening = serializers.CharField(source="opening.decimal_string")
    received = serializers.SerializerMethodField()
    brought_in = serializers.SerializerMethodField()
    spent = serializers.SerializerMethodField()
    assessed = serializers.SerializerMethodField()
    transferred = serializers.SerializerMethodField()
    closing = serializers.CharField(source="closing.decimal_string")

    def part(self, statement: Statement, kind: str) -> str:
        """One part, what comes in above zero."""
        return statement.parts[kind].decimal_string()

    def get_received(self, statement: Any) -> str:
        """Gifts, less what of them went back."""
        return self.part(statement, "gift")

    def get_brought_in(self, statement: Any) -> str:
        """Opening balances."""
        return self.part(statement, "opening")

    def get_spent(self, statement: Any) -> str:
        """Expenses, below zero."""
        return self.part(statement, "expense")

    def get_assessed(self, statement: Any) -> str:
        """Shares paid, below zero, or received."""
        return self.part(statement, "assessment")

    def get_transferred(self, statement: Any) -> str:
        """Transfers to it less transfers from it."""
        return self.part(statement, "transfer")


class StatementsView(APIView):
    """The statements of the designations that the caller may see."""

    right = "gifts.view"
    SPAN = [OpenApiParameter("since", str, description="2026-01"), OpenApiParameter("until", str)]

    @extend_schema(operation_id="statement", parameters=SPAN, responses=DesignationStatementSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_of(request)
        form = SpanForm(request.query_params, agency=seat.agency)
        if not form.is_valid():
            raise wrong(form)
        mine = Designation.objects.seen_by(seat).values_list("pk", flat=True)
        return Response(DesignationStatementSerializer(statements(mine, *form.span()), many=True).data)


urlpatterns = [
    path("postings/", PostingsView.as_view(), name="api_postings"),
    path("postings/<int:pk>/reversal/", ReversalView.as_view(), name="api_posting_reverse"),
    path("statement/", StatementsView.as_view(), name="api_statement"),
]
