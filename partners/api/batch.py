"""Batches of gifts for programs: the rules, rights and operations of the pages. Amounts are exact, as text."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import (
    ByNumber,
    ReasonSerializer,
    by,
    chosen,
    given,
    lists_by_cursor,
    once_by,
    reads,
    seat_at,
    writes,
    wrong,
)
from core.api import DayField
from core.money import Money, parse_amount
from funds.models import Account, Designation
from partners.forms.batches import BatchFilter, initial_of
from partners.models import GiftBatch
from partners.operations.batch_posting import post_batch
from partners.operations.batches import Head, change_batch, discard_batch, open_batch, take_up_batch
from partners.queries.batches import KeyedSoFar, batches_wanted, difference, keyed_so_far
from partners.queries.reconciliation.lines import incoming

LARGEST = 2**63 - 1
FILTERS = tuple(BatchFilter.base_fields)


class IdField(serializers.IntegerField):
    """The number of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class BatchSerializer(serializers.Serializer[Any]):
    """A batch: what was counted, what was keyed so far, and what is missing (below zero what is too much)."""

    id = serializers.IntegerField(source="pk")
    number = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.CharField()
    deposit = serializers.IntegerField(source="deposit_id")
    deposited_on = DayField()
    currency = serializers.CharField()
    expected_count = serializers.IntegerField()
    expected_total = serializers.SerializerMethodField()
    count = serializers.SerializerMethodField()
    total = serializers.SerializerMethodField()
    missing_count = serializers.SerializerMethodField()
    missing_total = serializers.SerializerMethodField()
    matches = serializers.SerializerMethodField()
    posted_at = serializers.DateTimeField(allow_null=True)
    discarded_at = serializers.DateTimeField(allow_null=True)

    def keyed(self, batch: Any) -> KeyedSoFar:
        """What stands in it."""
        found: KeyedSoFar = self.context["keyed"].get(batch.pk, KeyedSoFar())
        return found

    def get_expected_total(self, batch: Any) -> str:
        """Exact, as text."""
        return Money(batch.expected_total, batch.currency).decimal_string()

    def get_count(self, batch: Any) -> int:
        """Gifts keyed."""
        return self.keyed(batch).count

    def get_total(self, batch: Any) -> str:
        """What they come to."""
        return Money(self.keyed(batch).total, batch.currency).decimal_string()

    def get_missing_count(self, batch: Any) -> int:
        """Counted less keyed."""
        return difference(batch, self.keyed(batch)).gifts

    def get_missing_total(self, batch: Any) -> str:
        """Counted less keyed."""
        return difference(batch, self.keyed(batch)).money.decimal_string()

    def get_matches(self, batch: Any) -> bool:
        """Whether it can be posted."""
        return difference(batch, self.keyed(batch)).matches


class HeadSerializer(serializers.Serializer[Any]):
    """What was counted, and what fills new rows. `deposit` null is the main account."""

    title = serializers.CharField(max_length=120)
    deposited_on = DayField()
    currency = serializers.CharField(max_length=3)
    expected_count = serializers.IntegerField(min_value=1, max_value=2000)
    expected_total = serializers.CharField(max_length=30)
    deposit = IdField(required=False, allow_null=True, default=None)
    method = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    designation = IdField(required=False, allow_null=True, default=None)
    contributed_on = DayField(required=False, allow_null=True, default=None)


class NewBatchSerializer(HeadSerializer):
    """The same of a new one. `bank_line` is the line from which it is entered: posting the batch matches it."""

    bank_line = IdField(required=False, allow_null=True, default=None)


def batch_at(pk: int) -> GiftBatch:
    """A batch of the agency in scope."""
    found: GiftBatch = get_object_or_404(GiftBatch.objects.select_related("deposit"), pk=pk)
    return found


def batch_shown(pk: int, code: int = status.HTTP_200_OK) -> Response:
    """One batch as it stands."""
    batch = batch_at(pk)
    return Response(BatchSerializer(batch, context={"keyed": keyed_so_far([batch])}).data, status=code)


def head_of(request: Request, batch: GiftBatch | None = None) -> Head:
    """What was sent of a batch; what is left out stays as it stands in `batch`. Ids that are not here are refused like
    ones that do not exist.
    """
    stands = initial_of(batch) if batch else {}
    said = {**stands, **given(HeadSerializer, request, partial=batch is not None)}
    seat = seat_at(request)
    deposits = Account.objects.filter(kind=Account.Kind.DEPOSIT)
    return Head(
        expected_total=parse_amount(said["expected_total"], said["currency"]),
        deposit=chosen(deposits, said["deposit"], "deposit", "There is no such account."),
        designation=chosen(
            Designation.objects.seen_by(seat), said["designation"], "designation", "There is no such designation."
        ),
        **{name: said[name] for name in ("title", "deposited_on", "expected_count", "method", "contributed_on")},
    )


class BatchesView(APIView):
    """Batches by the filters of the page; and opening one."""

    right = "gifts.record"

    @lists_by_cursor("batches", BatchSerializer, *FILTERS)
    def get(self, request: Request, agency: str) -> Response:
        form = BatchFilter(request.query_params)
        if not form.is_valid():
            raise wrong(form)
        pages, found = ByNumber(), batches_wanted(form.wanted())
        page = pages.paginate_queryset(found, request, self) or []
        context = {"keyed": keyed_so_far(page)}
        return pages.get_paginated_response(BatchSerializer(page, many=True, context=context).data)

    @writes("batch_open", takes=NewBatchSerializer, answers=BatchSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        key, named = request.headers.get("Idempotency-Key", ""), given(NewBatchSerializer, request)["bank_line"]
        line = chosen(incoming().filter(amount__gt=0), named, "bank_line", "There is no such line.")
        made = open_batch(**by(request), head=head_of(request), key=key, brought_by=line)
        return batch_shown(made.pk, status.HTTP_201_CREATED)


class BatchView(APIView):
    """One batch; and correcting what was counted."""

    right = "gifts.record"

    @reads("batch", BatchSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return batch_shown(pk)

    @writes("batch_change", takes=HeadSerializer, answers=BatchSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        batch = batch_at(pk)
        head = head_of(request, batch)
        once_by(request, lambda: change_batch(**by(request), batch=batch, head=head))
        return batch_shown(pk)


class PostingView(APIView):
    """Posting a batch, all of it or nothing."""

    right = "gifts.record"

    @writes("batch_post", takes=None, answers=BatchSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        return batch_shown(post_batch(**by(request), batch=batch_at(pk), key=key).pk)


class DiscardView(APIView):
    """Putting an open batch away, and taking it up again."""

    right = "gifts.record"

    @writes("batch_discard", takes=ReasonSerializer, answers=BatchSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        batch, said = batch_at(pk), given(ReasonSerializer, request)
        once_by(request, lambda: discard_batch(**by(request), batch=batch, **said))
        return batch_shown(pk)

    @writes("batch_take_up", answers=BatchSerializer, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        take_up_batch(**by(request), batch=batch_at(pk))
        return batch_shown(pk)


urlpatterns = [
    path("batches/", BatchesView.as_view(), name="api_batches"),
    path("batches/<int:pk>/", BatchView.as_view(), name="api_batch"),
    path("batches/<int:pk>/posting/", PostingView.as_view(), name="api_batch_post"),
    path("batches/<int:pk>/discarding/", DiscardView.as_view(), name="api_batch_discard"),
]
