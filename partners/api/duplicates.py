"""The API of duplicates and merges: the same operations, right and reach as the pages."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import (
    ByCursor,
    ReasonSerializer,
    by,
    chosen,
    given,
    lists_by_cursor,
    once_by,
    seat_at,
    writes,
    wrong,
)
from partners import operations
from partners.answers import one, pages_of
from partners.forms.merges import SCORES, DuplicateFilter
from partners.operations.merging import FIELDS
from partners.queries.duplicates import candidates_wanted, decisions_seen, mergeable, merges_seen

NO_PARTNER = "There is no such partner."


class CandidateSerializer(serializers.Serializer[Any]):
    """Two partners who may be one: `score` of 100, and `reasons` as pairs of a word and what it counts: `names` how
    alike they are, `email`, `phone`, `address` and `number` how many both have.
    """

    id = serializers.IntegerField(source="pk")
    first = serializers.IntegerField(source="first_id")
    second = serializers.IntegerField(source="second_id")
    score = serializers.IntegerField()
    reasons = serializers.JSONField()
    found_at = serializers.DateTimeField()


class NotSameSerializer(serializers.Serializer[Any]):
    """Two partners of whom somebody said that they are not the same."""

    id = serializers.IntegerField(source="pk")
    first = serializers.IntegerField(source="first_id")
    second = serializers.IntegerField(source="second_id")
    at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class KeepApart(serializers.Serializer[Any]):
    """Which two are not the same."""

    kept = serializers.IntegerField()
    lookalike = serializers.IntegerField()


class MergeSerializer(serializers.Serializer[Any]):
    """A merge: the loser goes on as the survivor, until it is undone."""

    id = serializers.IntegerField(source="pk")
    survivor = serializers.IntegerField(source="survivor_id")
    loser = serializers.IntegerField(source="loser_id")
    reason = serializers.CharField()
    at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class MergePartners(serializers.Serializer[Any]):
    """Which record stays, which goes on as that one, and the fields whose value is taken from the `loser`."""

    survivor = serializers.IntegerField()
    loser = serializers.IntegerField()
    take = serializers.ListField(child=serializers.ChoiceField(choices=FIELDS), required=False, default=list)
    reason = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class LookJobSerializer(serializers.Serializer[Any]):
    """The job that looks; follow it with the endpoint of jobs."""

    job = serializers.IntegerField()


class SurestFirst(ByCursor):
    """Pages by score, the surest pair first."""

    ordering = ("-score", "pk")


class Duplicates(APIView):
    """Pairs that may be one partner, the surest first; `certainty` is certain, likely or possible, `reason` what both
    have, `partner` one of the two, `q` words of a name. 400 for other values.
    """

    right = "partners.merge"

    @lists_by_cursor("duplicates", CandidateSerializer, "certainty", "reason", "partner", "q")
    def get(self, request: Request, agency: str) -> Response:
        form = DuplicateFilter(request.query_params)
        if not form.is_valid():
            raise wrong(form)
        asked = form.cleaned_data
        found = candidates_wanted(
            seat_at(request),
            scores=SCORES.get(asked["certainty"]),
            reason=asked["reason"],
            q=asked["q"].strip(),
            partner=asked["partner"],
        )
        pages = SurestFirst()
        page: list[Any] | None = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(CandidateSerializer(page or [], many=True).data)


class LookForDuplicates(APIView):
    """Look through the whole agency in the background; where a look is under way, it is that one."""

    right = "partners.merge"

    @writes("look_for_duplicates", answers=LookJobSerializer, status=202)
    def post(self, request: Request, agency: str) -> Response:
        job = once_by(request, lambda: operations.start_looking(**by(request)))
        return Response({"job": job}, status=202)


class KeptApart(APIView):
    """Who was said not to be the same; and saying so: 409 `kept_apart_already`, `merged_already`."""

    right = "partners.merge"

    @lists_by_cursor("kept_apart", NotSameSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return pages_of(self, request, decisions_seen(seat_at(request)), NotSameSerializer)

    @writes("keep_apart", takes=KeepApart, answers=NotSameSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        said, known = given(KeepApart, request), mergeable(seat_at(request))
        two = {"one": ("kept", said["kept"]), "two": ("lookalike", said["lookalike"])}

        def effect() -> Any:
            sides = {name: chosen(known, pk, field, NO_PARTNER) for name, (field, pk) in two.items()}
            return operations.keep_apart(**by(request), **sides)

        made = once_by(request, effect)
        return one(request, decisions_seen(seat_at(request), ended=True).get(pk=made), NotSameSerializer, 201)


class EndKeepingApart(APIView):
    """They may be the same after all: 409 `apart_taken_back`."""

    right = "partners.merge"

    @writes("end_keeping_apart", answers=NotSameSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(decisions_seen(seat_at(request), ended=True), pk=pk)
        once_by(request, lambda: operations.end_keeping_apart(**by(request), decision=found))
        found.refresh_from_db()
        return one(request, found, NotSameSerializer)


class Merges(APIView):
    """What was merged, the newest first, with what was undone; and merging: 409 `merged_already`, `kept_apart`,
    `nothing_to_merge`, `partners_busy`.
    """

    right = "partners.merge"

    @lists_by_cursor("merges", MergeSerializer)
    def get(self, request: Request, agency: str) -> Response:
        return pages_of(self, request, merges_seen(seat_at(request)), MergeSerializer)

    @writes("merge_partners", takes=MergePartners, answers=MergeSerializer, status=201)
    def post(self, request: Request, agency: str) -> Response:
        made = once_by(request, lambda: self.merged(request))
        return one(request, merges_seen(seat_at(request)).get(pk=made), MergeSerializer, 201)

    def merged(self, request: Request) -> int:
        """Look the two up and merge them: sent again under its key, the loser stands no more, and nobody looks."""
        said, known = given(MergePartners, request), mergeable(seat_at(request))
        survivor, loser = (chosen(known, said[name], name, NO_PARTNER) for name in ("survivor", "loser"))
        take = dict.fromkeys(said["take"], loser.pk)
        act = {**by(request), "survivor": survivor, "losers": [loser], "take": take, "reason": said["reason"]}
        merge: int = operations.merge_partners(**act)[0].pk
        return merge


class UndoMerge(APIView):
    """Two records again: 409 `merge_undone`, `later_merge`, `partners_busy`."""

    right = "partners.merge"

    @writes("undo_merge", takes=ReasonSerializer, answers=MergeSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        found = get_object_or_404(merges_seen(seat_at(request)), pk=pk)
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.undo_merge(**by(request), merge=found, reason=said["reason"][:200]))
        found.refresh_from_db()
        return one(request, found, MergeSerializer)


urlpatterns = [
    path("partners/duplicates/", Duplicates.as_view(), name="api_duplicates"),
    path("partners/duplicates/look/", LookForDuplicates.as_view(), name="api_duplicates_look"),
    path("partners/duplicates/apart/", KeptApart.as_view(), name="api_kept_apart"),
    path("partners/duplicates/apart/<int:pk>/end/", EndKeepingApart.as_view(), name="api_kept_apart_end"),
    path("partners/merges/", Merges.as_view(), name="api_merges"),
    path("partners/merges/<int:pk>/undo/", UndoMerge.as_view(), name="api_merge_undo"),
]
