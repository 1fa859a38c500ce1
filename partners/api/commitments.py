"""The API of commitments: the same lists, filters, rights and operations as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import (
    NewestFirst,
    asked_ids,
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
from agencies.seats import Seat
from core.api import DayField
from core.money import Money, parse_amount
from funds.models import Designation
from partners import operations
from partners.forms.commitment_lists import CommitmentFilter
from partners.lateness import Bucket
from partners.models import Commitment, GivingUnit, Partner
from partners.queries.commitments import commitments_wanted, in_bucket
from partners.queries.fulfilment import payments, standings

FREQUENCIES = Commitment.Frequency.choices


class CommitmentSerializer(serializers.Serializer[Any]):
    """A promise and how it stands today. `giver` as the caller may know it; `paid` and `expected` are of the last 365
    days; `late` is the bucket, `follows` the commitment in whose place it stands.
    """

    id = serializers.IntegerField(source="pk")
    giver = serializers.CharField(source="shown_giver")
    designation = serializers.IntegerField(source="designation_id")
    designation_name = serializers.CharField(source="shown_name")
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField()
    frequency = serializers.ChoiceField(choices=FREQUENCIES)
    starts_on = DayField()
    ends_on = DayField(allow_null=True)
    follows = serializers.IntegerField(source="follows_id", allow_null=True)
    late = serializers.ChoiceField(choices=Bucket.choices, source="standing.bucket")
    days_late = serializers.IntegerField(source="standing.days_late")
    last_gift = DayField(source="standing.last_gift", allow_null=True)
    next_due = DayField(source="standing.next_due", allow_null=True)
    paid = serializers.SerializerMethodField()
    expected = serializers.SerializerMethodField()

    def get_amount(self, each: Any) -> str:
        """Per payment."""
        return Money(each.amount, each.currency).decimal_string()

    def get_paid(self, each: Any) -> str:
        """What came and counts."""
        return Money(each.standing.paid, each.currency).decimal_string()

    def get_expected(self, each: Any) -> str:
        """What was due."""
        return Money(each.standing.expected, each.currency).decimal_string()


class PaymentSerializer(serializers.Serializer[Any]):
    """A gift that counts: what it gave to the designation, how much of that pays the commitment, and the numbers of the
    first and the last payment that it touches, from 0.
    """

    gift = serializers.IntegerField(source="gift_id")
    day = DayField()
    given = serializers.SerializerMethodField()
    paid = serializers.SerializerMethodField()
    first = serializers.IntegerField()
    last = serializers.IntegerField()

    def get_given(self, each: Any) -> str:
        """In the currency of the commitment."""
        return Money(each.given, self.context["currency"]).decimal_string()

    def get_paid(self, each: Any) -> str:
        """In the currency of the commitment."""
        return Money(each.paid, self.context["currency"]).decimal_string()


class WholeCommitmentSerializer(CommitmentSerializer):
    """The same with the gifts that count for it, in order."""

    payments = serializers.SerializerMethodField()

    def get_payments(self, each: Any) -> list[dict[str, Any]]:
        """Each gift counts for one commitment only."""
        return list(PaymentSerializer(each.counted, many=True, context={"currency": each.currency}).data)


class NewCommitment(serializers.Serializer[Any]):
    """A promise of a giver to a designation; `amount` is exact text, per payment."""

    giving_unit = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    designation = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    amount = serializers.CharField(max_length=30)
    currency = serializers.CharField(max_length=3)
    frequency = serializers.ChoiceField(choices=FREQUENCIES)
    starts_on = DayField()
    ends_on = DayField(required=False, allow_null=True, default=None)
    method = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    again = serializers.BooleanField(default=False, help_text="record it though the same one stands already")


class NewTerms(serializers.Serializer[Any]):
    """What is promised from a day on, in the currency of the commitment; `amount` is exact text."""

    amount = serializers.CharField(max_length=30)
    frequency = serializers.ChoiceField(choices=FREQUENCIES)
    starts_on = DayField()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class EndTerms(serializers.Serializer[Any]):
    """The last day, and why."""

    on = DayField()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


def seen(seat: Seat) -> Any:
    """The commitments whose amounts the caller may see."""
    return Commitment.objects.seen_by(seat).named_for(seat)


def standing_today(seat: Seat, found: list[Any]) -> list[Any]:
    """The same rows, each with `standing`. One query."""
    now = standings(seat.agency, Commitment.objects.filter(pk__in=[each.pk for each in found]))
    for each in found:
        each.standing = now[each.pk]
    return found


def whole(seat: Seat, pk: int | None, status: int = 200) -> Response:
    """One commitment as the API says it."""
    (found,) = standing_today(seat, [get_object_or_404(seen(seat), pk=pk)])
    found.counted = payments(seat.agency, Commitment.objects.filter(pk=pk))
    return Response(WholeCommitmentSerializer(found).data, status=status)


class Commitments(APIView):
    """The commitments whose amounts the caller may see, by the filters of the page; `late` is a bucket, without it all
    that have not ended; or those of some numbers (`id`, which may be repeated), ended or not. And adding one: 409
    `commitment_dates`, `commitment_not_positive`, `commitment_equal`.
    """

    right = {"GET": "partners.care", "POST": "partners.edit"}

    @lists_by_cursor("commitments", CommitmentSerializer, *CommitmentFilter.base_fields, "id")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        form = CommitmentFilter(request.query_params, seat=seat)
        if not form.is_valid():
            raise wrong(form)
        wanted = form.wanted()
        found = commitments_wanted(seat, wanted)
        ids = asked_ids(request) or in_bucket(standings(seat.agency, found, many=True), wanted.late)
        mine = found.filter(pk__in=ids)
        note_reading(seat, "commitments", request.query_params, mine)
        pages = NewestFirst()
        page = standing_today(seat, pages.paginate_queryset(mine, request, self) or [])
        return pages.get_paginated_response(CommitmentSerializer(page, many=True).data)

    @writes("add_commitment", takes=NewCommitment, answers=WholeCommitmentSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        seat, said = seat_at(request), given(NewCommitment, request)
        givers = GivingUnit.objects.filter(partner__in=Partner.objects.seen_by(seat))
        said["giving_unit"] = chosen(givers, said["giving_unit"], "giving_unit", "There is no such giver.")
        funds = Designation.objects.seen_by(seat)
        said["designation"] = chosen(funds, said["designation"], "designation", "There is no such designation.")
        said["amount"] = parse_amount(said["amount"], said.pop("currency"))
        return whole(seat, once_by(request, lambda: operations.add_commitment(**by(request), **said)), 201)


class OneCommitment(APIView):
    """How it stands, and the gifts that count for it."""

    right = "partners.care"

    @reads("commitment", WholeCommitmentSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return whole(seat_at(request), pk)


class Acted(APIView):
    """What is done with one commitment; subclasses say what. The answer is what stands in the end."""

    right = "partners.edit"

    def acted(self, request: Request, pk: int, act: Any, takes: Any = None, status: int = 200) -> Response:
        """Do it once. The row is found before what was sent is judged."""
        seat = seat_at(request)
        found = get_object_or_404(seen(seat), pk=pk)
        said = given(takes, request) if takes else {}
        if "amount" in said:
            said["amount"] = parse_amount(said["amount"], found.currency)
        return whole(seat, once_by(request, lambda: act(**by(request), commitment=found, **said)), status)


class Change(Acted):
    """Another amount or frequency from a day: 409 `commitment_same`, `commitment_change_day`, `commitment_ended`,
    `commitment_followed`. The answer is the commitment that follows.
    """

    @writes("change_commitment", takes=NewTerms, answers=WholeCommitmentSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.change_commitment, NewTerms, 201)


class Resume(Acted):
    """What had ended is promised again: 409 `commitment_runs`, `commitment_resume_day`, `commitment_followed`. The
    answer is the commitment that follows.
    """

    @writes("resume_commitment", takes=NewTerms, answers=WholeCommitmentSerializer, status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.resume_commitment, NewTerms, 201)


class End(Acted):
    """It ends after a day: 409 `commitment_dates`, `commitment_followed`."""

    @writes("end_commitment", takes=EndTerms, answers=WholeCommitmentSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.end_commitment, EndTerms)


class Reopen(Acted):
    """It does not end after all: 409 `commitment_open_ended`, `commitment_followed`."""

    @writes("reopen_commitment", answers=WholeCommitmentSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        return self.acted(request, pk, operations.reopen_commitment)


class TakeBack(APIView):
    """The commitment before stands again, and is the answer: 409 `commitment_first`, `commitment_has_events`,
    `commitment_followed`. Sent again with its key it answers the same.
    """

    right = "partners.edit"

    @writes("take_back_commitment", answers=WholeCommitmentSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        def effect() -> Any:
            found = get_object_or_404(seen(seat_at(request)), pk=pk)
            return operations.take_back_change(**by(request), commitment=found)

        return whole(seat_at(request), once_by(request, effect))


urlpatterns = [
    path("commitments/", Commitments.as_view(), name="api_commitments"),
    path("commitments/<int:pk>/", OneCommitment.as_view(), name="api_commitment"),
    path("commitments/<int:pk>/change/", Change.as_view(), name="api_commitment_change"),
    path("commitments/<int:pk>/resume/", Resume.as_view(), name="api_commitment_resume"),
    path("commitments/<int:pk>/end/", End.as_view(), name="api_commitment_end"),
    path("commitments/<int:pk>/reopen/", Reopen.as_view(), name="api_commitment_reopen"),
    path("commitments/<int:pk>/undo/", TakeBack.as_view(), name="api_commitment_undo"),
]
