"""The gifts of a batch for programs, as they are keyed. Amounts are exact, as text."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import ByNumber, by, chosen, given, lists_by_cursor, once_by, seat_at, writes
from agencies.seats import Seat
from core.api import DayField
from core.money import Money, parse_amount
from funds.models import Designation
from partners.api.batch import BatchSerializer, IdField, batch_at, batch_shown
from partners.models import BatchRow, GiftBatch, GivingUnit, Partner
from partners.operations import Part
from partners.operations.batch_rows import Keyed, remove_row, restore_row, save_row
from partners.queries.batches import alike, rows_shown

SAME = ("kind", "method", "reference", "description", "in_return", "intangible", "soft_kind", "anonymous")
"""What a program says as the operation takes it."""


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
    date = DayField()
    parts = serializers.ListField(child=RowPartSerializer(), min_length=1, max_length=50)
    kind = serializers.CharField(max_length=12, required=False, default="gift")
    method = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    tendered = GivenSerializer(required=False, allow_null=True, default=None)
    description = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    in_return = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)
    fair_market_value = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    intangible = serializers.BooleanField(required=False, default=False)
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
    date = DayField()
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


def keyed_from(seat: Seat, batch: GiftBatch, said: dict[str, Any]) -> Keyed:
    """A gift as it was sent."""
    known = Designation.objects.seen_by(seat).in_bulk([part["designation"] for part in said["parts"]])
    if any(part["designation"] not in known for part in said["parts"]):
        raise serializers.ValidationError({"parts": ["There is no such designation."]})
    tendered, value = said["tendered"], said["fair_market_value"]
    no_giver, no_partner = "There is no such giver.", "There is no such partner."
    return Keyed(
        giving_unit=chosen(GivingUnit.objects.all(), said["giving_unit"], "giving_unit", no_giver),
        on=said["date"],
        parts=[
            Part(known[part["designation"]], parse_amount(part["amount"], batch.currency), part["intent"])
            for part in said["parts"]
        ],
        tendered=parse_amount(tendered["amount"], tendered["currency"]) if tendered else None,
        fair_market_value=parse_amount(value, batch.currency) if value else None,
        soft_partner=chosen(Partner.objects.seen_by(seat), said["soft_partner"], "soft_partner", no_partner),
        **{name: said[name] for name in SAME},
    )


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
        seat, batch = seat_at(request), batch_at(pk)
        said = given(NewRowSerializer, request)
        keyed = keyed_from(seat, batch, said)
        made = save_row(**by(request), batch=batch, key=said["key"], keyed=keyed, revision=said["revision"])
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


urlpatterns = [
    path("batches/<int:pk>/rows/", RowsView.as_view(), name="api_batch_rows"),
    path("batches/<int:pk>/rows/<int:row_id>/", RowView.as_view(), name="api_batch_row"),
]
