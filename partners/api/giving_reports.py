"""The API of the reports of giving: the questions, filters, rights, rows and sums of the pages."""

from typing import Any

from django.http import Http404
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.bulk_reading import note_reading
from agencies.endpoints import Pages, reads, seat_at, wrong
from partners.forms.giving_reports import Asked, ReportFilter, names_of, offered
from partners.pages.giving_reports.behind import behind, lines_table
from partners.pages.giving_reports.registry import WHOLE, rows_found, table_of
from partners.pages.giving_reports.tables import Cell, Table, Ways
from partners.pages.giving_reports.words import BY_KEY

TURNED = ("limit", "offset")


class ColumnSerializer(serializers.Serializer[Any]):
    """A column of a report, as people call it."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class ReportAnswer(serializers.Serializer[Any]):
    """A page of a report. Each row and each sum is a value by the key of its column, amounts exact as text; `id` is the
    partner of a row, or the gift. `formula` says in words who is in it.
    """

    question = serializers.CharField()
    formula = serializers.CharField()
    columns = ColumnSerializer(many=True)
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_null=True)))
    sums = serializers.ListField(child=serializers.DictField(child=serializers.CharField(allow_null=True)))


class FewOf(Pages):
    """Pages of rows without a number of their own."""

    def whole(self, rows: list[Any]) -> list[Any]:
        """All rows of a report that is read as one table."""
        self.count, self.limit, self.offset = len(rows), max(len(rows), 1), 0
        return rows


def asked_by(request: Request, key: str) -> Asked:
    """What an address asks of a report; 400 with what is wrong by field."""
    seat, query = seat_at(request), request.query_params
    form = ReportFilter(query, seat=seat, report=key, choices=offered(seat, key))
    if not form.is_valid():
        raise wrong(form)
    return form.asked(query.get("sort", ""))


def answered(request: Request, pages: FewOf, table: Table, question: str, formula: str) -> Response:
    """A table for programs."""
    keys = [column.key for column in table.columns]
    body = {
        "question": question,
        "formula": formula,
        "columns": [{"key": column.key, "label": str(column.label)} for column in table.columns],
        "count": pages.count,
        "next": pages.get_next_link(),
        "previous": pages.get_previous_link(),
        "results": [{"id": row.pk and str(row.pk), **by_key(keys, row.cells)} for row in table.rows],
        "sums": [by_key(keys[1:], each.cells) for each in table.sums],
    }
    return Response(body)


def by_key(keys: list[str], cells: Any) -> dict[str, str | None]:
    """Values by the key of their column."""
    found: dict[str, Cell] = dict(zip(keys, cells, strict=True))
    return {key: cell.plain for key, cell in found.items()}


class GivingReport(APIView):
    """A report of giving by the filter of its page."""

    right = "gifts.view"
    key = ""

    def get(self, request: Request, agency: str) -> Response:
        seat, words = seat_at(request), BY_KEY[self.key]
        asked = asked_by(request, self.key)
        found, pages = rows_found(seat, self.key, asked), FewOf()
        rows: list[Any]
        if self.key in WHOLE:
            rows = pages.whole(list(found))
        else:
            note_reading(seat, "giving report", request.query_params, found)
            rows = list(pages.paginate_queryset(found, request, view=self) or [])
        table = table_of(seat, Ways(seat, self.key, ""), asked, found, rows)
        return answered(request, pages, table, str(words.question), words.formula(seat.agency, asked.periods))


class GivingBehind(APIView):
    """What a figure of a report is made of: `figure` is the key of a column, `giver` a partner, `of` a currency."""

    right = "gifts.view"

    @reads("giving_behind", ReportAnswer, "figure", "giver", "of", *TURNED)
    def get(self, request: Request, agency: str, report: str) -> Response:
        seat, query = seat_at(request), request.query_params
        if report not in BY_KEY:
            raise Http404
        asked, giver = asked_by(request, report), query.get("giver", "")
        number = int(giver) if giver.removeprefix("-").isdecimal() and len(giver) < 19 else None
        found = behind(seat, report, asked, query.get("figure", ""), number, query.get("of", "")[:3])
        if found is None or (giver and number is None):
            raise Http404
        note_reading(seat, "gift lines", query, found.lines)
        pages = FewOf()
        rows: list[Any] = pages.paginate_queryset(found.lines, request, view=self) or []
        table = lines_table(seat, Ways(seat, report, ""), found, rows)
        return answered(request, pages, table, str(BY_KEY[report].question), found.formula)


def endpoint(key: str) -> type[GivingReport]:
    """The endpoint of one report, with its parameters in the schema."""
    turned = () if key in WHOLE else (*TURNED, "sort")
    words = BY_KEY[key]
    made = type(f"Giving{key.title().replace('_', '')}", (GivingReport,), {"key": key, "__doc__": str(words.question)})
    made.get = reads(words.page, ReportAnswer, *names_of(key), *turned)(_get_of(key))  # type: ignore[attr-defined]
    return made


def _get_of(key: str) -> Any:
    def get(self: GivingReport, request: Request, agency: str) -> Response:
        return GivingReport.get(self, request, agency)

    get.__doc__ = f"{BY_KEY[key].question} {BY_KEY[key].answer}".replace("{unit}", "unit")
    return get


urlpatterns = [
    *(
        path(f"giving/reports/{key.replace('_', '-')}/", endpoint(key).as_view(), name=f"api_giving_{key}")
        for key in BY_KEY
    ),
    path("giving/reports/<slug:report>/behind/", GivingBehind.as_view(), name="api_giving_behind"),
]
