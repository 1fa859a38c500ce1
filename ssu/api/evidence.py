"""The API of evidence: notes, links, files and objects of the app that an action item rests on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists, once_by, paged, reads, seat_at, writes
from core.uploads import takes_files
from ssu import evidence as registry
from ssu import operations
from ssu.evidence_file import file_answer
from ssu.file_types import MAX_BYTES
from ssu.models import Evidence
from ssu.operations.evidence import NotThere
from ssu.queries.items import Piece, may_remove, may_restore, pieces
from ssu.queries.people import names_in
from ssu.reached import item_seen, open_item


class PieceSerializer(serializers.Serializer[Any]):
    """A piece of evidence that stands. `withheld`: title, words and address are kept back from the caller ("").
    `trouble`: why an object of the app proves nothing any more, else "".
    """

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Evidence.Kind.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    url = serializers.CharField()
    size = serializers.IntegerField(allow_null=True)
    added_by = serializers.CharField()
    added_at = serializers.DateTimeField()
    trouble = serializers.CharField()
    withheld = serializers.BooleanField()


class NoteWritten(serializers.Serializer[Any]):
    """A note: two sentences are enough."""

    text = serializers.CharField(max_length=10_000)


class LinkWritten(serializers.Serializer[Any]):
    """A web address and what it shows."""

    url = serializers.URLField(max_length=500)
    title = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")


class FileWritten(serializers.Serializer[Any]):
    """A file of at most 20 MB and what it shows."""

    file = serializers.FileField(allow_empty_file=True)
    title = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")


class ThingWritten(serializers.Serializer[Any]):
    """An object of the app, as the offered ones are named: `kind:id`."""

    thing = serializers.RegexField(r"^[a-z_.]{1,60}:[0-9]{1,18}$")


class ThingSerializer(serializers.Serializer[Any]):
    """An object of the unit that may be evidence of the item."""

    thing = serializers.CharField()
    title = serializers.CharField()
    trouble = serializers.CharField()


def shown(piece: Piece, names: dict[int, str]) -> dict[str, Any]:
    """A piece as the caller may know it."""
    row = piece.evidence
    told = {"title": piece.title, "text": piece.text, "url": "" if piece.is_withheld else row.url}
    trouble = "" if piece.is_withheld and piece.trouble else piece.trouble
    by_whom = {"added_by": names.get(row.added_by_id or 0, ""), "added_at": row.added_at}
    size = None if piece.is_withheld else row.size
    flags = {"size": size, "trouble": trouble, "withheld": piece.is_withheld}
    return {"id": row.pk, "kind": row.kind, **told, **by_whom, **flags}


def standing(request: Request, item: Any) -> list[dict[str, Any]]:
    """The pieces that stand, the oldest first. Four queries, and one per kind of object."""
    seat = seat_at(request)
    found = pieces(seat, [item]).get(item.pk, [])
    names = names_in(seat, item.unit_id, {piece.evidence.added_by_id for piece in found})
    return [dict(PieceSerializer(shown(piece, names)).data) for piece in found]


def added(request: Request, item: Any, operation: Any, **said: Any) -> Response:
    """Lay something beside the item and answer with all that stands."""
    once_by(request, lambda: operation(**by(request), item=item, **said))
    return Response(standing(request, item_seen(seat_at(request), item.unit_id, item.key)), status=201)


class ItemEvidence(APIView):
    """The evidence of an item that stands, the oldest first."""

    right = "rollout.view"

    @lists("item_evidence", PieceSerializer)
    def get(self, request: Request, agency: str, pk: int, key: str) -> Response:
        found = standing(request, item_seen(seat_at(request), pk, key, self.right))
        return paged(self, request, found, list)


class AddNote(APIView):
    """Add a note: 409 `set_aside` for an item that does not apply, as with all evidence."""

    right = "rollout.claim"

    @writes("add_note", takes=NoteWritten, answers=PieceSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        return added(request, item, operations.add_note, **given(NoteWritten, request))


class AddLink(APIView):
    """Add a link."""

    right = "rollout.claim"

    @writes("add_link", takes=LinkWritten, answers=PieceSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        return added(request, item, operations.add_link, **given(LinkWritten, request))


@takes_files(MAX_BYTES)
class AddFile(APIView):
    """Add a file: 413 `file_too_large`, 422 `file_empty`, `file_type` for a content that is of no kind that may be
    evidence, or of another kind than the name says.
    """

    right = "rollout.claim"
    parser_classes = [MultiPartParser]

    @writes("add_file", takes={"multipart/form-data": FileWritten}, answers=PieceSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        return added(request, item, operations.add_file, **given(FileWritten, request))


class Things(APIView):
    """The objects of the app that may be evidence of an item, and adding one: 422 `not_there`, 409
    `already_attached`.
    """

    right = "rollout.claim"

    @reads("item_things", ThingSerializer(many=True))
    def get(self, request: Request, agency: str, pk: int, key: str) -> Response:
        return Response(offered(open_item(seat_at(request), pk, key, self.right)))

    @writes("add_object", takes=ThingWritten, answers=PieceSerializer(many=True), status=201)
    def post(self, request: Request, agency: str, pk: int, key: str) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        thing = given(ThingWritten, request)["thing"]
        if thing not in {each["thing"] for each in offered(item)}:
            raise NotThere
        kind, _colon, object_id = thing.rpartition(":")
        return added(request, item, operations.add_object, kind=kind, object_id=int(object_id))


def offered(item: Any) -> list[dict[str, Any]]:
    """What may be chosen for an item, as on its page."""
    found = registry.offered(item.unit, item.key)
    return [
        {"thing": f"{kind}:{thing.id}", "title": f"{resolver.title}: {thing.label}", "trouble": thing.trouble}
        for kind, resolver, things in found
        for thing in things
    ]


class EvidenceFile(APIView):
    """The file of a piece of evidence; 404 while its unit is closed to the caller."""

    right = "rollout.view"

    @extend_schema(operation_id="evidence_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, agency: str, pk: int, key: str, evidence: int) -> FileResponse:
        item = item_seen(seat_at(request), pk, key, self.right)
        piece = get_object_or_404(Evidence, item=item.pk, pk=evidence, kind=Evidence.Kind.FILE, removed_at=None)
        if item.is_withheld:
            raise Http404
        return file_answer(piece)


class RemoveEvidence(APIView):
    """Take a piece away; a claimed or completed item opens again. One's own goes while nobody has confirmed the item;
    anything else is an undo: 403 for who does not confirm here, 422 `removal_reason` where it was confirmed. 409
    `already_removed`.
    """

    right = "rollout.view"

    @writes("remove_evidence", takes=ReasonSerializer, answers=PieceSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int, key: str, evidence: int) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        piece = get_object_or_404(Evidence.objects.select_related("item"), item=item.pk, pk=evidence)
        if not may_remove(seat_at(request), item, piece):
            raise PermissionDenied("rollout.confirm")
        said = given(ReasonSerializer, request)
        once_by(request, lambda: operations.remove_evidence(**by(request), evidence=piece, **said))
        return Response(standing(request, item_seen(seat_at(request), pk, key)))


class RestoreEvidence(APIView):
    """Put a removed piece back, for who may add one or removed it: 403 for others. What the removal took stands again
    where nothing was done since. 409 `not_removed`, `set_aside`, `already_attached`.
    """

    right = "rollout.view"

    @writes("restore_evidence", answers=PieceSerializer(many=True))
    def post(self, request: Request, agency: str, pk: int, key: str, evidence: int) -> Response:
        item = open_item(seat_at(request), pk, key, self.right)
        piece = get_object_or_404(Evidence.objects.select_related("item"), item=item.pk, pk=evidence)
        if not may_restore(seat_at(request), item, piece):
            raise PermissionDenied("rollout.claim")
        once_by(request, lambda: operations.restore_evidence(**by(request), evidence=piece))
        return Response(standing(request, item_seen(seat_at(request), pk, key)))


EVIDENCE = "units/<int:pk>/items/<str:key>/evidence/"

urlpatterns = [
    path(EVIDENCE, ItemEvidence.as_view(), name="api_evidence"),
    path(f"{EVIDENCE}notes/", AddNote.as_view(), name="api_evidence_note"),
    path(f"{EVIDENCE}links/", AddLink.as_view(), name="api_evidence_link"),
    path(f"{EVIDENCE}files/", AddFile.as_view(), name="api_evidence_upload"),
    path(f"{EVIDENCE}objects/", Things.as_view(), name="api_evidence_objects"),
    path(f"{EVIDENCE}<int:evidence>/", EvidenceFile.as_view(), name="api_evidence_file"),
    path(f"{EVIDENCE}<int:evidence>/remove/", RemoveEvidence.as_view(), name="api_evidence_remove"),
    path(f"{EVIDENCE}<int:evidence>/restore/", RestoreEvidence.as_view(), name="api_evidence_restore"),
]
