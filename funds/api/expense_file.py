"""Files of expenses for programs: judged at once, posted by a job."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.endpoints import KEY, by, given, once_by, seat_at
from core.uploads import takes_files
from funds.expense_rows import ExpensesWrong
from funds.imports.receiving import receive_expenses
from imports.reading.sheets import MAX_LIST_BYTES
from imports.wrong_lists import ListWrongSerializer, wrong_answer
from jobs.endpoints import JobSerializer, shown_jobs
from jobs.queries import jobs_seen_by


class ExpenseFileWritten(serializers.Serializer[Any]):
    """CSV or XLSX with the columns of the template. Either all of it is posted, or nothing."""

    file = serializers.FileField(allow_empty_file=True)


@takes_files(MAX_LIST_BYTES)
class ExpenseFile(APIView):
    """Bring in a file of expenses: the answer is the job that posts it, or 422 `expenses_wrong` with everything that is
    wrong; then nothing is kept. 413 `too_large`. The same file twice posts nothing twice.
    """

    right = "ledger.post"
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="bring_in_expenses",
        parameters=[KEY],
        request={"multipart/form-data": ExpenseFileWritten},
        responses={202: JobSerializer, 422: OpenApiResponse(ListWrongSerializer)},
    )
    def post(self, request: Request, agency: str) -> Response:
        file = given(ExpenseFileWritten, request)["file"]
        said = {"name": file.name, "content": file, "size": file.size}
        try:
            made = once_by(request, lambda: receive_expenses(**by(request), **said))
        except ExpensesWrong as wrong:
            return wrong_answer(wrong)
        job = get_object_or_404(jobs_seen_by(seat_at(request)), pk=made)
        return Response(shown_jobs(seat_at(request), [job])[0], status=202)


urlpatterns = [path("expenses/file/", ExpenseFile.as_view(), name="api_expense_file")]
