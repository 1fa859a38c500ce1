"""Imports for programs: upload, what the check found, corrections, applying and undoing, by the operations of the
pages.
"""

from typing import Any

from django.urls import path
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import ReasonSerializer, by, given, lists, once_by, paged, reads, seat_at, writes
from core.uploads import takes_files
from imports.api.shapes import ImportSerializer, run_of, runs, shown
from imports.kinds import domain
from imports.models import HeldRow, ImportFinding, ImportRun
from imports.operations import correct_rows, receive_file, request_apply, request_check, request_undo, say_toward
from imports.operations.check import corrections_of
from imports.operations.undo import check_window
from imports.reading.limits import MAX_BYTES

MOST_CELLS = 500
RIGHT = "imports.run"


class NewImportSerializer(serializers.Serializer[Any]):
    """A file, and its format where it should not be recognized."""

    file = serializers.FileField(allow_empty_file=True)
    format = serializers.CharField(max_length=40, required=False, default="auto")


class FindingSerializer(serializers.Serializer[Any]):
    """One thing that the check says: `row` counts data records from 1 (0 is the file), `line` lines of the file."""

    kind = serializers.CharField()
    row = serializers.IntegerField()
    line = serializers.IntegerField()
    column = serializers.CharField(allow_blank=True)
    reason = serializers.CharField()
    message = serializers.CharField()
    key = serializers.CharField(allow_blank=True)


class HeldRowSerializer(serializers.Serializer[Any]):
    """A row that is kept out: its cells as the file has them, by column, and what is written over them."""

    section = serializers.CharField()
    row = serializers.IntegerField()
    line = serializers.IntegerField()
    cells = serializers.SerializerMethodField()
    corrections = serializers.SerializerMethodField()

    def get_cells(self, row: Any) -> dict[str, str]:
        """By column, in the order of the file."""
        return dict(zip(row.columns, row.cells, strict=True))

    def get_corrections(self, row: Any) -> dict[str, str]:
        """Column to what stands there now."""
        found: dict[str, str] = self.context["written"].get(row.line, {})
        return found


class CellSerializer(serializers.Serializer[Any]):
    """What is to stand in one cell of a row that is kept out."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    column = serializers.CharField(max_length=1000, trim_whitespace=False)
    value = serializers.CharField(max_length=100_000, allow_blank=True)


class CorrectionsSerializer(serializers.Serializer[Any]):
    """Cells to write over, all or none. `seen`: the newest correction that was seen (0 for none), so that nobody's
    work is overwritten unseen; without it that is not asked.
    """

    cells = serializers.ListField(child=CellSerializer(), min_length=1, max_length=MOST_CELLS)
    seen = serializers.IntegerField(min_value=0, max_value=2**63 - 1, required=False, allow_null=True, default=None)


class ApplyingSerializer(serializers.Serializer[Any]):
    """The deposit account that the money of the file came to; without it the main one. `whole`: refuse the file while
    rows of it have an error or a conflict, and do not import the good ones.
    """

    deposit = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None)
    whole = serializers.BooleanField(required=False, default=False)


class TowardSerializer(serializers.Serializer[Any]):
    """The code of the designation for which the promises and stages of a file are; "" leaves them out."""

    designation = serializers.CharField(max_length=80, allow_blank=True)


class HoldingRowSerializer(serializers.Serializer[Any]):
    """A row on which something rests."""

    reason = serializers.CharField()
    row = serializers.IntegerField()
    line = serializers.IntegerField()
    message = serializers.CharField()


class UndoingSerializer(serializers.Serializer[Any]):
    """What an undo would take back, what would stay, in counts; and the first rows that hold it."""

    takes = serializers.DictField(child=serializers.IntegerField())
    stays = serializers.DictField(child=serializers.IntegerField())
    held = HoldingRowSerializer(many=True)
    held_count = serializers.IntegerField()


class ImportsView(APIView):
    """The imports, the newest first, all or those that were read by one `saved_mapping`; and bringing a file in."""

    right = RIGHT

    @lists("imports_list", ImportSerializer, "saved_mapping")
    def get(self, request: Request, agency: str) -> Response:
        seat = seat_at(request)
        newest = runs().order_by("-uploaded_at", "-pk")
        if asked := request.query_params.get("saved_mapping", ""):
            number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
            newest = newest.filter(saved_mapping=number)
        return paged(self, request, newest, lambda rows: ImportSerializer(rows, many=True, context={"seat": seat}).data)


@takes_files(MAX_BYTES)
class ImportUploadView(APIView):
    """Bringing a file in. It is checked in the background."""

    right = RIGHT
    parser_classes = [MultiPartParser]

    @writes(
        "import_add",
        takes={"multipart/form-data": NewImportSerializer},
        answers=ImportSerializer,
        status=status.HTTP_201_CREATED,
    )
    def post(self, request: Request, agency: str) -> Response:
        sent = given(NewImportSerializer, request)
        file = sent["file"]

        def receive() -> ImportRun:
            return receive_file(**by(request), name=file.name, content=file, format_name=sent["format"])

        answer = shown(seat_at(request), run_of(once_by(request, receive) or 0))
        answer.status_code = status.HTTP_201_CREATED
        return answer


class ImportView(APIView):
    """One import."""

    right = RIGHT

    @reads("import_read", ImportSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return shown(seat_at(request), run_of(pk))


class ImportFindingsView(APIView):
    """What the last check said, list after list; `kind` asks for one of them."""

    right = RIGHT

    @lists("import_findings_list", FindingSerializer, "kind")
    def get(self, request: Request, agency: str, pk: int) -> Response:
        kinds = [kind for kind in ImportFinding.Kind.values if request.query_params.get("kind") in (None, "", kind)]
        found = run_of(pk).findings.filter(kind__in=kinds).order_by("kind", "position")
        return paged(self, request, found, lambda rows: FindingSerializer(rows, many=True).data)


class ImportRowsView(APIView):
    """The rows that are kept out, and writing over their cells, after which the file is checked again."""

    right = RIGHT

    @lists("import_rows_list", HeldRowSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        run = run_of(pk)
        context = {"written": corrections_of(run)}
        held = HeldRow.objects.filter(import_run=run).order_by("line")
        return paged(self, request, held, lambda rows: HeldRowSerializer(rows, many=True, context=context).data)

    @writes("import_rows_correct", takes=CorrectionsSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(CorrectionsSerializer, request)
        cells = {(cell["line"], cell["column"]): cell["value"] for cell in sent["cells"]}
        once_by(request, lambda: correct_rows(**by(request), run=run, cells=cells, seen=sent["seen"]))
        return shown(seat_at(request), run_of(pk))


class ImportCheckView(APIView):
    """Having a file checked again."""

    right = RIGHT

    @writes("import_check", answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run = run_of(pk)
        once_by(request, lambda: request_check(**by(request), run=run))
        return shown(seat_at(request), run_of(pk))


class ImportApplyView(APIView):
    """Bringing the good rows of a checked file in, in the background."""

    right = RIGHT

    @writes("import_apply", takes=ApplyingSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(ApplyingSerializer, request)
        once_by(request, lambda: request_apply(**by(request), run=run, **sent))
        return shown(seat_at(request), run_of(pk))


class ImportTowardView(APIView):
    """Saying for which designation the promises and stages of a file are, after which it is checked again."""

    right = RIGHT

    @writes("import_toward", takes=TowardSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(TowardSerializer, request)
        once_by(request, lambda: say_toward(**by(request), run=run, **sent))
        return shown(seat_at(request), run_of(pk))


class ImportUndoView(APIView):
    """What an undo would do, and having it done in the background."""

    right = RIGHT

    @reads("import_undo_read", UndoingSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        run = run_of(pk)
        check_window(run)
        return Response(UndoingSerializer(domain().look_at_undo(agency=seat_at(request).agency, run=run)).data)

    @writes("import_undo", takes=ReasonSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, reason = run_of(pk), given(ReasonSerializer, request)["reason"]
        once_by(request, lambda: request_undo(**by(request), run=run, reason=reason))
        return shown(seat_at(request), run_of(pk))


urlpatterns = [
    path("imports/", ImportsView.as_view(), name="api_imports"),
    path("imports/upload/", ImportUploadView.as_view(), name="api_import_add"),
    path("imports/<int:pk>/", ImportView.as_view(), name="api_import"),
    path("imports/<int:pk>/findings/", ImportFindingsView.as_view(), name="api_import_findings"),
    path("imports/<int:pk>/rows/", ImportRowsView.as_view(), name="api_import_rows"),
    path("imports/<int:pk>/check/", ImportCheckView.as_view(), name="api_import_check"),
    path("imports/<int:pk>/apply/", ImportApplyView.as_view(), name="api_import_apply"),
    path("imports/<int:pk>/toward/", ImportTowardView.as_view(), name="api_import_toward"),
    path("imports/<int:pk>/undo/", ImportUndoView.as_view(), name="api_import_undo"),
]
