"""The API of going live: the comparison, old totals, notes, signatures. The operations, rights and refusals are those
of the page.
"""

import hashlib
import json
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, once_by, reads, seat_at, writes, wrong
from core.api import DayField
from core.money import Money, parse_amount
from partners.forms.go_live import LiveDateForm, day_of
from partners.imports.old_totals import as_sheet, judge_old_totals
from partners.models import GoLiveSignature
from partners.models.go_live import ComparedKind
from partners.operations import go_live as operations
from partners.queries.go_live import Line, compared, signatures

MOST = 20_000


class OldTotalSerializer(serializers.Serializer[Any]):
    """A total of the old system, as text: month like 2025-03 or "opening"; count may be left out."""

    designation = serializers.CharField(max_length=200, allow_blank=True)
    month = serializers.CharField(max_length=10, allow_blank=True)
    currency = serializers.CharField(max_length=3, allow_blank=True)
    amount = serializers.CharField(max_length=30, allow_blank=True)
    count = serializers.CharField(max_length=12, required=False, allow_blank=True, default="")


class OldTotalsSerializer(serializers.Serializer[Any]):
    """All totals: they take the place of those before."""

    totals = serializers.ListField(child=OldTotalSerializer(), min_length=1, max_length=MOST)


class DifferenceNoteSerializer(serializers.Serializer[Any]):
    """Why a line differs; `difference` is new less old as it was seen, an exact amount as text."""

    live_on = DayField()
    kind = serializers.ChoiceField(choices=ComparedKind.choices)
    code = serializers.CharField(max_length=80, allow_blank=True, default="")
    month = serializers.CharField(max_length=7, allow_blank=True, default="")
    currency = serializers.CharField(max_length=3)
    difference = serializers.CharField(max_length=30)
    note = serializers.CharField(max_length=500)


class SignSerializer(serializers.Serializer[Any]):
    """The date, and the mark of the figures that were seen."""

    live_on = DayField()
    digest = serializers.CharField(max_length=64)


class ComparedLineSerializer(serializers.Serializer[Any]):
    """Old and new of one designation, month and currency; amounts are exact decimal strings, old null where the old
    system tells nothing.
    """

    kind = serializers.CharField()
    code = serializers.CharField()
    month = serializers.CharField()
    currency = serializers.CharField()
    old = serializers.CharField(allow_null=True)
    new = serializers.CharField()
    difference = serializers.CharField()
    note = serializers.CharField()


class GoLiveSignatureSerializer(serializers.Serializer[Any]):
    """A signature; `counts` says that it is under the figures as they are now."""

    id = serializers.IntegerField(source="pk")
    live_on = DayField()
    digest = serializers.CharField()
    name = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()

    def get_name(self, signature: GoLiveSignature) -> str:
        """Whoever signed, as the caller may call them."""
        return self.context["seat"].aliases.get(signature.by_id) or signature.name

    def get_counts(self, signature: GoLiveSignature) -> bool:
        """Under the figures of now."""
        return bool(signature.digest == self.context["digest"])


class ComparisonSerializer(serializers.Serializer[Any]):
    """The lines that differ, what was left behind, and who signed. `in_force` is the go-live date, null without one."""

    in_force = DayField(allow_null=True)
    live_on = DayField()
    digest = serializers.CharField()
    equal = serializers.IntegerField()
    unexplained = serializers.IntegerField()
    differences = ComparedLineSerializer(many=True)
    left = serializers.DictField(child=serializers.IntegerField())
    signatures = GoLiveSignatureSerializer(many=True)


def shown(line: Line) -> dict[str, Any]:
    """One line as plain values."""
    kind, code, month, currency = line.key
    return {
        "kind": kind,
        "code": code,
        "month": month,
        "currency": currency,
        "note": line.note,
        "old": Money(line.old[0], currency).decimal_string() if line.old else None,
        "new": Money(line.new[0], currency).decimal_string(),
        "difference": Money(line.difference, currency).decimal_string(),
    }


def told(request: Request, text: str) -> Response:
    """The comparison of a day."""
    seat = seat_at(request)
    agency = type(seat.agency).objects.get(pk=seat.agency.pk)
    now = compared(day_of(text, agency.live_on or agency.today().replace(day=1)))
    digest = now.digest()
    content = {
        "in_force": agency.live_on,
        "live_on": now.live_on,
        "digest": digest,
        "equal": len(now.lines) - len(now.differing),
        "unexplained": now.unexplained,
        "differences": [shown(line) for line in now.differing],
        "left": now.left,
        "signatures": signatures(),
    }
    return Response(ComparisonSerializer(content, context={"digest": digest, "seat": seat}).data)


class GoLive(APIView):
    """Old and new beside each other; `on` is the go-live date to look at."""

    right = "go_live.sign"

    @reads("go_live", ComparisonSerializer, "on")
    def get(self, request: Request, agency: str) -> Response:
        asked = request.query_params.get("on", "")
        form = LiveDateForm({"on": asked})
        if asked and not form.is_valid():
            raise wrong(form)
        return told(request, asked)


class Totals(APIView):
    """Take the totals of the old system; 400 names everything that is wrong, by number and column: then nothing is
    kept.
    """

    right = "go_live.sign"

    @writes("go_live_totals", takes=OldTotalsSerializer, answers=ComparisonSerializer)
    def post(self, request: Request, agency: str) -> Response:
        sent = given(OldTotalsSerializer, request)["totals"]
        rows, problems = judge_old_totals(as_sheet(sent))
        if problems:
            raise serializers.ValidationError(
                {"totals": [f"{each.row}, {each.column}: {each.message}" for each in problems]}
            )
        digest = hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
        once_by(
            request,
            lambda: operations.keep_old_totals(**by(request), name="sent by a program", sha256=digest, rows=rows),
        )
        return told(request, "")


class Notes(APIView):
    """Say why a line differs: 409 `figures_changed`."""

    right = "go_live.sign"

    @writes("go_live_note", takes=DifferenceNoteSerializer, answers=ComparisonSerializer)
    def post(self, request: Request, agency: str) -> Response:
        said = given(DifferenceNoteSerializer, request)
        key = (said["kind"], said["code"], said["month"], said["currency"])
        act = {name: said[name] for name in ("live_on", "note")}
        minor = parse_amount(said["difference"], said["currency"]).minor
        once_by(request, lambda: operations.explain_difference(**by(request), key=key, difference=minor, **act))
        return told(request, str(said["live_on"]))


class Sign(APIView):
    """Sign; the second person's signature puts the date into force. 409 `figures_changed`, `differences_unexplained`,
    `no_old_totals`, `signed_before`, `live_before`; 403 `password_first`.
    """

    right = "go_live.sign"
    password_first = ("POST",)

    @writes("go_live_sign", takes=SignSerializer, answers=ComparisonSerializer)
    def post(self, request: Request, agency: str) -> Response:
        said = given(SignSerializer, request)
        once_by(request, lambda: operations.sign_go_live(**by(request), **said))
        return told(request, str(said["live_on"]))


class Withdraw(APIView):
    """Take a signature back, with the reason: 409 `signature_withdrawn`, `live_before`."""

    right = "go_live.sign"

    @writes("go_live_withdraw", takes=ReasonSerializer, answers=ComparisonSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(GoLiveSignature, pk=pk)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.withdraw_signature(**by(request), signature=found, **said))
        return told(request, str(found.live_on))


class TakeBack(APIView):
    """Take the date out of force, with the reason: 409 `not_live`, `live_is_used`, whose sentence says what rests on it
    and what can be done; 403 `password_first`.
    """

    right = "go_live.sign"
    password_first = ("POST",)

    @writes("go_live_take_back", takes=ReasonSerializer, answers=ComparisonSerializer)
    def post(self, request: Request, agency: str) -> Response:
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.take_back_go_live(**by(request), **said))
        return told(request, "")


urlpatterns = [
    path("go-live/", GoLive.as_view(), name="api_go_live"),
    path("go-live/totals/", Totals.as_view(), name="api_go_live_totals"),
    path("go-live/notes/", Notes.as_view(), name="api_go_live_note"),
    path("go-live/sign/", Sign.as_view(), name="api_go_live_sign"),
    path("go-live/signatures/<int:pk>/withdraw/", Withdraw.as_view(), name="api_go_live_withdraw"),
    path("go-live/take-back/", TakeBack.as_view(), name="api_go_live_take_back"),
]
