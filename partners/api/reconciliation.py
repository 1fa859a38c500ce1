"""The bank beside the books for programs: what is not matched on either side, figures, payouts. Amounts are exact, as
text. Matching is in `bank_matches`.
"""

from typing import Any, cast

from django.http import QueryDict
from django.urls import path
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import Pages, lists, reads, seat_at, wrong
from core.api import DayField
from core.money import Money
from partners.models import StatementLine
from partners.operations.reconciling.proposed import payout_at
from partners.operations.reconciling.refusals import NothingLikeThat
from partners.pages.reconciliation.books import booked, booked_rows
from partners.pages.reconciliation.frame import Desk
from partners.pages.reconciliation.queue import line_rows
from partners.queries.reconciliation.lines import unmatched, wanted_lines
from partners.queries.reconciliation.payouts import gross_of

PERIOD = ("deposit", "currency", "first", "last")
Shown = dict[str, Any]


def exact(minor: int, currency: str) -> str:
    """An amount as text."""
    return Money(minor, currency).decimal_string()


class BankProposalSerializer(serializers.Serializer[Any]):
    """What may explain a line: send `proposal` back to take it. `sure`: nothing else would."""

    proposal = serializers.CharField()
    reason = serializers.CharField()
    sure = serializers.BooleanField()
    what = serializers.ListField(child=serializers.CharField())


class BankLineSerializer(serializers.Serializer[Any]):
    """A line of the bank that is not matched, with the best that was found for it, null for nothing."""

    id = serializers.IntegerField()
    date = DayField()
    deposit = serializers.IntegerField()
    party = serializers.CharField()
    text = serializers.CharField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    proposed = BankProposalSerializer(allow_null=True)


class BookedSerializer(serializers.Serializer[Any]):
    """A posted batch (b12), or a gift in no batch (g7), of which the bank has not told all. `open`: what is left."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    date = DayField()
    deposit = serializers.IntegerField()
    total = serializers.CharField()
    open = serializers.CharField()
    currency = serializers.CharField()


class FiguresSerializer(serializers.Serializer[Any]):
    """A deposit account and currency in a period: at_bank = gifts + fees + aside + unmatched. `posted` is what the
    books deposited, `not_at_bank` what of it no line covers.
    """

    deposit = serializers.IntegerField()
    currency = serializers.CharField()
    at_bank = serializers.CharField()
    gifts = serializers.CharField()
    fees = serializers.CharField()
    aside = serializers.CharField()
    unmatched = serializers.CharField()
    posted = serializers.CharField()
    not_at_bank = serializers.CharField()


class PayoutLineSerializer(serializers.Serializer[Any]):
    """A line of a payout; `gift` is null where none of its amount stands."""

    date = DayField()
    category = serializers.CharField()
    gross = serializers.CharField()
    net = serializers.CharField()
    gift = serializers.IntegerField(allow_null=True)


class PayoutSerializer(serializers.Serializer[Any]):
    """What a processor sent to the bank together: net = charges less what was given back, less fees. `whole`: gifts and
    fees explain it.
    """

    account = serializers.CharField()
    payout = serializers.CharField()
    date = DayField()
    currency = serializers.CharField()
    gross = serializers.CharField()
    fees = serializers.CharField()
    net = serializers.CharField()
    whole = serializers.BooleanField()
    lines = PayoutLineSerializer(many=True)


def desk_of(request: Request) -> Desk:
    """The period that is asked for; everything where none is. 400 for what cannot be read."""
    asked = QueryDict(mutable=True)
    asked.update({name: request.query_params.get(name, "") for name in PERIOD})
    desk = Desk(seat_at(request), asked)
    if not desk.form.is_valid():
        raise wrong(desk.form)
    return desk


class LinesView(APIView):
    """What came in at the bank and is not matched."""

    right = "ledger.view"

    @lists("bank_lines", BankLineSerializer, *PERIOD)
    def get(self, request: Request, agency: str) -> Response:
        desk, pages = desk_of(request), Pages()
        found: Any = pages.paginate_queryset(unmatched(wanted_lines(desk.wanted, desk.accounts)), request, view=self)
        rows = zip(found, line_rows(desk, found), strict=True)
        return pages.get_paginated_response([line_shown(desk, line, row) for line, row in rows])


def line_shown(desk: Desk, line: StatementLine, row: Any) -> Shown:
    """One line as it is told."""
    best = row.best and {
        "proposal": row.best.value.partition(":")[2],
        "reason": row.best.reason,
        "sure": row.best.is_sure,
        "what": [item.label for item in row.best.items],
    }
    return {
        "id": line.pk,
        "date": line.date,
        "deposit": desk.deposit_of[line.account].pk,
        "party": row.party,
        "text": row.text,
        "amount": exact(line.amount, line.currency),
        "currency": line.currency,
        "proposed": best,
    }


class BooksView(APIView):
    """What was posted and no line of the bank covers."""

    right = "ledger.view"

    @lists("not_at_bank", BookedSerializer, *PERIOD)
    def get(self, request: Request, agency: str) -> Response:
        desk, pages = desk_of(request), Pages()
        items: Any = pages.paginate_queryset(cast(Any, booked(desk)), request, view=self)
        rows = zip(items, booked_rows(desk, items), strict=True)
        return pages.get_paginated_response(
            [
                {
                    "name": item.token,
                    "label": row.label,
                    "date": item.day,
                    "deposit": item.deposit_id,
                    "total": exact(item.total, item.currency),
                    "open": exact(item.open, item.currency),
                    "currency": item.currency,
                }
                for item, row in rows
            ]
        )


class FiguresView(APIView):
    """The bank beside the books, per deposit account and currency."""

    right = "ledger.view"

    @reads("bank_figures", FiguresSerializer(many=True), *PERIOD)
    def get(self, request: Request, agency: str) -> Response:
        names = ("at_bank", "gifts", "fees", "aside", "unmatched", "posted", "not_at_bank")
        return Response(
            [
                {
                    "deposit": each.deposit.pk,
                    "currency": each.currency,
                    **{name: exact(getattr(each, name), each.currency) for name in names},
                }
                for each in desk_of(request).figures
            ]
        )


class PayoutView(APIView):
    """A payout of a processor, charge by charge."""

    right = "ledger.view"

    @reads("payout", PayoutSerializer, "account", "payout", "currency")
    def get(self, request: Request, agency: str) -> Response:
        named = {name: request.query_params.get(name, "") for name in ("account", "payout", "currency")}
        if not all(named.values()):
            raise serializers.ValidationError({name: ["Name it."] for name, value in named.items() if not value})
        try:
            found = payout_at(*named.values())
        except NothingLikeThat as refusal:
            raise NotFound from refusal
        lines = [
            {
                "date": line.date,
                "category": line.category,
                "net": exact(line.amount, line.currency),
                "gross": exact(gross_of(line), line.currency),
                "gift": gift.pk if (gift := found.gifts.get(line.gift_number)) else None,
            }
            for line in found.lines
        ]
        money = {name: getattr(found, name).decimal_string() for name in ("gross", "fees", "net")}
        return Response({**named, "date": found.date, **money, "whole": found.is_whole, "lines": lines})


urlpatterns = [
    path("reconciliation/lines/", LinesView.as_view(), name="api_bank_lines"),
    path("reconciliation/books/", BooksView.as_view(), name="api_not_at_bank"),
    path("reconciliation/figures/", FiguresView.as_view(), name="api_bank_figures"),
    path("reconciliation/payout/", PayoutView.as_view(), name="api_payout"),
]
