"""Mapping for programs: what a file looks like and what its columns probably are, setting columns and values, and the
saved mappings, by the operations of the pages.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import by, given, lists, once_by, paged, reads, seat_at, writes
from imports.api.shapes import ImportSerializer, run_of, shown
from imports.kinds import domain
from imports.mapping.rules import OURS, OUT, SUSPENSE, Meant, Rules, rules_of
from imports.models import SavedMapping
from imports.operations import (
    map_columns,
    map_values,
    read_by_format,
    remove_mapping,
    restore_mapping,
    use_mapping,
    write_mapping,
)
from imports.operations.mapping import MOST_VALUES, look_at_file
from imports.operations.saved_mappings import LONGEST_NAME, change_rules
from imports.pages.saved_mappings import people, with_use
from imports.reading.glance import ColumnSeen
from imports.reading.writing import ENCODINGS, Writing
from imports.reading.written_days import ORDERS
from imports.reading.written_numbers import MARKS

RIGHT = "imports.run"
CELL = 1_000


class ProofSerializer(serializers.Serializer[Any]):
    """A cell that can be read in one way only: `says` is an order of days or a decimal mark."""

    says = serializers.CharField()
    text = serializers.CharField()
    line = serializers.IntegerField()


class FileColumnSerializer(serializers.Serializer[Any]):
    """A column with examples, how many of its cells are filled, days and numbers, and what they prove."""

    name = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())
    filled = serializers.IntegerField()
    days = serializers.IntegerField()
    numbers = serializers.IntegerField()
    orders = ProofSerializer(many=True)
    marks = ProofSerializer(many=True)


class MeaningSerializer(serializers.Serializer[Any]):
    """What a value is: `what` is ours, suspense (a designation of gifts) or out; `text` our value, or the reason."""

    what = serializers.ChoiceField(choices=[OURS, SUSPENSE, OUT])
    text = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class RulesSerializer(serializers.Serializer[Any]):
    """The rules by which a file is read. `columns`: fact to column. `fixed`: fact to what holds where a row says
    nothing. `encoding`, `delimiter`, `header_line`: empty and 0 where they are to be found out. `order` of days: dmy,
    mdy, ymd. `mark`: the decimal sign. `deposit`: the account that the money comes to.
    """

    kind = serializers.CharField(max_length=20)
    columns = serializers.DictField(child=serializers.CharField(max_length=CELL, trim_whitespace=False))
    fixed = serializers.DictField(child=serializers.CharField(max_length=200), required=False, default=dict)
    encoding = serializers.ChoiceField(choices=["", *ENCODINGS], required=False, default="")
    delimiter = serializers.ChoiceField(choices=["", ",", ";", "\t", "|"], required=False, default="")
    header_line = serializers.IntegerField(min_value=0, max_value=10_000, required=False, default=0)
    order = serializers.ChoiceField(choices=["", *ORDERS], required=False, default="")
    mark = serializers.ChoiceField(choices=MARKS, required=False, default=".")
    deposit = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None)


class KeptRulesSerializer(RulesSerializer):
    """The rules as they stand, with what values mean: fact, value, then what becomes of it and our value or reason."""

    header = serializers.ListField(child=serializers.CharField(), read_only=True)
    values = serializers.SerializerMethodField()

    def get_values(self, kept: Any) -> dict[str, dict[str, list[str]]]:
        """As they are kept."""
        found: dict[str, dict[str, list[str]]] = kept["values"]
        return found


class ProposalSerializer(serializers.Serializer[Any]):
    """What a file looks like: how it was read, its columns, what it probably is, and for each kind of file which column
    holds which fact. `rules` stand now; null where the file is read by its own format.
    """

    kind = serializers.CharField()
    proposals = serializers.DictField(child=serializers.DictField(child=serializers.CharField()))
    columns = FileColumnSerializer(many=True)
    rows = serializers.IntegerField()
    encoding = serializers.CharField()
    delimiter = serializers.CharField(allow_blank=True)
    header_line = serializers.IntegerField()
    is_workbook = serializers.BooleanField()
    rules = KeptRulesSerializer(allow_null=True)
    saved_mapping = serializers.IntegerField(allow_null=True)


class NewMappingSerializer(RulesSerializer):
    """Rules for a file. `keep_as` keeps them under a name; `change_saved` changes the saved mapping of the file too."""

    keep_as = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    change_saved = serializers.BooleanField(required=False, default=False)


class UseMappingSerializer(serializers.Serializer[Any]):
    """A saved mapping."""

    mapping = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class ValueSerializer(serializers.Serializer[Any]):
    """A value of the file that is not known, or that was mapped: how many rows have it."""

    fact = serializers.CharField()
    text = serializers.CharField()
    count = serializers.IntegerField()
    mapped = serializers.BooleanField()


class ValueMeantSerializer(serializers.Serializer[Any]):
    """What a value of the file is; without `meaning` what was said is forgotten."""

    fact = serializers.CharField(max_length=40)
    text = serializers.CharField(max_length=CELL)
    meaning = MeaningSerializer(required=False, allow_null=True, default=None)


class ValuesSerializer(serializers.Serializer[Any]):
    """Values to map, all or none. `remember`: the saved mapping of the file learns them too."""

    values = serializers.ListField(child=ValueMeantSerializer(), min_length=1, max_length=MOST_VALUES)
    remember = serializers.BooleanField(required=False, default=True)


class SavedMappingSerializer(serializers.Serializer[Any]):
    """Rules under a name, by which files are recognized."""

    id = serializers.IntegerField(source="pk", read_only=True)
    name = serializers.CharField(max_length=LONGEST_NAME)
    rules = KeptRulesSerializer(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    changed_at = serializers.DateTimeField(read_only=True)
    made_by = serializers.SerializerMethodField()
    changed_by = serializers.SerializerMethodField()
    imports = serializers.IntegerField(source="used", read_only=True)

    def get_made_by(self, saved: Any) -> str:
        """Who made it, by name; "" for the command line."""
        who = self.context["makers"].get(saved.made_by)
        return self.context["seat"].name_of(who) if who else ""

    def get_changed_by(self, saved: Any) -> str:
        """Who changed it last, by name; "" for the command line."""
        return self.context["seat"].name_of(saved.changed_by) if saved.changed_by else ""


class ChangedMappingSerializer(serializers.Serializer[Any]):
    """What a saved mapping is to be called, and the rules that take the place of those that stand. What values mean
    stays, but for those of another kind.
    """

    name = serializers.CharField(max_length=LONGEST_NAME, required=False)
    rules = RulesSerializer(required=False)


def told(request: Request, saved: SavedMapping) -> Response:
    """A saved mapping as its reader may see it."""
    return Response(SavedMappingSerializer(saved, context=seen_by(request, [saved])).data)


def seen_by(request: Request, rows: Sequence[SavedMapping]) -> dict[str, Any]:
    """Who reads, and who made the mappings. One query."""
    return {"seat": seat_at(request), "makers": people(rows)}


def rules_over(stands: Rules | None, sent: dict[str, Any]) -> Rules:
    """The rules that were sent, with the values and the header of those that stand."""
    rules = rules_from(sent)
    if stands is None:
        return rules
    return replace(rules, header=stands.header, values=stands.values if stands.kind == rules.kind else {})


def rules_from(sent: dict[str, Any]) -> Rules:
    """The rules that were sent."""
    writing = Writing(sent["encoding"], sent["delimiter"], sent["header_line"])
    names = ("kind", "columns", "fixed", "order", "mark", "deposit")
    return Rules(**{name: sent[name] for name in names}, writing=writing)


def column_told(column: ColumnSeen) -> dict[str, Any]:
    """A column as the API tells it."""
    names = ("name", "samples", "filled", "days", "numbers", "orders", "marks")
    return {name: getattr(column, name) for name in names}


class ImportMappingView(APIView):
    """What a file looks like and what its columns probably are; and having it read by rules, after which it is checked
    again. 422 `mapping_wrong` names everything that is wrong with them. What values mean stays as it was said.
    """

    right = RIGHT

    @reads("import_mapping_read", ProposalSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        run = run_of(pk)
        rules = rules_of(run.mapping)
        seen = look_at_file(agency=seat_at(request).agency, run=run, writing=rules.writing if rules else Writing())
        found = domain().proposals(seen.columns)
        told = {
            "kind": found.kind,
            "proposals": found.columns,
            "columns": [column_told(column) for column in seen.columns],
            "rows": seen.rows,
            "encoding": seen.writing.encoding,
            "delimiter": seen.writing.delimiter,
            "header_line": seen.writing.header_line,
            "is_workbook": seen.is_workbook,
            "rules": run.mapping if rules else None,
            "saved_mapping": run.saved_mapping_id,
        }
        return Response(ProposalSerializer(told).data)

    @writes("import_mapping_set", takes=NewMappingSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(NewMappingSerializer, request)
        rules, stands = rules_from(sent), rules_of(run.mapping)
        if stands is not None and stands.kind == rules.kind:
            rules = replace(rules, values=stands.values)
        kept = {"keep_as": sent["keep_as"], "change_saved": sent["change_saved"]}
        once_by(request, lambda: map_columns(**by(request), run=run, rules=rules, **kept))
        return shown(seat_at(request), run_of(pk))

    @writes("import_mapping_drop", answers=ImportSerializer)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        run = run_of(pk)
        once_by(request, lambda: read_by_format(**by(request), run=run))
        return shown(seat_at(request), run_of(pk))


class ImportMappingUseView(APIView):
    """Having a file read by a saved mapping, after which it is checked again."""

    right = RIGHT

    @writes("import_mapping_use", takes=UseMappingSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(UseMappingSerializer, request)
        saved = SavedMapping.objects.filter(pk=sent["mapping"], removed_at=None).first()
        if saved is None:
            raise serializers.ValidationError({"mapping": ["There is no saved mapping of this id."]})
        once_by(request, lambda: use_mapping(**by(request), run=run, saved=saved))
        return shown(seat_at(request), run_of(pk))


class ImportValuesView(APIView):
    """The values of a file that are not known, and those that were mapped; and saying what they are, after which the
    file is checked again.
    """

    right = RIGHT

    @lists("import_values_list", ValueSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        values = run_of(pk).outcome.get("values", [])
        return paged(self, request, values, lambda rows: ValueSerializer(rows, many=True).data)

    @writes("import_values_map", takes=ValuesSerializer, answers=ImportSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        run, sent = run_of(pk), given(ValuesSerializer, request)
        values = {
            (each["fact"], each["text"]): Meant(**each["meaning"]) if each["meaning"] else None
            for each in sent["values"]
        }
        once_by(request, lambda: map_values(**by(request), run=run, values=values, remember=sent["remember"]))
        return shown(seat_at(request), run_of(pk))


def saved_of(pk: int, *, removed: bool = False) -> SavedMapping:
    """A saved mapping of the agency in scope, or 404."""
    found: SavedMapping = get_object_or_404(with_use(SavedMapping.objects.select_related("changed_by")), pk=pk)
    if found.removed_at is not None and not removed:
        raise Http404
    return found


class SavedMappingsView(APIView):
    """The saved mappings, by name. One is made by `keep_as`, where the columns of an import are mapped."""

    right = RIGHT

    @lists("import_mappings_list", SavedMappingSerializer)
    def get(self, request: Request, agency: str) -> Response:
        found = with_use(SavedMapping.objects.filter(removed_at=None).select_related("changed_by")).order_by(
            "name", "pk"
        )

        def shown_rows(rows: Sequence[SavedMapping]) -> Any:
            return SavedMappingSerializer(rows, many=True, context=seen_by(request, rows)).data

        return paged(self, request, found, shown_rows)


class SavedMappingView(APIView):
    """One saved mapping: renaming it, changing its rules with no file at hand (422 `mapping_wrong` names everything
    that is wrong with them), and removing it. `imports` counts the imports that were read by it; the list of imports
    takes `saved_mapping`.
    """

    right = RIGHT

    @reads("saved_mapping_read", SavedMappingSerializer)
    def get(self, request: Request, agency: str, pk: int) -> Response:
        return told(request, saved_of(pk))

    @writes("saved_mapping_rename", takes=ChangedMappingSerializer, answers=SavedMappingSerializer)
    def patch(self, request: Request, agency: str, pk: int) -> Response:
        saved, sent = saved_of(pk), given(ChangedMappingSerializer, request)

        def change() -> SavedMapping:
            if "rules" in sent:
                change_rules(**by(request), saved=saved, rules=rules_over(rules_of(saved.rules), sent["rules"]))
            return write_mapping(**by(request), saved=saved, name=sent.get("name"))

        once_by(request, change)
        return told(request, saved_of(pk))

    @writes("saved_mapping_remove", answers=None, status=status.HTTP_204_NO_CONTENT)
    def delete(self, request: Request, agency: str, pk: int) -> Response:
        saved = saved_of(pk, removed=True)
        once_by(request, lambda: remove_mapping(**by(request), saved=saved))
        return Response(status=status.HTTP_204_NO_CONTENT)


class SavedMappingRestoreView(APIView):
    """Bringing a removed mapping back. 409 `mapping_name_taken`."""

    right = RIGHT

    @writes("saved_mapping_restore", answers=SavedMappingSerializer)
    def post(self, request: Request, agency: str, pk: int) -> Response:
        saved = saved_of(pk, removed=True)
        once_by(request, lambda: restore_mapping(**by(request), saved=saved))
        return told(request, saved_of(pk))


urlpatterns = [
    path("imports/<int:pk>/mapping/", ImportMappingView.as_view(), name="api_import_mapping"),
    path("imports/<int:pk>/mapping/use/", ImportMappingUseView.as_view(), name="api_import_mapping_use"),
    path("imports/<int:pk>/values/", ImportValuesView.as_view(), name="api_import_values"),
    path("imports/mappings/", SavedMappingsView.as_view(), name="api_import_mappings"),
    path("imports/mappings/<int:pk>/", SavedMappingView.as_view(), name="api_saved_mapping"),
    path("imports/mappings/<int:pk>/restore/", SavedMappingRestoreView.as_view(), name="api_saved_mapping_restore"),
]
