"""Matching with the bank for programs: the rules, rights and operations of the pages. Amounts are exact, as text."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import Pages, by, chosen, given, lists, once_by, reads, writes
from core.api import DayField
from core.money import parse_amount
from funds.models import Account, Designation
from partners.api.batch import IdField
from partners.api.reconciliation import PERIOD, Shown, desk_of, exact
from partners.models import BankMatch, MatchPart, PostedFee, StatementLine
from partners.operations.reconciling.accounts import say_deposit
from partners.operations.reconciling.fees import post_fee, take_fee_back
from partners.operations.reconciling.matching import Explanation, Piece, match_lines
from partners.operations.reconciling.proposed import as_proposed
from partners.operations.reconciling.refusals import NothingLikeThat
from partners.operations.reconciling.taking_back import take_match_back
from partners.pages.reconciliation.frame import Desk
from partners.queries.reconciliation.changed import changed_since
from partners.queries.reconciliation.fees import standing_fees
from partners.queries.reconciliation.lines import incoming, matches_of


class MatchPartSerializer(serializers.Serializer[Any]):
    """A part of a match: a batch, a gift, a fee (below zero), or what is no gift with its reason. Of a batch or gift
    without `amount` it is all that is open.
    """

    kind = serializers.ChoiceField(choices=MatchPart.Kind.values)
    batch = IdField(required=False, allow_null=True, default=None)
    gift = IdField(required=False, allow_null=True, default=None)
    amount = serializers.CharField(max_length=30, required=False, allow_null=True, default=None)
    reason = serializers.ChoiceField(choices=["", *MatchPart.Reason.values], required=False, default="")
    note = serializers.CharField(max_length=250, required=False, default="", allow_blank=True)


class BankMatchSerializer(serializers.Serializer[Any]):
    """A match: its line, its parts, and whether something changed under it since."""

    id = serializers.IntegerField()
    bank_line = serializers.IntegerField()
    date = DayField()
    amount = serializers.CharField()
    currency = serializers.CharField()
    basis = serializers.CharField()
    made_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    changed_since = serializers.CharField()
    parts = MatchPartSerializer(many=True)


class NewBankMatchSerializer(serializers.Serializer[Any]):
    """What a line is: a `proposal` as it was told, or parts that come to the line."""

    bank_line = IdField()
    proposal = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)
    parts = serializers.ListField(child=MatchPartSerializer(), required=False, default=list, max_length=1000)


class NewBankMatchesSerializer(serializers.Serializer[Any]):
    """Matches that are made together or not at all."""

    matches = serializers.ListField(child=NewBankMatchSerializer(), min_length=1, max_length=200)


class LinesMatchedSerializer(serializers.Serializer[Any]):
    """How many lines were matched."""

    matched = serializers.IntegerField()


class BankAccountSerializer(serializers.Serializer[Any]):
    """An account of statements, and the deposit account that it is. `said`: a person or program said so."""

    account = serializers.CharField(allow_blank=True, max_length=60)
    deposit = IdField()
    said = serializers.BooleanField(read_only=True)


class MatchesView(APIView):
    """What is matched; and matching lines."""

    right = {"GET": "ledger.view", "POST": "gifts.record"}

    @lists("bank_matches", BankMatchSerializer, *PERIOD)
    def get(self, request: Request, agency: str) -> Response:
        desk, pages = desk_of(request), Pages()
        found: Any = pages.paginate_queryset(matches_of(desk.wanted, desk.accounts), request, view=self)
        return pages.get_paginated_response(matches_shown(desk, found))

    @writes("bank_match", takes=NewBankMatchesSerializer, answers=LinesMatchedSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        sent = given(NewBankMatchesSerializer, request)["matches"]
        lines = incoming().in_bulk([each["bank_line"] for each in sent])
        if any(each["bank_line"] not in lines for each in sent):
            raise NothingLikeThat
        said = [explanation_of(lines[each["bank_line"]], each) for each in sent]
        made = match_lines(**by(request), explanations=said, key=request.headers.get("Idempotency-Key", ""))
        return Response({"matched": len(made)}, status=status.HTTP_201_CREATED)


def matches_shown(desk: Desk, matches: list[BankMatch]) -> list[Shown]:
    """Matches as they are told. Two queries."""
    parts: dict[int, list[Shown]] = {match.pk: [] for match in matches}
    currencies = {match.pk: match.line.currency for match in matches}
    for part in MatchPart.objects.filter(match__in=parts).order_by("match", "pk"):
        shown = {"kind": part.kind, "batch": part.batch_id, "gift": part.gift_id, "reason": part.reason}
        amount = exact(part.amount, currencies[part.match_id])
        parts[part.match_id].append({**shown, "amount": amount, "note": desk.shown(part.note)})
    changed = changed_since(list(parts))
    return [
        {
            "id": match.pk,
            "bank_line": match.line_id,
            "date": match.line.date,
            "currency": match.line.currency,
            "amount": exact(match.line.amount, match.line.currency),
            "basis": match.basis,
            "parts": parts[match.pk],
            "made_at": match.made_at,
            "undone_at": match.undone_at,
            "changed_since": changed.get(match.pk, ""),
        }
        for match in matches
    ]


def explanation_of(line: StatementLine, said: Shown) -> Explanation:
    """What was sent, as the operation takes it. Raises NothingLikeThat."""
    if said["proposal"]:
        return as_proposed(line, said["proposal"])
    pieces = [
        Piece(
            kind=part["kind"],
            amount=None if part["amount"] is None else parse_amount(part["amount"], line.currency).minor,
            token=token_of(part),
            reason=part["reason"],
            note=part["note"],
        )
        for part in said["parts"]
    ]
    return Explanation(line, pieces)


def token_of(part: Shown) -> str:
    """The short name of the batch or gift of a part."""
    named = part.get(part["kind"]) if part["kind"] in ("batch", "gift") else None
    return f"{part['kind'][0]}{named}" if named else ""


class MatchView(APIView):
    """Taking a match back."""

    right = "gifts.record"

    @writes("bank_match_undo", answers=None, status=204, keyed=False)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        take_match_back(**by(request), match=get_object_or_404(BankMatch, pk=pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class NewFeeSerializer(serializers.Serializer[Any]):
    """Who bears a fee, null for the designations of the gifts, each its share; its category of expenses; the day."""

    bearer = IdField(required=False, allow_null=True, default=None)
    category = IdField()
    on = DayField()


class FeeBackSerializer(serializers.Serializer[Any]):
    """When and why a posted fee is taken back."""

    on = DayField()
    reason = serializers.CharField(max_length=250)


class FeeShareSerializer(serializers.Serializer[Any]):
    """What a designation bears of a fee; `posting` stands in the ledger."""

    designation = serializers.IntegerField(source="expense.designation_id")
    amount = serializers.SerializerMethodField()
    currency = serializers.CharField(source="expense.currency")
    posting = serializers.IntegerField(source="expense.posting_id")

    def get_amount(self, fee: PostedFee) -> str:
        """Exact, as text."""
        return exact(fee.expense.amount, fee.expense.currency)


class FeeView(APIView):
    """What of a match's fee stands in the ledger; and posting it: 409 `fee_is_posted`, `no_fee`, `match_taken_back`,
    `month_closed`, 422 `nobody_bears`.
    """

    right = {"GET": "ledger.view", "POST": "ledger.post"}

    @reads("match_fee", FeeShareSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return shares_shown(get_object_or_404(BankMatch, pk=pk))

    @writes("match_fee_post", takes=NewFeeSerializer, answers=FeeShareSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        match, sent = (
            get_object_or_404(BankMatch.objects.select_related("line"), pk=pk),
            given(NewFeeSerializer, request),
        )
        seen = Designation.objects.seen_by(desk_of(request).seat)
        if sent["bearer"] is not None:
            sent["bearer"] = chosen(seen, sent["bearer"], "bearer", "There is no such designation.")
        categories = Account.objects.filter(kind=Account.Kind.EXPENSE)
        sent["category"] = chosen(categories, sent["category"], "category", "There is no such category.")
        post_fee(**by(request), match=match, key=request.headers.get("Idempotency-Key", ""), **sent)
        return shares_shown(match, status.HTTP_201_CREATED)


class FeeBackView(APIView):
    """Taking a posted fee back: 409 `no_posted_fee`, `month_closed`."""

    right = "ledger.post"

    @writes("match_fee_back", takes=FeeBackSerializer, answers=FeeShareSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int) -> Response:
        match, sent = (
            get_object_or_404(BankMatch.objects.select_related("line"), pk=pk),
            given(FeeBackSerializer, request),
        )
        take_fee_back(**by(request), match=match, key=request.headers.get("Idempotency-Key", ""), **sent)
        return shares_shown(match)


def match_at(pk: int) -> BankMatch:
    """A match of the agency, with its line."""
    found: BankMatch = get_object_or_404(BankMatch.objects.select_related("line"), pk=pk)
    return found


def shares_shown(match: BankMatch, status: int = 200) -> Response:
    """What stands of a fee."""
    return Response(FeeShareSerializer(standing_fees(match), many=True).data, status=status)


class AccountsView(APIView):
    """Which deposit account each account at the bank is; and saying so."""

    right = {"GET": "ledger.view", "POST": "gifts.record"}

    @reads("bank_accounts", BankAccountSerializer(many=True))
    def get(self, request: Request, agency: str) -> Response:
        return Response(accounts_shown(desk_of(request)))

    @writes("bank_account_say", takes=BankAccountSerializer, answers=BankAccountSerializer(many=True))
    def post(self, request: Request, agency: str) -> Response:
        sent = given(BankAccountSerializer, request)
        deposits = Account.objects.filter(kind=Account.Kind.DEPOSIT)
        deposit = chosen(deposits, sent["deposit"], "deposit", "There is no such account.")
        once_by(request, lambda: say_deposit(**by(request), account=sent["account"], deposit=deposit))
        return Response(accounts_shown(desk_of(request)))


def accounts_shown(desk: Desk) -> list[Shown]:
    """The accounts as they stand."""
    return [{"account": each.account, "deposit": each.deposit.pk, "said": each.is_said} for each in desk.accounts]


urlpatterns = [
    path("reconciliation/matches/", MatchesView.as_view(), name="api_bank_matches"),
    path("reconciliation/matches/<int:pk>/", MatchView.as_view(), name="api_bank_match"),
    path("reconciliation/matches/<int:pk>/fee/", FeeView.as_view(), name="api_match_fee"),
    path("reconciliation/matches/<int:pk>/fee/back/", FeeBackView.as_view(), name="api_match_fee_back"),
    path("reconciliation/accounts/", AccountsView.as_view(), name="api_bank_accounts"),
]
