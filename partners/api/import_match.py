"""Deciding on the givers of a file, for programs."""

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, seat_at, writes
from imports.models import ImportRun
from partners.models import ImportMatch
from partners.operations.import_matches import TAKEN, Decision, decide_matches
from partners.pages.import_matches import fields_of, partners_of

MOST = 500
CHOICES = ["", *ImportMatch.Choice.values]


class DifferenceSerializer(serializers.Serializer[Any]):
    """One field in which the file says something else. `may_take`: the partner can take it."""

    name = serializers.CharField()
    ours = serializers.CharField(allow_blank=True)
    theirs = serializers.CharField()
    may_take = serializers.BooleanField()
    taken = serializers.BooleanField()


class MatchSerializer(serializers.Serializer[Any]):
    """A giver who may be a partner. `choice`: create adds them, update uses the partner, skip leaves them out; empty
    is not decided, and adds them. With the reason `number` the partner is known and reached otherwise now: update takes
    what is marked and is proposed, skip and empty leave the record as it is.
    """

    id = serializers.IntegerField(source="pk")
    line = serializers.IntegerField()
    system = serializers.CharField(source="source")
    number = serializers.CharField()
    name = serializers.SerializerMethodField()
    partner = serializers.IntegerField(source="partner_id")
    reason = serializers.CharField()
    choice = serializers.CharField(allow_blank=True)
    differences = serializers.SerializerMethodField()

    def get_name(self, match: Any) -> str:
        """As the file writes it."""
        return str(match.told.get("name", ""))

    def get_differences(self, match: Any) -> list[dict[str, Any]]:
        """Field by field."""
        partner = self.context["partners"].get(match.partner_id)
        found = fields_of(match, partner) if partner else []
        return [dict(DifferenceSerializer(each).data) for each in found]


class DecisionSerializer(serializers.Serializer[Any]):
    """What is to be done with one giver; `take`: what the partner takes with update."""

    match = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    choice = serializers.ChoiceField(choices=CHOICES)
    take = serializers.ListField(child=serializers.ChoiceField(choices=TAKEN), required=False, default=list)


class DecisionsSerializer(serializers.Serializer[Any]):
    """Decisions, all or none. `of_a_kind`: reason to choice, for all on whom nobody decided."""

    decisions = serializers.ListField(child=DecisionSerializer(), required=False, default=list, max_length=MOST)
    of_a_kind = serializers.DictField(child=serializers.ChoiceField(choices=CHOICES), required=False, default=dict)


class DecidedSerializer(serializers.Serializer[Any]):
    """How many were decided."""

    decided = serializers.IntegerField()


def run_of(pk: int) -> ImportRun:
    """An import of the agency in scope, or 404."""
    found: ImportRun | None = ImportRun.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class ImportGiversView(APIView):
    """The givers of a checked file who may be partners, and deciding on them before it is applied."""

    right = "imports.run"

    @lists("import_givers_list", MatchSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        found = ImportMatch.objects.filter(import_run=run_of(pk), applied_at=None).order_by("line", "pk")

        def show(rows: list[ImportMatch]) -> Any:
            partners = partners_of(seat_at(request), {each.partner_id for each in rows})
            return MatchSerializer(rows, many=True, context={"partners": partners}).data

        return paged(self, request, found, show)

    @writes("import_givers_decide", takes=DecisionsSerializer, answers=DecidedSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(DecisionsSerializer, request)
        decisions = {each["match"]: Decision(each["choice"], tuple(each["take"])) for each in sent["decisions"]}
        kinds = sent["of_a_kind"]
        decided = once_by(request, lambda: decide_matches(**by(request), run=run, decisions=decisions, of_a_kind=kinds))
        return Response({"decided": decided})


urlpatterns = [path("imports/<int:pk>/givers/", ImportGiversView.as_view(), name="api_import_givers")]
