"""Batches of gifts for programs: the rules, rights and operations of the pages. Amounts are exact, as text."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import ReasonSerializer, actor_of, by, chosen, lists_by_cursor, once_by, reads, seat_at, writes
from agencies.seats import Seat
from core.money import Money, parse_amount
from funds.models import Account, Designation
from partners.forms.batches import BatchFilter, initial_of
from partners.models import BatchRow, GiftBatch, GivingUnit, Partner
from partners.operations import Part
from partners.operations.batch_posting import post_batch
from partners.operations.batch_rows import Keyed, remove_row, restore_row, save_row
from partners.operations.batches import Head, change_batch, discard_batch, open_batch, take_up_batch
from partners.queries.batches import KeyedSoFar, alike, batches_wanted, difference, keyed_so_far, rows_shown

LARGEST = 2**63 - 1
FILTERS = tuple(BatchFilter.base_fields)


class ByNumber(CursorPagination):
    """Pages by the number of the record: a cursor stays right while records are added."""

    ordering = "pk"
    page_size = 50


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
    deposited_on = serializers.DateField()
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
    deposited_on = serializers.DateField()
    currency = serializers.CharField(max_length=3)
    expected_count = serializers.IntegerField(min_value=1, max_value=2000)
    expected_total = serializers.CharField(max_length=30)
    deposit = IdField(required=False, allow_null=True, default=None)
    method = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    designation = IdField(required=False, allow_null=True, default=None)
    contributed_on = serializers.DateField(required=False, allow_null=True, default=None)


class RowPartSerializer(serializers.Serializer[Any]):
    """One designation of a gift, its part, and the giver's words."""

    designation = IdField()
    amount = serializers.CharField(max_length=30)
    intent = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class GivenSerializer(serializers.Serializer[Any]):
    """An exact amount as text, in a currency of its own."""

    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)


class NewRowSerializer(serializers.Serializer[Any]):
    """A gift to key, its parts in the currency of the batch. `key` is the program's own: sent again it is the same row,
    with `revision` only if nobody changed it since. Without a `giving_unit` nobody knows who gave.
    """

    key = serializers.CharField(max_length=64)
    revision = serializers.IntegerField(min_value=0, required=False, allow_null=True, default=None)
    giving_unit = IdField(required=False, allow_null=True, default=None)
    date = serializers.DateField()
    parts = serializers.ListField(child=RowPartSerializer(), min_length=1, max_length=50)
    kind = serializers.CharField(max_length=12, required=False, default="gift")
    method = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    tendered = GivenSerializer(required=False, allow_null=True, default=None)
    description = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    fair_market_value = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    soft_partner = IdField(required=False, allow_null=True, default=None)
    soft_kind = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    anonymous = serializers.BooleanField(required=False, default=False)


class RowSerializer(serializers.Serializer[Any]):
    """A gift as it was keyed. `looks_like` names one that is there already; `gift` is what was posted of it."""

    id = serializers.IntegerField(source="pk")
    key = serializers.CharField()
    place = serializers.IntegerField()
    revision = serializers.IntegerField()
    giving_unit = serializers.IntegerField(source="giving_unit_id")
    giver = serializers.CharField(source="giving_unit.name")
    date = serializers.DateField()
    kind = serializers.CharField()
    method = serializers.CharField()
    reference = serializers.CharField()
    amount = serializers.SerializerMethodField()
    parts = serializers.SerializerMethodField()
    looks_like = serializers.SerializerMethodField()
    gift = serializers.IntegerField(source="gift_id", allow_null=True)

    def money(self, minor: int) -> str:
        """In the currency of the batch."""
        return Money(minor, self.context["currency"]).decimal_string()

    def get_amount(self, row: Any) -> str:
        """Exact, as text."""
        return self.money(row.amount)

    def get_parts(self, row: Any) -> list[dict[str, Any]]:
        """Designations as the caller may call them, with their amounts."""
        return [
            {"designation": part.designation_id, "name": part.shown_name, "amount": self.money(part.amount)}
            for part in row.shown_parts
        ]

    def get_looks_like(self, row: Any) -> str:
        """The other gift, or nothing."""
        found: str = self.context["alike"].get(row.pk, "")
        return found


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
    form = HeadSerializer(data=request.data, partial=batch is not None)
    form.is_valid(raise_exception=True)
    given = {**(initial_of(batch) if batch else {}), **form.validated_data}
    seat = seat_at(request)
    deposits = Account.objects.filter(kind=Account.Kind.DEPOSIT)
    return Head(
        expected_total=parse_amount(given["expected_total"], given["currency"]),
        deposit=chosen(deposits, given["deposit"], "deposit", "There is no such account."),
        designation=chosen(
            Designation.objects.seen_by(seat), given["designation"], "designation", "There is no such designation."
        ),
        **{name: given[name] for name in ("title", "deposited_on", "expected_count", "method", "contributed_on")},
    )


def keyed_from(seat: Seat, batch: GiftBatch, given: dict[str, Any]) -> Keyed:
    """A gift as it was sent."""
    known = Designation.objects.seen_by(seat).in_bulk([part["designation"] for part in given["parts"]])
    if any(part["designation"] not in known for part in given["parts"]):
        raise serializers.ValidationError({"parts": ["There is no such designation."]})
    tendered, value = given["tendered"], given["fair_market_value"]
    no_giver, no_partner = "There is no such giver.", "There is no such partner."
    return Keyed(
        giving_unit=chosen(GivingUnit.objects.all(), given["giving_unit"], "giving_unit", no_giver),
        on=given["date"],
        parts=[
            Part(known[part["designation"]], parse_amount(part["amount"], batch.currency), part["intent"])
            for part in given["parts"]
        ],
        tendered=parse_amount(tendered["amount"], tendered["currency"]) if tendered else None,
        fair_market_value=parse_amount(value, batch.currency) if value else None,
        soft_partner=chosen(Partner.objects.seen_by(seat), given["soft_partner"], "soft_partner", no_partner),
        **{name: given[name] for name in ("kind", "method", "reference", "description", "soft_kind", "anonymous")},
    )


class BatchesView(APIView):
    """Batches by the filters of the page; and opening one."""

    right = "gifts.record"

    @lists_by_cursor("batches", BatchSerializer, *FILTERS)
    def get(self, request: Request, agency: str) -> Response:
        form = BatchFilter(request.query_params)
        if not form.is_valid():
            raise serializers.ValidationError({name: list(map(str, said)) for name, said in form.errors.items()})
        pages, found = ByNumber(), batches_wanted(form.wanted())
        page = pages.paginate_queryset(found, request, self) or []
        context = {"keyed": keyed_so_far(page)}
        return pages.get_paginated_response(BatchSerializer(page, many=True, context=context).data)

    @writes("batch_open", takes=HeadSerializer, answers=BatchSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        made = open_batch(**by(request), head=head_of(request), key=key)
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


class RowsView(APIView):
    """The gifts of a batch in the order of keying; and keying one."""

    right = "gifts.record"

    @lists_by_cursor("batch_rows", RowSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        batch, pages = batch_at(pk), ByNumber()
        found: QuerySet[Any] = rows_shown(seat_at(request), batch)
        note_reading(seat_at(request), "gifts of a batch", request.query_params, found)
        page = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(rows_told(batch, page))

    @writes("batch_row_save", takes=NewRowSerializer, answers=RowSerializer, status=201, keyed=False)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        batch, form, seat = batch_at(pk), NewRowSerializer(data=request.data), seat_at(request)
        form.is_valid(raise_exception=True)
        given = form.validated_data
        keyed = keyed_from(seat, batch, given)
        made = save_row(
            agency=seat.agency,
            actor=actor_of(request),
            batch=batch,
            key=given["key"],
            keyed=keyed,
            revision=given["revision"],
        )
        row = rows_shown(seat, batch).get(pk=made.pk)
        return Response(rows_told(batch, [row])[0], status=status.HTTP_201_CREATED)


def rows_told(batch: GiftBatch, rows: list[Any]) -> Any:
    """Rows of one batch."""
    context = {"currency": batch.currency, "alike": alike(batch, rows)}
    return RowSerializer(rows, many=True, context=context).data


class RowView(APIView):
    """Taking a gift out of an open batch, and putting it back."""

    right = "gifts.record"

    @extend_schema(operation_id="batch_row_remove", request=None, responses={200: BatchSerializer})
    def delete(self, request: Request, agency: str, pk: int, row_id: int) -> Response:
        remove_row(**by(request), row=row_at(pk, row_id))
        return batch_shown(pk)

    @writes("batch_row_restore", takes=None, answers=BatchSerializer)
    def post(self, request: Request, agency: str, pk: int, row_id: int) -> Response:
        row = row_at(pk, row_id)
        once_by(request, lambda: restore_row(**by(request), row=row))
        return batch_shown(pk)


def row_at(pk: int, row_id: int) -> BatchRow:
    """A row of a batch."""
    found: BatchRow = get_object_or_404(BatchRow.objects.select_related("batch").filter(batch=pk), pk=row_id)
    return found


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
        batch, form = batch_at(pk), ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        reason = form.validated_data["reason"]
        once_by(request, lambda: discard_batch(**by(request), batch=batch, reason=reason))
        return batch_shown(pk)

    @writes("batch_take_up", answers=BatchSerializer, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        take_up_batch(**by(request), batch=batch_at(pk))
        return batch_shown(pk)


urlpatterns = [
    path("batches/", BatchesView.as_view(), name="api_batches"),
    path("batches/<int:pk>/", BatchView.as_view(), name="api_batch"),
    path("batches/<int:pk>/rows/", RowsView.as_view(), name="api_batch_rows"),
    path("batches/<int:pk>/rows/<int:row_id>/", RowView.as_view(), name="api_batch_row"),
    path("batches/<int:pk>/posting/", PostingView.as_view(), name="api_batch_post"),
    path("batches/<int:pk>/discarding/", DiscardView.as_view(), name="api_batch_discard"),
]
