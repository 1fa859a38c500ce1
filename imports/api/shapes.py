"""An import as programs see it."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from agencies.seats import Seat
from imports.models import CellCorrection, ImportRun
from imports.pages.runs import shown_file_name


class ImportSerializer(serializers.Serializer[Any]):
    """An import. `outcome` has the names of `import_file --json`, with its findings counted; `made` and `undone` are
    counts; its columns are read by `saved_mapping`; `toward` is the designation of its promises and stages where it
    names none; `job` is at work on it, or was; `newest_correction` is sent along with corrections.
    """

    id = serializers.IntegerField(source="pk")
    file_name = serializers.SerializerMethodField()
    sha256 = serializers.CharField()
    size = serializers.IntegerField()
    format = serializers.CharField(allow_blank=True)
    state = serializers.CharField()
    saved_mapping = serializers.IntegerField(source="saved_mapping_id", allow_null=True)
    toward = serializers.CharField(allow_blank=True)
    outcome = serializers.JSONField()
    made = serializers.JSONField(source="applied")
    undone = serializers.JSONField()
    newest_correction = serializers.IntegerField(allow_null=True)
    job = serializers.IntegerField(source="job_id", allow_null=True)
    uploaded_at = serializers.DateTimeField()
    checked_at = serializers.DateTimeField(allow_null=True)
    applied_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)

    def get_file_name(self, run: Any) -> str:
        """As its reader may know it: it may tell a closed place."""
        return shown_file_name(self.context["seat"], run)


def shown(seat: Seat, run: ImportRun) -> Response:
    """An import as its reader may see it."""
    return Response(ImportSerializer(run, context={"seat": seat}).data)


def runs() -> QuerySet[ImportRun]:
    """The imports of the agency in scope, each with `newest_correction`."""
    newest = CellCorrection.objects.filter(import_run=OuterRef("pk")).order_by("-pk").values("pk")
    found: QuerySet[ImportRun] = ImportRun.objects.annotate(newest_correction=Subquery(newest[:1]))
    return found


def run_of(pk: int) -> ImportRun:
    """An import of the agency in scope, or 404."""
    found: ImportRun = get_object_or_404(runs(), pk=pk)
    return found
