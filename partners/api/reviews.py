"""Gift lines that wait for a person, and lines in suspense, for programs: the rights and operations of the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ByNumber, by, chosen, given, lists_by_cursor, once_by, reads, seat_at, writes, wrong
from core.api import DayField
from core.money import Money
from funds.api.parts import KEY, key_of
from funds.models import Designation
from partners import operations
from partners.api.batch import IdField
from partners.api.gift_shapes import GiftSerializer
from partners.api.gifts import gift_answer
from partners.forms.reviews import ReviewFilter
from partners.models import GiftLine, ReviewItem
from partners.pages.reviews import review_items, with_lines


class ReviewSerializer(serializers.Serializer[Any]):
    """A line of a gift that waits for a person, or the outcome: `key` is the file's text for the designation, which is
    null in suspense.
    """

    id = serializers.IntegerField(source="pk")
    reason = serializers.ChoiceField(choices=ReviewItem.Reason.choices)
    gift = serializers.IntegerField(source="line.gift_id")
    line = serializers.IntegerField(source="line_id")
    date = DayField(source="line.gift.date")
    giver = serializers.CharField(source="shown_giver")
    partner = serializers.IntegerField(source="partner_id", allow_null=True)
    designation = serializers.IntegerField(source="line.designation_id", allow_null=True)
    name = serializers.CharField(source="shown_name", allow_null=True)
    key = serializers.CharField(source="line.designation_key")
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField(source="line.gift.currency")
    intent = serializers.CharField(source="line.intent")
    made_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)
    settled_by = serializers.CharField(allow_null=True)
    outcome = serializers.CharField()

    def get_amount(self, item: Any) -> str:
        """Exact, as text."""
        return Money(item.line.amount, item.line.gift.currency).decimal_string()


class SettleReview(serializers.Serializer[Any]):
    """What was decided."""

    outcome = serializers.CharField(max_length=250)


class AssignLine(serializers.Serializer[Any]):
    """Where the money belongs, and how that was found out."""

    designation = IdField()
    reason = serializers.CharField(max_length=200)


class TakeLineBack(serializers.Serializer[Any]):
    """Why an assignment was wrong."""

    reason = serializers.CharField(max_length=200)


class ReviewsView(APIView):
    """Lines that wait for a person; with `settled` those that were settled. By `reason`."""

    right = "gifts.record"

    @lists_by_cursor("reviews", ReviewSerializer, *ReviewFilter.base_fields)
    def get(self, request: Request, agency: str) -> Response:
        form, pages = ReviewFilter(request.query_params), ByNumber()
        if not form.is_valid():
            raise wrong(form)
        found = review_items(seat_at(request), **{name: form.cleaned_data[name] for name in ("settled", "reason")})
        page = pages.paginate_queryset(found, request, self) or []
        return pages.get_paginated_response(ReviewSerializer(page, many=True).data)


def review_at(request: Request, pk: int) -> Any:
    """A held line, settled or not."""
    return get_object_or_404(with_lines(seat_at(request), ReviewItem.objects.all()), pk=pk)


class ReviewView(APIView):
    """One line that waits or was settled."""

    right = "gifts.record"

    @reads("review", ReviewSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return Response(ReviewSerializer(review_at(request, pk)).data)


class SettleView(APIView):
    """Note what a person decided: 409 `settled_already`, `still_in_suspense`."""

    right = "gifts.record"

    @writes("review_settle", takes=SettleReview, answers=ReviewSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        item = review_at(request, pk)
        said = given(SettleReview, request)
        once_by(request, lambda: operations.settle_review(**by(request), item=item, **said))
        return Response(ReviewSerializer(review_at(request, pk)).data)


def line_at(request: Request, pk: int) -> Any:
    """A line that still counts."""
    return get_object_or_404(GiftLine.objects.seen_by(seat_at(request)).standing().select_related("gift"), pk=pk)


class AssignView(APIView):
    """Bring the money of a line in suspense to a designation that is open today: 409 `not_in_suspense`. The answer is
    its gift.
    """

    right = "gifts.record"

    @extend_schema(operation_id="line_assign", parameters=[KEY], request=AssignLine, responses=GiftSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        seat, line = seat_at(request), line_at(request, pk)
        said = given(AssignLine, request)
        funds = Designation.objects.seen_by(seat)
        said["designation"] = chosen(funds, said["designation"], "designation", "There is no such designation.")
        operations.assign_line(**by(request), line=line, key=key_of(request), **said)
        return gift_answer(request, line.gift_id, 201)


class TakeBackView(APIView):
    """Put a line that was assigned back into suspense: 409 `not_assigned`, `refunds_rest_on_it`."""

    right = "gifts.record"

    @extend_schema(operation_id="line_take_back", parameters=[KEY], request=TakeLineBack, responses=GiftSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        line = line_at(request, pk)
        said = given(TakeLineBack, request)
        operations.take_back_assignment(**by(request), line=line, key=key_of(request), **said)
        return gift_answer(request, line.gift_id, 201)


urlpatterns = [
    path("reviews/", ReviewsView.as_view(), name="api_reviews"),
    path("reviews/<int:pk>/", ReviewView.as_view(), name="api_review"),
    path("reviews/<int:pk>/settle/", SettleView.as_view(), name="api_review_settle"),
    path("lines/<int:pk>/assign/", AssignView.as_view(), name="api_line_assign"),
    path("lines/<int:pk>/take-back/", TakeBackView.as_view(), name="api_line_take_back"),
]
